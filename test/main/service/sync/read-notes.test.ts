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
