import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RemoteFailure } from '#service/transport/remote-failure.ts'
import { createOauthCredentials } from '#service/zendesk/credentials/oauth-credentials.ts'
import { createSignedRequests } from '#service/zendesk/signed-requests.ts'
import { createFailingVault } from '#test/support/failing-vault.ts'
import { impatientFetch } from '#test/support/impatient-fetch.ts'
import { oauthSimulator, type OauthSimulator } from '#test/support/oauth-simulator.ts'

const hour = 3_600_000
const minute = 60_000

/** Things that happen to a sign-in, in any order. */
type Happening =
  | { readonly what: 'time passes'; readonly ms: number }
  | { readonly what: 'the clock is set'; readonly ms: number }
  | { readonly what: 'calls'; readonly count: number }
  | { readonly what: 'renewing fails' | 'looking fails'; readonly kind: (typeof failures)[number] }
  | { readonly what: 'a wrong 401' | 'restart' }
  | { readonly what: 'the app dies'; readonly writes: number }
  | { readonly what: 'the vault'; readonly refuses: boolean }

const failures = ['lost-502', 'lost-hang', 'lost-cut', 'truncate', 'hang', '502', '503', '429', 'html'] as const

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ what: fc.constant('calls'), count: fc.integer({ min: 1, max: 3 }) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      what: fc.constant('time passes'),
      ms: fc.constantFrom(10_000, minute, 5 * minute, 20 * hour, 25 * hour, 50 * hour),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ what: fc.constant('the clock is set'), ms: fc.constantFrom(-48 * hour, 48 * hour) }),
  },
  { weight: 3, arbitrary: fc.record({ what: fc.constant('renewing fails'), kind: fc.constantFrom(...failures) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('looking fails'), kind: fc.constantFrom(...failures) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constantFrom('a wrong 401', 'restart') }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('the app dies'), writes: fc.integer({ min: 0, max: 2 }) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('the vault'), refuses: fc.boolean() }) },
)

/** One sign-in and what happens to it. */
async function live(there: OauthSimulator, happenings: readonly Happening[]) {
  const { simulator, url, clock } = there
  const safe = createFailingVault()
  await there.signIn(safe.vault)
  const start = () => {
    const transport = there.transport({ fetch: impatientFetch(simulator) })
    const credentials = createOauthCredentials({ url, vault: safe.vault, transport, clock, report: () => undefined })
    const send = createSignedRequests(credentials, transport)
    const call = async () => {
      try {
        return (await send({ method: 'GET', url: `${url}/api/v2/users/me`, headers: {} })).status
      } catch (failure) {
        if (failure instanceof RemoteFailure) return failure.kind
        throw failure
      }
    }
    return { call, transport }
  }
  let app = start()
  let vaultRefused = false
  /** Whether something happened that may cost the sign-in. */
  let mayBeLost = false

  const happen = async (each: Happening): Promise<void> => {
    switch (each.what) {
      case 'time passes':
        there.step(each.ms)
        return
      case 'the clock is set':
        clock.step(each.ms)
        return
      case 'calls':
        await Promise.all(Array.from({ length: each.count }, () => app.call()))
        return
      case 'renewing fails':
        mayBeLost ||= each.kind !== '429'
        simulator.misbehave({
          target: 'zendesk',
          kind: each.kind,
          method: 'POST',
          pathContains: '/oauth/tokens',
          retryAfter: 0,
        })
        return
      case 'looking fails':
        simulator.misbehave({
          target: 'zendesk',
          kind: each.kind,
          method: 'GET',
          pathContains: '/oauth/tokens',
          retryAfter: 0,
        })
        return
      case 'a wrong 401':
        simulator.misbehave({ target: 'zendesk', kind: '401', method: 'GET', pathContains: '/users/me' })
        return
      case 'the vault':
        safe.refuseWrites(each.refuses)
        vaultRefused ||= each.refuses
        return
      case 'the app dies': {
        mayBeLost = true
        const died = safe.dieAfter(each.writes)
        await Promise.race([app.call(), died])
        safe.restart()
        app = start()
        return
      }
      case 'restart':
        // What could not be stored is gone then.
        mayBeLost ||= vaultRefused
        safe.restart()
        app = start()
    }
  }

  for (const each of happenings) await happen(each)
  await there.order('/misbehave/clear')
  safe.refuseWrites(false)
  there.step(10 * minute)
  app.transport.reachableAgain()
  return { last: await app.call(), mayBeLost }
}

test('whatever happens in whatever order, no refresh token is sent that is used up; and without a loss the sign-in lives', async () => {
  const there = await oauthSimulator()
  const seen = { lost: 0, living: 0 }
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { minLength: 3, maxLength: 14 }), async (happenings) => {
      const { last, mayBeLost } = await live(there, happenings)
      expect(await there.counts()).toMatchObject({ reused: 0 })
      expect(last === 200 || (mayBeLost && last === 'unauthorized')).toBe(true)
      seen[last === 200 ? 'living' : 'lost'] += 1
    }),
    { numRuns: 60, endOnFailure: true },
  )
  // The run proves little unless both ends are met, and renewals were among it.
  expect(seen.living).toBeGreaterThan(10)
  expect(seen.lost).toBeGreaterThan(0)
  const { refreshed } = await there.counts()
  expect(refreshed).toBeGreaterThan(5)
}, 60_000)
