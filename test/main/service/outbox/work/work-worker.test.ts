import { expect, test } from 'vitest'
import { createOutbox } from '#service/outbox/create-outbox.ts'
import type { GitlabIdentity } from '#service/gitlab/gitlab-identity.ts'
import { Refusal } from '#service/refusal.ts'
import { createSilentLog } from '#test/support/silent-log.ts'
import { simulatorForOutboxes } from '#test/support/outbox-simulator.ts'
import { workSetting } from '#test/support/work-setting.ts'

const gitlab = simulatorForOutboxes()

/** An outbox whose GitLab sign-in a test can change. */
async function setting() {
  const work = await workSetting(gitlab.simulator, gitlab.at())
  await work.readProject()
  const { id: _, ...issue } = await work.issue()
  const identity: { now: GitlabIdentity | null } = {
    now: { user: { id: 41_001, name: 'Jonas Feldkamp', username: 'jfeldkamp' }, mode: 'read-write' },
  }
  const outbox = createOutbox({
    db: work.db,
    zendesk: null,
    gitlab: {
      writes: work.gitlab,
      identity: {
        known: () => identity.now,
        find: () =>
          identity.now ? Promise.resolve(identity.now) : Promise.reject(new Refusal('refused', 'Who is this?')),
      },
      zendeskHost: null,
    },
    clock: work.clock,
    log: createSilentLog(),
    stopping: new AbortController().signal,
    me: () => work.me,
    abilities: () => work.abilities,
    onChange: () => undefined,
    onIssues: () => undefined,
  })
  const comment = (body: string) => ({ kind: 'issue-comment', ...issue, body, internal: false }) as const
  return { work, issue, identity, outbox, comment }
}

test('somebody else is signed in: it waits, and says so, and goes on when they are back', async () => {
  const { work, identity, outbox, comment } = await setting()
  const [id = 0] = await outbox.send([{ intent: comment('Mine.'), stamp: await stampOf(outbox, comment('Mine.')) }])
  const mine = identity.now
  identity.now = { user: { id: 7, name: 'Somebody', username: 'somebody' }, mode: 'read-write' }
  await outbox.flush()
  expect(work.entry(id)).toMatchObject({ state: 'queued', problem: expect.stringMatching(/another GitLab sign-in/) })
  expect(work.calls()).toEqual([])
  identity.now = mine
  await outbox.flush()
  expect(work.entry(id)).toMatchObject({ state: 'verified', problem: null })
})

test('who is signed in cannot be found out: it waits and says why, and comes back by the clock', async () => {
  const { work, identity, outbox, comment } = await setting()
  const [id = 0] = await outbox.send([{ intent: comment('Mine.'), stamp: await stampOf(outbox, comment('Mine.')) }])
  const mine = identity.now
  identity.now = null
  outbox.start()
  await expect.poll(() => work.clock.waitingFor).toEqual([work.clock.now() + 5000])
  expect(work.entry(id)).toMatchObject({ state: 'queued', problem: 'Who is this?' })
  identity.now = mine
  work.pass(5000)
  await expect.poll(() => work.entry(id).state).toBe('verified')
  await outbox.stop()
})

test('a sign-in that may only read: what waits stays where it is and says what to do, and nothing new is taken in', async () => {
  const { work, identity, outbox, comment } = await setting()
  const [id = 0] = await outbox.send([{ intent: comment('Mine.'), stamp: await stampOf(outbox, comment('Mine.')) }])
  if (identity.now) identity.now = { ...identity.now, mode: 'read-only' }
  await outbox.flush()
  expect(work.entry(id)).toMatchObject({ state: 'queued', problem: expect.stringMatching(/with the right “api”/) })
  const [preview] = await outbox.preview([comment('More.')])
  expect(preview?.refusal).toMatch(/may read GitLab and not write/)
  await expect(outbox.send([{ intent: comment('More.'), stamp: preview?.stamp ?? 0 }])).rejects.toThrow(/not write/)
})

test('changes of one issue are made in the order pressed, and one that fails does not hold up the others', async () => {
  const { work, issue, outbox, comment } = await setting()
  const stamp = await stampOf(outbox, comment('One.'))
  const bodies = ['One.', 'Two.', 'Three.']
  await work.ask.order('/misbehave', { target: 'gitlab', kind: '422', method: 'POST', skip: 1 })
  const ids = await outbox.send(bodies.map((body) => ({ intent: comment(body), stamp })))
  await outbox.flush()
  expect(ids.map((id) => work.entry(id).state)).toEqual(['verified', 'failed', 'verified'])
  expect(work.trueIssue(issue).notes).toBe(2)
})

test('the network is gone: it waits, loses nothing, and is made once it is back', async () => {
  const { work, issue, outbox, comment } = await setting()
  const stamp = await stampOf(outbox, comment('One.'))
  await work.ask.order('/port', { target: 'gitlab', open: false })
  const [id = 0] = await outbox.send([{ intent: comment('One.'), stamp }])
  await outbox.flush()
  expect(work.entry(id)).toMatchObject({ state: 'queued', problem: expect.stringMatching(/GitLab/) })
  await work.ask.order('/port', { target: 'gitlab', open: true })
  await outbox.flush()
  expect(work.entry(id).state).toBe('verified')
  expect(work.trueIssue(issue).notes).toBe(1)
})

test('too many calls, told in plain text: it waits as long as it is asked to', async () => {
  const { work, comment } = await setting()
  await work.ask.order('/gitlab', { plain_429: true })
  const [id = 0] = await work.order(comment('One.'))
  await work.ask.order('/misbehave', { target: 'gitlab', kind: '429', method: 'POST', count: 4, retryAfter: 30 })
  work.outbox.start()
  await expect.poll(() => work.clock.waitingFor).toEqual([work.clock.now() + 30_000])
  expect(work.entry(id)).toMatchObject({ state: 'queued', problem: expect.stringMatching(/asks to wait/) })
  await work.ask.order('/gitlab', { plain_429: false })
  work.pass(30_000)
  await expect.poll(() => work.entry(id).state).toBe('verified')
})

test('a sign-in that has ended holds everything and fails nothing', async () => {
  const { work, outbox, comment } = await setting()
  const stamp = await stampOf(outbox, comment('One.'))
  await work.ask.order('/misbehave', { target: 'gitlab', kind: '401', count: 5 })
  const ids = await outbox.send(['One.', 'Two.'].map((body) => ({ intent: comment(body), stamp })))
  await outbox.flush()
  expect(ids.map((id) => work.entry(id).state)).toEqual(['queued', 'queued'])
  await work.ask.order('/misbehave/clear')
  await outbox.flush()
  expect(ids.map((id) => work.entry(id).state)).toEqual(['verified', 'verified'])
})

test('a role that does not allow it fails in words, and what was not carried out is sent anew', async () => {
  const { work, outbox, comment } = await setting()
  const stamp = await stampOf(outbox, comment('One.'))
  await work.ask.order('/misbehave', { target: 'gitlab', kind: '403', method: 'POST' })
  const [id = 0] = await outbox.send([{ intent: comment('One.'), stamp }])
  await outbox.flush()
  expect(work.entry(id)).toMatchObject({
    state: 'failed',
    problem: expect.stringMatching(/\(403\).*Nothing was changed/),
  })
  expect(outbox.retry(id).state).toBe('queued')
  await outbox.flush()
  expect(work.entry(id).state).toBe('verified')
})

test('once it was handed over it cannot be taken back, and the words name GitLab', async () => {
  const { work, outbox, comment } = await setting()
  const stamp = await stampOf(outbox, comment('One.'))
  await work.ask.order('/misbehave', { target: 'gitlab', kind: 'lost-502', method: 'POST' })
  await work.ask.order('/misbehave', { target: 'gitlab', kind: '502', method: 'GET', pathContains: '/notes', count: 9 })
  const [id = 0] = await outbox.send([{ intent: comment('One.'), stamp }])
  await outbox.flush()
  expect(work.entry(id).state).toBe('sending')
  expect(() => outbox.discard(id)).toThrow(/with GitLab already/)
})

test('no GitLab is connected: what waits says so, and a preview is refused', async () => {
  const { work, outbox, comment } = await setting()
  const stamp = await stampOf(outbox, comment('One.'))
  const [id = 0] = await outbox.send([{ intent: comment('One.'), stamp }])
  const without = createOutbox({
    ...{ db: work.db, gitlab: null, clock: work.clock, log: createSilentLog(), me: () => work.me },
    zendesk: { reads: work.api, writes: {} as never },
    stopping: new AbortController().signal,
    abilities: () => work.abilities,
    onChange: () => undefined,
    onIssues: () => undefined,
  })
  without.start()
  await without.stop()
  expect(work.entry(id)).toMatchObject({ state: 'queued', problem: expect.stringMatching(/No GitLab is connected/) })
  expect((await without.preview([comment('Two.')]))[0]?.refusal).toMatch(/No GitLab is connected/)
})

async function stampOf(outbox: ReturnType<typeof createOutbox>, intent: Parameters<typeof outbox.preview>[0][number]) {
  return (await outbox.preview([intent]))[0]?.stamp ?? 0
}
