import { expect, test } from 'vitest'
import { outboxEntry, writePreview } from '#contract/outbox.ts'
import type { WorkIntent } from '#contract/work-intent.ts'
import { prepared } from '#service/db/sql.ts'
import { simulatorForOutboxes } from '#test/support/outbox-simulator.ts'
import { workSetting } from '#test/support/work-setting.ts'

const gitlab = simulatorForOutboxes()

async function setting() {
  const work = await workSetting(gitlab.simulator, gitlab.at())
  await work.readProject()
  const made = await work.issue({ description: '- [ ] Back up' })
  const { id: _, ...issue } = made
  const preview = async (intent: WorkIntent) => (await work.outbox.preview([intent]))[0]
  return { work, made, issue, preview }
}

test('a preview says what would be done and who sees it, from what is stored', async () => {
  const { work, made, issue, preview } = await setting()
  await preview({ kind: 'subscribe-label', projectId: work.projectId, name: 'x' })
  const before = gitlab.simulator.record().length
  const shown = await preview({ kind: 'issue-comment', ...issue, body: 'Done.', internal: true })
  expect(gitlab.simulator.record()).toHaveLength(before)
  expect(writePreview.safeParse(shown).success).toBe(true)
  expect(shown).toMatchObject({
    subject: 'Move the runners',
    words: expect.stringMatching(/^Adds an internal note to #\d+ “Move the runners”, in your name: “Done\.” /),
    customerSees: { visible: true, words: expect.stringMatching(/can be seen by .*An internal note too/) },
    warnings: ['This issue changed just now.'],
    refusal: null,
    stamp: work.trueIssue(made).updatedAt,
  })
})

test('a preview refuses a project or an issue that is not known, and a task that is not there', async () => {
  const { work, issue, preview } = await setting()
  expect((await preview({ kind: 'subscribe-label', projectId: 5, name: 'x' }))?.refusal).toMatch(/not known here/)
  expect(
    (await preview({ kind: 'issue-state', projectId: work.projectId, iid: 9999, state: 'closed' }))?.refusal,
  ).toMatch(/not stored here/)
  const task = { kind: 'issue-task', ...issue, text: 'Else', nth: 0, done: true } as const
  expect((await preview(task))?.refusal).toMatch(/not in the description/)
  await expect(work.outbox.send([{ intent: task, stamp: 0 }])).rejects.toThrow(/not in the description/)
})

test('whose proactive work it is is said to who covers for them', async () => {
  const { work, issue, preview } = await setting()
  const { db } = work
  db.exec('DELETE FROM coverages')
  const other = work.colleague
  prepared<[number, number]>(db, 'UPDATE accounts SET ase_id = ? WHERE id = ?').run(other.id, work.accountId)
  const comment = { kind: 'issue-comment', ...issue, body: 'Done.', internal: false } as const
  expect((await preview(comment))?.warnings).toEqual(['This issue changed just now.'])
  const absence = prepared<[], { id: string }>(db, 'SELECT id FROM absences LIMIT 1').get()
  const now = work.clock.now()
  prepared<unknown[]>(
    db,
    'INSERT INTO coverages (id, absence_id, account_id, cover_id, starts_at, ends_at) VALUES (?, ?, ?, ?, ?, ?)',
  ).run('mine', absence?.id, work.accountId, work.me.id, now - 1000, now + 1000)
  expect((await preview(comment))?.warnings[0]).toBe(
    `This account’s proactive work is ${other.name}’s. Covering means its tickets; leave this unless you agreed on it.`,
  )
})

test('pressing twice does not order twice', async () => {
  const { work, issue } = await setting()
  const comment = { kind: 'issue-comment', ...issue, body: 'Once.', internal: false } as const
  const [first] = await work.order(comment)
  const [second, third] = await work.order(comment, { ...comment, body: 'Another.' })
  expect(second).toBe(first)
  expect(third).not.toBe(first)
})

test('of changes in both hosts all are taken in, or none', async () => {
  const { work, issue } = await setting()
  const ticketId = await work.ticket()
  const comment = { kind: 'issue-comment', ...issue, body: 'Both.', internal: false } as const
  const follow = { kind: 'follow', ticketId } as const
  const refused = { kind: 'subscribe-label', projectId: 5, name: 'x' } as const
  await expect(work.order(comment, follow, refused)).rejects.toThrow(/not known here/)
  expect(work.outbox.list({ limit: 9, unsettled: false }).entries).toEqual([])
  const previews = await work.outbox.preview([comment, follow])
  expect(previews.map(({ intent }) => intent.kind)).toEqual(['issue-comment', 'follow'])
  const ids = await work.order(comment, follow)
  expect(ids.map((id) => work.entry(id).intent.kind)).toEqual(['issue-comment', 'follow'])
  for (const id of ids) expect(outboxEntry.safeParse(work.entry(id)).success).toBe(true)
  await work.settle()
  expect(ids.map((id) => work.entry(id).state)).toEqual(['verified', 'verified'])
  expect(ids.map((id) => work.entry(id).url)).toEqual([expect.stringMatching(/#note_/), null])
})

test('an issue that was read anew since the person looked is ordered on what they saw; after a restart they look again', async () => {
  const { work, made, issue } = await setting()
  const text = { kind: 'issue-text', ...issue, description: 'Mine.' } as const
  const [preview] = await work.outbox.preview([text])
  await work.change(made, { description: 'Theirs.' })
  await work.readIssue(made)
  const [id = 0] = await work.outbox.send([{ intent: text, stamp: preview?.stamp ?? 0 }])
  await work.settle()
  expect(work.entry(id).state).toBe('conflict')
  work.restart()
  await expect(work.outbox.send([{ intent: text, stamp: preview?.stamp ?? 0 }])).rejects.toThrow(/has changed since/)
})
