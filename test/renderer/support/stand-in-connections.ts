import type { ZendeskConnection } from '#contract/connections.ts'
import { aGitlabConnection, aGitlabSignIn, aSignIn, aZendeskConnection } from './connection-fixtures.ts'
import { now } from './fixtures.ts'
import type { StandInImplementer } from './stand-in-implementer.ts'
import type { StandInState } from './stand-in-state.ts'

/** Connects, waits and signs out as the service does, with a Zendesk that accepts everything. */
export function connectionProcedures(os: StandInImplementer, state: StandInState) {
  const { connections } = os
  const connected = (): ZendeskConnection => state.connections.zendesk ?? aZendeskConnection()
  return {
    get: connections.get.handler(() => ({ ...state.connections, now })),
    readAddress: connections.readAddress.handler(({ input }) => ({
      problem: input.url.startsWith('http:') ? 'Type it with https.' : null,
      warning: isHostMapped(input.url) ? hostMappedWords : null,
    })),
    connectZendesk: connections.connectZendesk.handler(({ input }) => {
      const zendesk = aZendeskConnection({ url: fullAddress(input.url), kind: 'api-token', email: input.email })
      state.connections = { ...state.connections, zendesk, signIn: null }
      state.status = { ...state.status, workspace: 'real' }
      return zendesk
    }),
    startZendeskOauth: connections.startZendeskOauth.handler(({ input }) => {
      const warning = isHostMapped(input.url) ? hostMappedWords : null
      const signIn = aSignIn({ url: fullAddress(input.url), warning })
      state.connections = { ...state.connections, signIn }
      return signIn
    }),
    startZendeskSession: connections.startZendeskSession.handler(({ input }) => {
      const signIn = aSignIn({ kind: 'session', url: fullAddress(input.url), signInUrl: null })
      state.connections = { ...state.connections, signIn }
      return signIn
    }),
    cancelSignIn: connections.cancelSignIn.handler(() => {
      state.connections = { ...state.connections, signIn: null }
      return {}
    }),
    checkZendesk: connections.checkZendesk.handler(() => {
      const { health, ...rest } = connected()
      const zendesk = { ...rest, health: health && { ...health, checkedAt: now } }
      state.connections = { ...state.connections, zendesk }
      return zendesk
    }),
    signOutZendesk: connections.signOutZendesk.handler(() => {
      state.connections = { ...state.connections, zendesk: null }
      return { revoked: state.revokes }
    }),
    ...gitlabProcedures(os, state),
  }
}

function gitlabProcedures({ connections }: StandInImplementer, state: StandInState) {
  const set = (changes: Partial<StandInState['connections']>) => {
    state.connections = { ...state.connections, ...changes }
  }
  return {
    readGitlabAddress: connections.readGitlabAddress.handler(({ input }) => ({
      problem: input.url.startsWith('http:') ? 'Type it with https.' : null,
    })),
    connectGitlabToken: connections.connectGitlabToken.handler(() => {
      const gitlab = aGitlabConnection()
      set({ gitlab, gitlabSignIn: null })
      return gitlab
    }),
    startGitlabOauth: connections.startGitlabOauth.handler(({ input: { clientId, mode } }) => {
      const gitlabSignIn = aGitlabSignIn({ clientId, mode })
      set({ gitlabSignIn })
      return gitlabSignIn
    }),
    startGitlabDevice: connections.startGitlabDevice.handler(({ input: { clientId, mode } }) => {
      const code = { text: 'WDJB-MJHT', endsAt: now + 300_000 }
      const gitlabSignIn = aGitlabSignIn({
        kind: 'device',
        clientId,
        mode,
        code,
        signInUrl: 'https://gitlab.com/oauth/device',
      })
      set({ gitlabSignIn })
      return gitlabSignIn
    }),
    cancelGitlabSignIn: connections.cancelGitlabSignIn.handler(() => {
      set({ gitlabSignIn: null })
      return {}
    }),
    checkGitlab: connections.checkGitlab.handler(() => {
      const gitlab = state.connections.gitlab ?? aGitlabConnection()
      const checked = { ...gitlab, health: gitlab.health && { ...gitlab.health, checkedAt: now } }
      set({ gitlab: checked })
      return checked
    }),
    signOutGitlab: connections.signOutGitlab.handler(() => {
      set({ gitlab: null })
      return { revoked: state.revokes }
    }),
  }
}

/** What is said of an address that is not one of Zendesk's own. */
export const hostMappedWords = 'It does not end with .zendesk.com. Check that it is your company’s Zendesk.'

function isHostMapped(typed: string): boolean {
  return typed.includes('.') && !typed.includes('.zendesk.com')
}

function fullAddress(typed: string): string {
  if (isHostMapped(typed)) return `https://${typed}/`
  return typed.startsWith('https:') ? typed : `https://${typed}.zendesk.com/`
}
