import { expect, test } from 'vitest'
import { createTokenKeeper, type TokenEndpoint } from '#service/oauth/token-keeper.ts'
import { parseTokenRecord } from '#service/oauth/token-record.ts'
import { Problem } from '#service/problem.ts'
import { createMemoryVault } from '#service/secrets/memory-vault.ts'
import { RemoteFailure, type RemoteFailureDetails } from '#service/transport/remote-failure.ts'
import { createFailingVault } from '#test/support/failing-vault.ts'
import { createSteppedClock } from '#test/support/stepped-clock.ts'

const minute = 60_000
const hour = 60 * minute
const key = 'vendor.oauth'
const issuer = 'https://vendor.example'

const offline = () => new RemoteFailure('offline', 'Vendor cannot be reached.', { mayHaveArrived: false })
const silence = () => new RemoteFailure('timeout', 'Vendor did not answer in time.')
const refusal = (error: string, more: RemoteFailureDetails = {}) =>
  new RemoteFailure('rejected', 'No.', { status: 400, refused: true, body: { error }, ...more })

/** A vendor that has pairs a1/r1, a2/r2, …, of which only the latest lives, and each refresh token is good once. */
function vendor() {
  const said: string[] = []
  const failures: RemoteFailure[] = []
  const state = { latest: 1, isAccessOver: false, losesAnswer: false, reused: 0 }
  const take = () => {
    const failure = failures.shift()
    if (failure) throw failure
  }
  const endpoint: TokenEndpoint = {
    async refresh(refreshToken, clientId) {
      said.push(`refresh ${refreshToken} of ${clientId}`)
      take()
      if (refreshToken !== `r${state.latest}`) {
        state.reused += 1
        throw refusal('invalid_grant')
      }
      state.latest += 1
      state.isAccessOver = false
      if (state.losesAnswer) throw silence()
      return issued(state.latest)
    },
    async probe(accessToken) {
      said.push(`probe ${accessToken}`)
      take()
      return accessToken === `a${state.latest}` && !state.isAccessOver ? 'accepted' : 'refused'
    },
    async revoke(accessToken) {
      said.push(`revoke ${accessToken}`)
      take()
      if (accessToken === `a${state.latest}` && !state.isAccessOver) return
      throw new RemoteFailure('rejected', 'No.', { status: 401, refused: true })
    },
  }
  return { endpoint, said, failures, state }
}

const issued = (number: number) => ({
  accessToken: `a${number}`,
  refreshToken: `r${number}`,
  scopes: ['read'],
  accessLifeMs: 2 * hour,
  refreshLifeMs: 720 * hour,
})

function signedIn() {
  const clock = createSteppedClock(1_000_000)
  const safe = createFailingVault()
  const reported: string[] = []
  const there = vendor()
  const open = (more: { readonly fresh?: string; readonly vault?: typeof safe.vault } = {}) =>
    createTokenKeeper({
      name: 'Vendor',
      issuer,
      key,
      vault: more.vault ?? safe.vault,
      endpoint: there.endpoint,
      clock,
      report: (sentence) => void reported.push(sentence),
      ...(more.fresh === undefined ? {} : { fresh: { issued: issued(1), signIn: more.fresh, clientId: 'us' } }),
    })
  const stored = () => parseTokenRecord(safe.kept.get(key) ?? '')
  const first = async () => {
    const keeper = open({ fresh: 'one' })
    await keeper.store()
    return keeper
  }
  return { ...there, clock, safe, reported, open, stored, first }
}

test('fresh tokens are used at once and stored when told', async () => {
  const { open, stored, safe } = signedIn()
  const keeper = open({ fresh: 'one' })
  expect(await keeper.accessToken()).toBe('a1')
  expect(safe.kept.size).toBe(0)
  expect(await keeper.describe()).toMatchObject({ stored: false })
  await keeper.store()
  expect(stored()).toMatchObject({ state: 'living', accessToken: 'a1', refreshToken: 'r1', clientId: 'us' })
  expect(await keeper.describe()).toMatchObject({ stored: true, scopes: ['read'] })
})

test('in the first half of its life the access token is used without a question', async () => {
  const { first, clock, said } = signedIn()
  const keeper = await first()
  clock.step(hour - 1)
  expect(await keeper.accessToken()).toBe('a1')
  expect(said).toEqual([])
})

test('in the second half it is renewed, over a connection that has just answered', async () => {
  const { first, clock, said, stored } = signedIn()
  const keeper = await first()
  clock.step(hour)
  expect(await keeper.accessToken()).toBe('a2')
  expect(said).toEqual(['probe a1', 'refresh r1 of us'])
  expect(stored()).toMatchObject({ accessToken: 'a2', refreshToken: 'r2', refreshingSince: null })
})

test('many calls at once, from two windows, renew once', async () => {
  const { first, clock, said } = signedIn()
  const keeper = await first()
  clock.step(hour)
  const window = () => Promise.all([keeper.accessToken(), keeper.accessToken(), keeper.renew('a1')])
  expect(await Promise.all([window(), window()])).toEqual([
    ['a2', 'a2', true],
    ['a2', 'a2', true],
  ])
  expect(said.filter((words) => words.startsWith('refresh'))).toEqual(['refresh r1 of us'])
})

test('a refusal renews whatever the clock says', async () => {
  const { first, clock, state } = signedIn()
  const keeper = await first()
  state.isAccessOver = true
  clock.step(-48 * hour)
  expect(await keeper.renew('a1')).toBe(true)
  expect(await keeper.accessToken()).toBe('a2')
})

test('a refusal of a token that is accepted elsewhere costs no refresh', async () => {
  const { first, said } = signedIn()
  const keeper = await first()
  expect(await keeper.renew('a1')).toBe(true)
  expect(await keeper.renew('an older one')).toBe(true)
  expect(said).toEqual(['probe a1'])
})

test('before the refresh token is sent, the mark is stored; after that, the new pair before anybody has it', async () => {
  const { first, clock, stored, endpoint } = signedIn()
  const keeper = await first()
  const refresh = endpoint.refresh
  let atSending: unknown
  endpoint.refresh = async (...sent) => {
    atSending = stored()
    return refresh(...sent)
  }
  clock.step(hour)
  expect(await keeper.accessToken().then((token) => [token, stored()])).toMatchObject(['a2', { refreshToken: 'r2' }])
  expect(atSending).toMatchObject({ refreshToken: 'r1', refreshingSince: clock.now() })
})

test('waking without a network costs nothing: the refresh token stays where it is', async () => {
  const { first, clock, said, failures, state } = signedIn()
  const keeper = await first()
  clock.step(9 * hour)
  state.isAccessOver = true
  failures.push(offline(), silence())
  expect(await keeper.accessToken()).toBe('a1')
  await expect(keeper.renew('a1')).rejects.toMatchObject({ kind: 'timeout' })
  expect(said).toEqual(['probe a1', 'probe a1'])
  expect(await keeper.renew('a1')).toBe(true)
  expect(await keeper.accessToken()).toBe('a2')
})

test('an attempt that came to nothing is not repeated at every call', async () => {
  const { first, clock, said, failures } = signedIn()
  const keeper = await first()
  clock.step(hour)
  failures.push(offline())
  for (let call = 0; call < 5; call += 1) await keeper.accessToken()
  expect(said).toEqual(['probe a1'])
  clock.step(minute)
  expect(await keeper.accessToken()).toBe('a2')
})

test('a refresh that certainly did not reach the vendor leaves no mark and is tried again', async () => {
  const { first, clock, said, endpoint, stored, state } = signedIn()
  const keeper = await first()
  const { refresh } = endpoint
  endpoint.refresh = async (token) => {
    said.push(`lost ${token}`)
    throw offline()
  }
  clock.step(hour)
  expect(await keeper.accessToken()).toBe('a1')
  expect(stored()).toMatchObject({ refreshToken: 'r1', refreshingSince: null })
  state.isAccessOver = true
  await expect(keeper.renew('a1')).rejects.toMatchObject({ kind: 'offline' })
  endpoint.refresh = refresh
  expect(await keeper.renew('a1')).toBe(true)
  expect(state.reused).toBe(0)
})

test('a lost answer to a refresh that did not happen: the old access token proves it, after a while, and the refresh is done', async () => {
  const { first, clock, said, failures, stored, endpoint } = signedIn()
  const keeper = await first()
  const { probe } = endpoint
  endpoint.probe = async (token) => {
    const verdict = await probe(token)
    failures.push(silence())
    return verdict
  }
  clock.step(hour)
  expect(await keeper.accessToken()).toBe('a1')
  endpoint.probe = probe
  expect(stored()).toMatchObject({ refreshToken: 'r1', refreshingSince: clock.now() })
  // The request may still be on its way.
  expect(await keeper.renew('a1')).toBe(true)
  expect(said).toEqual(['probe a1', 'refresh r1 of us', 'probe a1'])
  clock.step(minute)
  expect(await keeper.accessToken()).toBe('a2')
  expect(said.slice(3)).toEqual(['probe a1', 'refresh r1 of us'])
})

test('a lost answer to a refresh that happened: the next refusal ends the sign-in, in words, for good, and nothing is sent twice', async () => {
  const { first, clock, open, state, said, stored } = signedIn()
  const keeper = await first()
  state.losesAnswer = true
  clock.step(hour)
  expect(await keeper.accessToken()).toBe('a1')
  const words = /the answer was lost.* Sign in again; your data and settings are kept\./
  await expect(keeper.renew('a1')).rejects.toMatchObject({
    kind: 'unauthorized',
    message: expect.stringMatching(words),
  })
  await expect(keeper.accessToken()).rejects.toThrow(words)
  await expect(open().accessToken()).rejects.toThrow(words)
  expect(stored()).toEqual({ state: 'ended', signIn: 'one', issuer, clientId: 'us', words: expect.any(String) })
  expect(said.filter((each) => each.startsWith('refresh'))).toHaveLength(1)
  expect(state.reused).toBe(0)
})

test('a crash between the answer and the store: the next start finds the mark, asks with the access token, and sends nothing twice', async () => {
  const { first, clock, open, safe, state, said } = signedIn()
  const keeper = await first()
  clock.step(hour)
  const died = safe.dieAfter(1)
  void keeper.accessToken()
  await died
  expect(said).toContain('refresh r1 of us')
  safe.restart()
  clock.step(hour)
  await expect(open().accessToken()).rejects.toThrow('Sign in again')
  expect(said.slice(2)).toEqual(['probe a1'])
  expect(state.reused).toBe(0)
})

test('a crash between the mark and the request costs nothing', async () => {
  const { first, clock, open, safe, endpoint, state } = signedIn()
  const keeper = await first()
  clock.step(hour)
  const { refresh } = endpoint
  const reached = Promise.withResolvers<void>()
  endpoint.refresh = () => {
    reached.resolve()
    return new Promise(() => undefined)
  }
  void keeper.accessToken()
  await reached.promise
  endpoint.refresh = refresh
  safe.restart()
  const next = open()
  expect(await next.accessToken()).toBe('a1')
  clock.step(minute)
  expect(await next.accessToken()).toBe('a2')
  expect(state.reused).toBe(0)
})

test('a mark made by a clock that was ahead does not hold for ever', async () => {
  const { first, clock, endpoint, stored, said } = signedIn()
  const keeper = await first()
  const { refresh } = endpoint
  endpoint.refresh = () => Promise.reject(silence())
  clock.step(hour)
  expect(await keeper.accessToken()).toBe('a1')
  expect(stored()).toMatchObject({ refreshingSince: clock.now() })
  endpoint.refresh = refresh
  clock.step(-48 * hour)
  expect(await keeper.accessToken()).toBe('a1')
  expect(said).toEqual(['probe a1', 'probe a1'])
  expect(stored()).toMatchObject({ refreshToken: 'r1', refreshingSince: null })
})

test('a vault that cannot take the new pair: it is used from memory, the person hears of it, and it is stored later', async () => {
  const { first, clock, open, safe, endpoint, reported, stored } = signedIn()
  const keeper = await first()
  const { refresh } = endpoint
  endpoint.refresh = async (...sent) => {
    safe.refuseWrites(true)
    return refresh(...sent)
  }
  clock.step(hour)
  expect(await keeper.accessToken()).toBe('a2')
  expect(reported).toEqual([expect.stringMatching(/cannot be stored on this computer.*keeps trying/)])
  expect(reported.join()).not.toMatch(/[ar][12]\b/)
  expect(await keeper.describe()).toMatchObject({ stored: false })
  expect(stored()).toMatchObject({ refreshToken: 'r1', refreshingSince: expect.any(Number) })
  safe.refuseWrites(false)
  expect(await keeper.accessToken()).toBe('a2')
  clock.step(minute)
  expect(await keeper.accessToken()).toBe('a2')
  expect(stored()).toMatchObject({ refreshToken: 'r2', refreshingSince: null })
  expect(await keeper.describe()).toMatchObject({ stored: true })
  expect(await open().accessToken()).toBe('a2')
})

test('a vault that cannot take the mark: nothing is sent, and it goes on when the vault does', async () => {
  const { first, clock, safe, said, state } = signedIn()
  const keeper = await first()
  safe.refuseWrites(true)
  clock.step(hour)
  expect(await keeper.accessToken()).toBe('a1')
  state.isAccessOver = true
  await expect(keeper.renew('a1')).rejects.toMatchObject({
    kind: 'unauthorized',
    message: expect.stringMatching(/cannot be written to\. Unlock your keychain/),
  })
  expect(said.filter((words) => words.startsWith('refresh'))).toEqual([])
  safe.refuseWrites(false)
  expect(await keeper.renew('a1')).toBe(true)
  expect(await keeper.accessToken()).toBe('a2')
})

test('with a vault that takes nothing any more, pairs that it never had are renewed all the same', async () => {
  const { first, clock, safe, endpoint, stored, state } = signedIn()
  const keeper = await first()
  const { refresh } = endpoint
  endpoint.refresh = async (...sent) => {
    safe.refuseWrites(true)
    return refresh(...sent)
  }
  for (const next of ['a2', 'a3', 'a4']) {
    clock.step(hour)
    expect(await keeper.accessToken()).toBe(next)
  }
  expect(stored()).toMatchObject({ refreshToken: 'r1', refreshingSince: expect.any(Number) })
  expect(state.reused).toBe(0)
})

test('a refresh token that the vendor refuses is never sent again; the access token is used to its end', async () => {
  const { first, clock, endpoint, said, state, open } = signedIn()
  const keeper = await first()
  endpoint.refresh = async (token) => {
    said.push(`refused ${token}`)
    throw refusal('invalid_grant')
  }
  clock.step(hour)
  for (let call = 0; call < 3; call += 1) {
    expect(await keeper.accessToken()).toBe('a1')
    clock.step(minute)
  }
  expect(await open().accessToken()).toBe('a1')
  state.isAccessOver = true
  await expect(keeper.renew('a1')).rejects.toThrow(/no longer accepts this sign-in.*Sign in again/)
  await expect(keeper.accessToken()).rejects.toMatchObject({ kind: 'unauthorized' })
  expect(said.filter((words) => words.startsWith('refused'))).toEqual(['refused r1'])
})

test.each(['invalid_grant', 'invalid_client', 'unauthorized_client'])(
  'with the access token over, %s means signing in again',
  async (error) => {
    const { first, endpoint, state } = signedIn()
    const keeper = await first()
    state.isAccessOver = true
    endpoint.refresh = () => Promise.reject(refusal(error))
    await expect(keeper.renew('a1')).rejects.toThrow('no longer accepts this sign-in')
  },
)

test('a refusal that says nothing of the token is trouble, not the end', async () => {
  const { first, endpoint, state, stored } = signedIn()
  const keeper = await first()
  state.isAccessOver = true
  const { refresh } = endpoint
  endpoint.refresh = () => Promise.reject(refusal('temporarily_unavailable', { status: 429 }))
  await expect(keeper.renew('a1')).rejects.toMatchObject({ status: 429 })
  expect(stored()).toMatchObject({ state: 'living', refreshingSince: null })
  endpoint.refresh = refresh
  expect(await keeper.renew('a1')).toBe(true)
})

test('with the access token over, a lost answer leaves nothing to ask with: sign in again', async () => {
  const { first, state, clock } = signedIn()
  const keeper = await first()
  clock.step(9 * hour)
  state.isAccessOver = true
  state.losesAnswer = true
  await expect(keeper.renew('a1')).rejects.toThrow('the answer was lost')
  expect(state.reused).toBe(0)
})

test('a sign-in that took this one’s place is left alone', async () => {
  const { first, open, clock, stored, state } = signedIn()
  const old = await first()
  const next = open({ fresh: 'two' })
  await next.store()
  clock.step(hour)
  await expect(old.accessToken()).rejects.toThrow('Another sign-in to Vendor took the place of this one.')
  expect(stored()).toMatchObject({ signIn: 'two', refreshToken: 'r1' })
  expect(await old.signOut()).toBe(false)
  expect(stored()).toMatchObject({ signIn: 'two' })
  expect(await next.accessToken()).toBe('a2')
  expect(state.reused).toBe(0)
})

test('tokens of another address are not used, and not deleted by signing out here', async () => {
  const { first, safe, clock, endpoint, stored } = signedIn()
  await first()
  const options = { name: 'Vendor', key, vault: safe.vault, endpoint, clock, report: () => undefined }
  const other = createTokenKeeper({ ...options, issuer: 'https://other.example' })
  await expect(other.accessToken()).rejects.toThrow('Nobody is signed in to Vendor here')
  expect(await other.signOut()).toBe(false)
  expect(stored()).toMatchObject({ issuer })
})

test.each(['{', 'null', '{"state":"living","accessToken":"geheim"}'])(
  'a damaged record is said to be one, without a word of it: %s',
  async (text) => {
    const { open, safe } = signedIn()
    await safe.vault.set(key, text)
    const failure = await open()
      .accessToken()
      .catch((error: unknown) => error)
    expect(failure).toMatchObject({
      kind: 'unauthorized',
      message: expect.stringMatching(/is damaged\. Sign in again/),
    })
    expect(JSON.stringify([failure, String(failure), (failure as Error).stack])).not.toContain('geheim')
  },
)

test('a vault that cannot be read is asked again at the next call', async () => {
  const { first, open, safe } = signedIn()
  await first()
  let error: Error | null = new Error('geheim')
  const vault = { ...safe.vault, get: (name: string) => (error ? Promise.reject(error) : safe.vault.get(name)) }
  const keeper = open({ vault })
  const failure = await keeper.accessToken().catch((reason: unknown) => reason)
  expect(failure).toMatchObject({ kind: 'unauthorized', message: expect.stringMatching(/Unlock your keychain/) })
  expect(String((failure as Error).stack)).not.toContain('geheim')
  error = new Problem('failed', 'The secrets file is damaged.')
  await expect(keeper.accessToken()).rejects.toThrow('The secrets file is damaged.')
  error = null
  expect(await keeper.accessToken()).toBe('a1')
})

test('signing out ends the pair at the vendor and forgets it', async () => {
  const { first, safe, said } = signedIn()
  const keeper = await first()
  expect(await keeper.signOut()).toBe(true)
  expect(said).toEqual(['revoke a1'])
  expect(safe.kept.size).toBe(0)
  await expect(keeper.accessToken()).rejects.toMatchObject({ kind: 'unauthorized' })
})

test('signing out with an access token that is over gets a new one first, so that the refresh token ends too', async () => {
  const { first, safe, said, state } = signedIn()
  const keeper = await first()
  state.isAccessOver = true
  expect(await keeper.signOut()).toBe(true)
  expect(said).toEqual(['revoke a1', 'probe a1', 'refresh r1 of us', 'revoke a2'])
  expect(safe.kept.size).toBe(0)
})

test('signing out forgets also when the vendor cannot be reached, and says so', async () => {
  const { first, safe, failures } = signedIn()
  const keeper = await first()
  failures.push(offline())
  expect(await keeper.signOut()).toBe(false)
  expect(safe.kept.size).toBe(0)
})

test('signing out while a renewal is under way waits for it, and nothing of it stays', async () => {
  const { first, safe, clock, said } = signedIn()
  const keeper = await first()
  clock.step(hour)
  const [token, revoked] = await Promise.all([keeper.accessToken(), keeper.signOut()])
  expect([token, revoked]).toEqual(['a2', true])
  expect(said.at(-1)).toBe('revoke a2')
  expect(safe.kept.size).toBe(0)
})

test('a vault that does not let go is told', async () => {
  const { first, safe } = signedIn()
  const keeper = await first()
  safe.refuseWrites(true)
  await expect(keeper.signOut()).rejects.toThrow(/did not let go of it.*sign out again/)
  await expect(keeper.accessToken()).rejects.toMatchObject({ kind: 'unauthorized' })
})

test('fresh tokens that are renewed before they are stored leave the vault alone', async () => {
  const { first, open, clock, stored } = signedIn()
  await first()
  const fresh = open({ fresh: 'two' })
  clock.step(hour)
  expect(await fresh.accessToken()).toBe('a2')
  expect(stored()).toMatchObject({ signIn: 'one' })
})

test('signing out of fresh tokens that were not stored leaves the older sign-in in its place', async () => {
  const { first, open, stored } = signedIn()
  await first()
  const rejected = open({ fresh: 'two' })
  expect(await rejected.signOut()).toBe(true)
  expect(stored()).toMatchObject({ signIn: 'one' })
})

test('a vault that does not take fresh tokens keeps what it held, also afterwards', async () => {
  const { first, open, safe, stored, clock } = signedIn()
  await first()
  const fresh = open({ fresh: 'two' })
  safe.refuseWrites(true)
  const words = /could not be stored.*what was there before goes on\. Unlock your keychain/
  await expect(fresh.store()).rejects.toThrow(words)
  safe.refuseWrites(false)
  clock.step(minute)
  await fresh.accessToken()
  expect(stored()).toMatchObject({ signIn: 'one' })
  expect(await fresh.describe()).toMatchObject({ stored: false })
  await fresh.store()
  expect(stored()).toMatchObject({ signIn: 'two' })
})

test('why a vault does not take fresh tokens is told in its words where they are ours', async () => {
  const { open } = signedIn()
  const vault = {
    ...createMemoryVault(),
    set: async () => Promise.reject(new Problem('failed', 'The secrets file is damaged. Delete it.')),
  }
  await expect(open({ fresh: 'one', vault }).store()).rejects.toThrow(
    /goes on\. The secrets file is damaged\. Delete it\.$/,
  )
})
