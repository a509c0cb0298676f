import { describe, expect, test } from 'vitest'
import { readIssue } from '#service/db/read-issues.ts'
import { simulatorForOutboxes } from '#test/support/outbox-simulator.ts'
import { workSetting } from '#test/support/work-setting.ts'

const gitlab = simulatorForOutboxes()
const setting = () => workSetting(gitlab.simulator, gitlab.at())
const body = 'Runner 3 has **no disk** left.'

async function commented(kind: string | null, internal = false) {
  const work = await setting()
  const { id: itemId, ...issue } = await work.issue()
  if (kind !== null) await work.ask.order('/misbehave', { target: 'gitlab', kind, method: 'POST' })
  const entry = await work.make({ kind: 'issue-comment', ...issue, body, internal })
  return { work, entry, issue, notes: work.holds().notes.filter((note) => note.itemId === itemId) }
}

test('is written once, with a mark, and can be looked at', async () => {
  const { work, entry, issue, notes } = await commented(null)
  expect(entry).toMatchObject({ state: 'verified', attempts: 1, url: expect.stringMatching(/#note_\d+$/) })
  expect(notes).toMatchObject([{ internal: false, body: expect.stringMatching(/^Runner 3[^]*<!-- understudy/) }])
  expect(readIssue(work.db, { kind: 'issue', ...issue })?.notes).toHaveLength(1)
})

test('an internal one is sent as internal', async () => {
  expect((await commented(null, true)).notes).toMatchObject([{ internal: true }])
})

describe('when nobody knows whether it arrived', () => {
  test.each(['lost-502', 'lost-hang', 'lost-cut', 'truncate'])(
    '%s: it is found, and not written twice',
    async (kind) => {
      const { entry, notes } = await commented(kind)
      expect(entry).toMatchObject({ state: 'verified', attempts: 1 })
      expect(notes).toHaveLength(1)
    },
  )

  test.each(['502', 'hang', 'html'])('%s: it is not there, and written once', async (kind) => {
    const { entry, notes } = await commented(kind)
    expect(entry).toMatchObject({ state: 'verified', attempts: 2 })
    expect(notes).toHaveLength(1)
  })

  test('and its notes cannot be read: it is not sent again until they can', async () => {
    const work = await setting()
    const { id: itemId, ...issue } = await work.issue()
    const [id = 0] = await work.order({ kind: 'issue-comment', ...issue, body, internal: false })
    await work.ask.order('/misbehave', { target: 'gitlab', kind: 'lost-502', method: 'POST' })
    await work.ask.order('/misbehave', {
      target: 'gitlab',
      kind: '502',
      method: 'GET',
      pathContains: '/notes',
      count: 60,
    })
    for (let times = 0; times < 5; times += 1) {
      await work.outbox.flush()
      work.pass(60_000)
    }
    expect(work.entry(id)).toMatchObject({ state: 'sending', attempts: 1 })
    await work.ask.order('/misbehave/clear')
    await work.settle()
    expect(work.entry(id)).toMatchObject({ state: 'verified', attempts: 1 })
    expect(work.holds().notes.filter((note) => note.itemId === itemId)).toHaveLength(1)
  })
})

test('of an issue that is gone is refused in words', async () => {
  const work = await setting()
  const { id: itemId, ...issue } = await work.issue()
  const [id = 0] = await work.order({ kind: 'issue-comment', ...issue, body, internal: false })
  await work.change({ ...issue, id: itemId }, { is_gone: true })
  await work.settle()
  expect(work.entry(id)).toMatchObject({
    state: 'failed',
    problem: expect.stringMatching(/does not have this.*Nothing was changed/),
  })
})
