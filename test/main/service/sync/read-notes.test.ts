import { expect, test } from 'vitest'
import { readIssue } from '#service/db/read-issues.ts'
import { listEvents } from '#service/db/events.ts'
import { acmeLabel, gitlabSetting } from '#test/support/gitlab-setting.ts'

test('notes of what changed are read, each one event, and not again before the next change', async () => {
  const { db, gitlab, run, jobOf, calls } = gitlabSetting()
  const id = gitlab.open('issue', 10, [acmeLabel])
  for (let count = 0; count < 4; count += 1) gitlab.note(id)
  await run('label:1')
  await run('notes')
  expect(readIssue(db, { kind: 'issue', projectId: 10, iid: id })?.notes).toHaveLength(4)
  expect(jobOf('notes').dueAt).toBe(Infinity)
  gitlab.note(id)
  await run('label:1')
  await run('notes')
  expect(listEvents(db, 0, 100).filter(({ kind }) => kind === 'note-added')).toHaveLength(5)
  expect(calls.filter((call) => call.startsWith('issueNotes'))).toHaveLength(4)
})

test('an issue without notes is not asked for them; an epic, whose notes nobody counts, is', async () => {
  const { gitlab, run, jobOf, calls } = gitlabSetting()
  gitlab.open('issue', 10, [acmeLabel])
  await run('label:1')
  expect(jobOf('notes').dueAt).toBe(Infinity)
  gitlab.open('epic', 1, [acmeLabel])
  await run('epics:1')
  await run('notes')
  expect(calls.filter((call) => call.startsWith('epicNotes'))).toHaveLength(1)
})

test('notes of an epic that nothing tells at present stay as they were, and are read once there is a way again', async () => {
  const { db, gitlab, run, jobOf, time } = gitlabSetting()
  const id = gitlab.open('epic', 1, [acmeLabel])
  gitlab.note(id)
  await run('label:1')
  await run('epics:1')
  await run('notes')
  const texts = () => readIssue(db, { kind: 'epic', projectId: 1, iid: id })?.notes.length
  expect(texts()).toBe(1)
  gitlab.note(id)
  await run('epics:1')
  gitlab.epicsWay = 'none'
  await expect(run('epics:1')).rejects.toMatchObject({ kind: 'forbidden' })
  await run('notes')
  expect(texts()).toBe(1)
  expect(jobOf('notes').dueAt).toBe(Infinity)
  gitlab.epicsWay = 'rest'
  time.now += 25 * 3_600_000
  await run('notes')
  expect(texts()).toBe(2)
})
