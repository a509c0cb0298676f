import { expect, onTestFinished, test } from 'vitest'
import { type AuthorizationCode, createOauthSignIn, type SignInAttempt } from '#service/oauth/sign-in.ts'
import { RemoteFailure } from '#service/transport/remote-failure.ts'
import { freePorts, takePort } from '#test/support/free-ports.ts'
import { createSteppedClock } from '#test/support/stepped-clock.ts'

const minute = 60_000

async function signIn(more: { readonly openExternal?: (url: string) => Promise<void> } = {}) {
  const clock = createSteppedClock(0)
  const ports = await freePorts(2)
  const opened: string[] = []
  const codes: AuthorizationCode[] = []
  const oauth = createOauthSignIn({
    name: 'Zendesk',
    ports,
    path: '/callback',
    clock,
    openExternal: more.openExternal ?? (async (url) => void opened.push(url)),
  })
  const begin = <Result = string>(
    finish: (code: AuthorizationCode, signal: AbortSignal) => Promise<Result> = async () => 'signed in' as Result,
    signal = new AbortController().signal,
  ): Promise<SignInAttempt<Result>> =>
    oauth.begin({
      authorizationUrl: ({ redirectUri, state, challenge }) =>
        `https://vendor.example/?${new URLSearchParams({ redirectUri, state, challenge }).toString()}`,
      finish: (code, cancelled) => {
        codes.push(code)
        return finish(code, cancelled)
      },
      signal,
    })
  onTestFinished(() => oauth.cancel())
  return { oauth, clock, ports, opened, codes, begin }
}

/** What the browser gets when the vendor sends it back. */
async function comeBack(attempt: SignInAttempt<unknown>, query: Record<string, string>, state?: string) {
  const asked = new URL(attempt.authorizationUrl).searchParams
  const all = { state: state ?? asked.get('state') ?? '', ...query }
  const page = await fetch(`${asked.get('redirectUri')}?${new URLSearchParams(all).toString()}`)
  return page.text()
}

async function isFree(ports: readonly number[]): Promise<boolean> {
  for (const port of ports) (await takePort(port)).close()
  return true
}

test('the browser is sent out, and what it comes back with is exchanged', async () => {
  const { begin, opened, codes, ports } = await signIn()
  const attempt = await begin()
  expect(opened).toEqual([attempt.authorizationUrl])
  expect(await comeBack(attempt, { code: 'abc' })).toContain('Understudy is signed in. You can close this tab.')
  expect(await attempt.done).toBe('signed in')
  expect(codes).toEqual([
    {
      code: 'abc',
      redirectUri: `http://127.0.0.1:${ports[0]}/callback`,
      verifier: expect.stringMatching(/^[\w-]{43}$/),
    },
  ])
  expect(await isFree(ports)).toBe(true)
})

test('an answer with another state is not exchanged, and the sign-in goes on waiting', async () => {
  const { begin, codes } = await signIn()
  const attempt = await begin()
  expect(await comeBack(attempt, { code: 'evil' }, 'of-somebody-else')).toContain('does not belong to the sign-in')
  expect(codes).toEqual([])
  await comeBack(attempt, { code: 'ours' })
  expect(await attempt.done).toBe('signed in')
  expect(codes.map(({ code }) => code)).toEqual(['ours'])
})

test('every attempt has a state and a verifier of its own', async () => {
  const { begin } = await signIn()
  const urls = [(await begin()).authorizationUrl, (await begin()).authorizationUrl].map((url) => new URL(url))
  expect(new Set(urls.map(({ searchParams }) => searchParams.get('state'))).size).toBe(2)
  expect(new Set(urls.map(({ searchParams }) => searchParams.get('challenge'))).size).toBe(2)
})

test.each([
  ['access_denied', /was told not to let Understudy in/],
  ['invalid_scope', /An administrator has to allow them/],
  ['<script>', /did not sign you in. Have an administrator check/],
])('the vendor’s refusal %s is a sentence for the person, in the app and in the browser', async (error, words) => {
  const { begin, codes, ports } = await signIn()
  const attempt = await begin()
  const page = await comeBack(attempt, { error, error_description: 'Call 0900 666' })
  expect(page).toMatch(words)
  expect(page).not.toMatch(/0900|<script>/)
  await expect(attempt.done).rejects.toThrow(words)
  expect(codes).toEqual([])
  expect(await isFree(ports)).toBe(true)
})

test('when the exchange fails, its sentence is shown in both places; what is no sentence of ours is not', async () => {
  const { begin } = await signIn()
  const first = await begin(() => Promise.reject(new RemoteFailure('timeout', 'Zendesk did not answer in time.')))
  expect(await comeBack(first, { code: 'abc' })).toContain('Zendesk did not answer in time.')
  await expect(first.done).rejects.toThrow('Zendesk did not answer in time.')
  const second = await begin(() => Promise.reject(new TypeError('x is not a function')))
  const page = await comeBack(second, { code: 'abc' })
  expect(page).toContain('The sign-in did not work out. Begin again in Understudy.')
  expect(page).not.toContain('function')
})

test('after ten minutes the wait is over and the port is free', async () => {
  const { begin, clock, ports } = await signIn()
  const attempt = await begin()
  clock.step(10 * minute - 1)
  clock.step(1)
  await expect(attempt.done).rejects.toThrow('was not finished within ten minutes. Begin again.')
  expect(await isFree(ports)).toBe(true)
})

test('once the answer is there, the exchange may take as long as it takes', async () => {
  const { begin, clock } = await signIn()
  const attempt = await begin(async () => {
    clock.step(11 * minute)
    return 'late'
  })
  expect(await comeBack(attempt, { code: 'abc' })).toContain('Understudy is signed in.')
  expect(await attempt.done).toBe('late')
})

test('cancelling ends the wait and frees the port', async () => {
  const { oauth, begin, ports, clock } = await signIn()
  const attempt = await begin()
  oauth.cancel()
  await expect(attempt.done).rejects.toThrow('The sign-in was cancelled.')
  expect(await isFree(ports)).toBe(true)
  expect(clock.waitingFor).toEqual([])
})

test('the end of the app cancels too, also when it has come before', async () => {
  const { begin, ports, opened } = await signIn()
  const app = new AbortController()
  const attempt = await begin(undefined, app.signal)
  app.abort()
  await expect(attempt.done).rejects.toThrow('cancelled')
  const late = await begin(undefined, app.signal)
  await expect(late.done).rejects.toThrow('cancelled')
  expect(opened).toHaveLength(1)
  expect(await isFree(ports)).toBe(true)
})

test('a second attempt cancels the first', async () => {
  const { begin, codes, ports } = await signIn()
  const first = await begin()
  const second = await begin()
  await expect(first.done).rejects.toThrow('The sign-in was cancelled.')
  await comeBack(second, { code: 'second' })
  expect(await second.done).toBe('signed in')
  expect(codes.map(({ code }) => code)).toEqual(['second'])
  expect(await isFree(ports)).toBe(true)
})

test('of two attempts begun in one breath the later one stands', async () => {
  const { begin, ports } = await signIn()
  const [first, second] = await Promise.all([begin(), begin()])
  await expect(first.done).rejects.toThrow('The sign-in was cancelled.')
  await comeBack(second, { code: 'second' })
  expect(await second.done).toBe('signed in')
  expect(await isFree(ports)).toBe(true)
})

test('cancelled during the exchange, the exchange is told, and the browser shows it', async () => {
  const { oauth, begin, ports } = await signIn()
  const told = Promise.withResolvers<void>()
  const attempt = await begin(async (_code, signal) => {
    oauth.cancel()
    told.resolve()
    signal.throwIfAborted()
    return 'never'
  })
  const page = comeBack(attempt, { code: 'abc' })
  await told.promise
  await expect(attempt.done).rejects.toThrow('The sign-in was cancelled.')
  expect(await page).toContain('The sign-in was cancelled.')
  expect(await isFree(ports)).toBe(true)
})

test('a browser that does not open leaves the address to the person', async () => {
  const { begin } = await signIn({ openExternal: () => Promise.reject(new Error('no browser')) })
  const attempt = await begin()
  await comeBack(attempt, { code: 'abc' })
  expect(await attempt.done).toBe('signed in')
})
