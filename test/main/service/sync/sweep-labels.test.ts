import { expect, test } from 'vitest'
import { readCursor } from '#service/db/cursors.ts'
import { acmeLabel, gitlabSetting } from '#test/support/gitlab-setting.ts'

test('what no list of changes told is found at night: a label put on without a change, and one taken off a closed issue', async () => {
  const { db, gitlab, run, runLookUps, fates, stored, later } = gitlabSetting()
  const late = gitlab.open('issue', 10, [])
  later()
  const closed = gitlab.open('issue', 10, [acmeLabel])
  gitlab.change(closed, { state: 'closed' })
  for (let count = 0; count < 5; count += 1) gitlab.open('issue', 11, [acmeLabel])
  await run('label:1')
  later()
  gitlab.change(late, { labels: [acmeLabel] }, { quiet: true })
  gitlab.change(closed, { labels: [] }, { quiet: true })
  await run('label:1')
  expect(stored().map(({ iid }) => iid)).not.toContain(late)
  do await run('label-sweep:1')
  while (readCursor(db, 'gitlab', 'label-sweep:1').passCursor !== null)
  await runLookUps()
  expect(stored().map(({ iid }) => iid)).toContain(late)
  expect(fates()).toEqual([`issue:10/${closed} issue-unlabelled`])
})

test('it is due in the night after its list was read first, and once a night', async () => {
  const { gitlab, run, jobOf, time, later } = gitlabSetting()
  gitlab.open('issue', 10, [acmeLabel])
  await run('label:1')
  const { dueAt } = jobOf('label-sweep:1')
  expect(dueAt).toBeGreaterThan(time.now + 12 * 3_600_000)
  expect(dueAt).toBeLessThan(time.now + 24 * 3_600_000)
  later(24)
  await run('label-sweep:1')
  expect(jobOf('label-sweep:1').dueAt).toBeGreaterThan(time.now)
})
