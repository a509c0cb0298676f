import { expect, test } from 'vitest'
import { acmeLabel, gitlabSetting } from '#test/support/gitlab-setting.ts'

test('an issue that lost its label is found by its number, once its list has left it out', async () => {
  const { gitlab, run, runLookUps, fates, later } = gitlabSetting()
  const id = gitlab.open('issue', 10, [acmeLabel])
  gitlab.open('issue', 10, [acmeLabel])
  await run('label:1')
  gitlab.change(id, { labels: [] }, { quiet: true })
  later()
  await run('label:1')
  expect(fates()).toEqual([])
  await run('open-issues')
  await runLookUps()
  await run('open-issues')
  expect(fates()).toEqual([`issue:10/${id} issue-unlabelled`])
})

test('a list of numbers that is too long is halved until it fits, and stays so', async () => {
  const { gitlab, run, calls, stored } = gitlabSetting()
  for (let count = 0; count < 9; count += 1) gitlab.open('issue', 10, [acmeLabel])
  await run('label:1')
  gitlab.longestList = 3
  await run('open-issues')
  const asked = () => calls.filter((call) => call.startsWith('issuesByIid')).length
  // Nine are tried, and twice four; then there are five lists of two at most.
  expect(asked()).toBe(8)
  await run('open-issues')
  expect(asked()).toBe(13)
  expect(stored().every(({ fate }) => fate === null)).toBe(true)
})

test('where a project is not there for us its issues are not either, and they are kept', async () => {
  const { gitlab, run, fates, stored } = gitlabSetting()
  const gone = gitlab.open('issue', 10, [acmeLabel])
  gitlab.open('issue', 11, [acmeLabel])
  await run('label:1')
  gitlab.loseProject(10, true)
  await run('open-issues')
  expect(fates()).toEqual([`issue:10/${gone} issue-out-of-sight`])
  expect(stored()).toHaveLength(2)
  gitlab.loseProject(10, false)
  gitlab.change(gone, { title: 'Here again' })
  await run('label:1')
  expect(fates()[1]).toBe(`issue:10/${gone} issue-back`)
})

test('it waits after the lists were read first, and is not wanted where nothing is open', async () => {
  const { gitlab, run, jobOf, time } = gitlabSetting()
  await run('label:1')
  expect(jobOf('open-issues').dueAt).toBe(Infinity)
  gitlab.open('issue', 10, [acmeLabel])
  await run('label:1')
  expect(jobOf('open-issues').dueAt).toBeGreaterThan(time.now + 8 * 60_000)
})
