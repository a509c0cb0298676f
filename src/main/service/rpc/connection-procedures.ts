import { answering } from './answering.ts'
import { os, type RouterDeps } from './router-deps.ts'

/** Signing in to Zendesk, and how that stands. */
export function connectionProcedures({ connections }: RouterDeps) {
  return {
    connections: {
      get: os.connections.get.handler(() => connections.view()),
      readAddress: os.connections.readAddress.handler(({ input }) => connections.readAddress(input.url)),
      connectZendesk: os.connections.connectZendesk.handler(({ input, errors }) =>
        answering(errors, () => connections.connectWithToken(input)),
      ),
      startZendeskOauth: os.connections.startZendeskOauth.handler(({ input, errors }) =>
        answering(errors, () => connections.startOauth(input)),
      ),
      startZendeskSession: os.connections.startZendeskSession.handler(({ input, errors }) =>
        answering(errors, () => connections.startSession(input)),
      ),
      cancelSignIn: os.connections.cancelSignIn.handler(() => {
        connections.cancelSignIn()
        return {}
      }),
      checkZendesk: os.connections.checkZendesk.handler(({ errors }) => answering(errors, () => connections.check())),
      signOutZendesk: os.connections.signOutZendesk.handler(({ errors }) =>
        answering(errors, () => connections.signOut()),
      ),
    },
  }
}
