import { answering } from './answering.ts'
import { os, type RouterDeps } from './router-deps.ts'

/** Signing in to Zendesk and GitLab, and how that stands. */
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
      ...gitlabHandlers(connections.gitlab),
    },
  }
}

function gitlabHandlers(gitlab: RouterDeps['connections']['gitlab']) {
  return {
    readGitlabAddress: os.connections.readGitlabAddress.handler(({ input }) => gitlab.readAddress(input.url)),
    connectGitlabToken: os.connections.connectGitlabToken.handler(({ input, errors }) =>
      answering(errors, () => gitlab.connectWithToken(input)),
    ),
    startGitlabOauth: os.connections.startGitlabOauth.handler(({ input, errors }) =>
      answering(errors, () => gitlab.startOauth(input)),
    ),
    startGitlabDevice: os.connections.startGitlabDevice.handler(({ input, errors }) =>
      answering(errors, () => gitlab.startDevice(input)),
    ),
    cancelGitlabSignIn: os.connections.cancelGitlabSignIn.handler(() => {
      gitlab.cancelSignIn()
      return {}
    }),
    checkGitlab: os.connections.checkGitlab.handler(({ errors }) => answering(errors, () => gitlab.check())),
    signOutGitlab: os.connections.signOutGitlab.handler(({ errors }) => answering(errors, () => gitlab.signOut())),
  }
}
