import { expect, test } from 'vitest'
import { waitForDevice } from '#service/oauth/device-sign-in.ts'
import { Refusal } from '#service/refusal.ts'
import { RemoteFailure } from '#service/transport/remote-failure.ts'
import { createSteppedClock } from '#test/support/stepped-clock.ts'

const issued = { accessToken: 'a', refreshToken: 'r', scopes: ['api'], accessLifeMs: 7_200_000, refreshLifeMs: null }
const says = (error: string, status = 400) =>
  new RemoteFailure('rejected', 'No.', { status, refused: true, body: { error } })
const offline = () => new RemoteFailure('offline', 'Vendor cannot be reached.', { mayHaveArrived: false })

/** Lets everything that is due at this instant happen. */
const breathe = () => new Promise(setImmediate)

/** A vendor that gives these answers one after the other, the last one for ever. */
function waiting(...answers: (RemoteFailure | typeof issued)[]) {
  const clock = createSteppedClock(1_000_000)
  const asked: number[] = []
  const cancelling = new AbortController()
  const done = waitForDevice({
    name: 'Vendor',
    clock,
    signal: cancelling.signal,
    code: {
      deviceCode: 'device',
      userCode: 'WDJB-MJHT',
      verificationUrl: 'https://vendor.example/device',
      completeUrl: null,
      lifeMs: 300_000,
      intervalMs: 5000,
    },
    async poll() {
      asked.push(clock.now() - 1_000_000)
      const answer = answers.length > 1 ? answers.shift() : answers[0]
      if (answer instanceof RemoteFailure) throw answer
      return answer ?? issued
    },
  })
  done.catch(() => undefined)
  const seconds = async (count: number) => {
    for (let second = 0; second < count; second += 1) {
      clock.step(1000)
      await breathe()
    }
  }
  return { done, asked, seconds, cancel: () => cancelling.abort() }
}

const pending = () => says('authorization_pending')

test('the vendor is asked once an interval until the person has typed the code', async () => {
  const { done, asked, seconds } = waiting(pending(), pending(), issued)
  await seconds(30)
  expect(await done).toBe(issued)
  expect(asked).toEqual([5000, 10_000, 15_000])
})

test('it is asked five seconds less often each time that it says slow down', async () => {
  const { done, asked, seconds } = waiting(says('slow_down'), says('slow_down'), issued)
  await seconds(60)
  expect(await done).toBe(issued)
  expect(asked).toEqual([5000, 15_000, 30_000])
})

test('a network that is away is waited out', async () => {
  const { done, asked, seconds } = waiting(offline(), issued)
  await seconds(30)
  expect(await done).toBe(issued)
  expect(asked).toEqual([5000, 15_000])
})

test.each([
  ['expired_token', /^The code was not entered at Vendor in time\. Begin again/],
  ['access_denied', /^Vendor was told not to let Understudy in\./],
  ['invalid_grant', /^Vendor no longer knows this code\./],
  ['unauthorized_client', /^Vendor did not sign you in\./],
])('%s ends the waiting in words', async (error, words) => {
  const { done, asked, seconds } = waiting(says(error))
  await seconds(10)
  await expect(done).rejects.toThrow(words)
  await expect(done).rejects.toBeInstanceOf(Refusal)
  expect(asked).toHaveLength(1)
})

test('a refusal that is none of these is passed on', async () => {
  const failure = new RemoteFailure('forbidden', 'Vendor does not let you do this (403).', {
    status: 403,
    refused: true,
  })
  const { done, seconds } = waiting(failure)
  await seconds(10)
  await expect(done).rejects.toBe(failure)
})

test('when the code has ended nothing is asked any more, whatever the vendor said', async () => {
  const { done, asked, seconds } = waiting(pending())
  await seconds(400)
  await expect(done).rejects.toThrow(/^The code was not entered/)
  expect(asked.at(-1)).toBe(300_000)
})

test('cancelled, it ends at once and asks nothing more', async () => {
  const { done, asked, seconds, cancel } = waiting(pending())
  await seconds(7)
  cancel()
  await expect(done).rejects.toThrow('The sign-in was cancelled.')
  await seconds(30)
  expect(asked).toEqual([5000])
})
