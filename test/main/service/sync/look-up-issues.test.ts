import { expect, test } from 'vitest'
import { noteIssueLookUps } from '#service/db/issue-look-ups.ts'
import { RemoteFailure } from '#service/transport/remote-failure.ts'
import { acmeLabel, gitlabSetting } from '#test/support/gitlab-setting.ts'

const key = (iid: number) => ({ kind: 'issue' as const, projectId: 10, iid })

test('an issue that was only missing from a list is there as before, and nothing is recorded', async () => {
  const { db, gitlab, run, runLookUps, fates } = gitlabSetting()
  const id = gitlab.open('issue', 10, [acmeLabel])
  await run('label:1')
  noteIssueLookUps(db, [key(id)], 'not-listed')
  await runLookUps()
  expect(fates()).toEqual([])
})

test('one that was moved says where it went, also when that is read later', async () => {
  const { gitlab, run, fates, stored } = gitlabSetting()
  const id = gitlab.open('issue', 10, [acmeLabel])
  await run('label:1')
  gitlab.move(id, 11)
  await run('label:1')
  expect(fates()).toEqual([`issue:10/${id} issue-moved`])
  expect(stored().find(({ iid }) => iid === id)).toMatchObject({
    fate: 'moved',
    movedTo: { reference: 'customers/1/p11#2' },
  })
})

test('a 404 is out of sight, a refusal is no fate and asked about again', async () => {
  const { db, gitlab, run, runLookUps, fates, answer, calls, later } = gitlabSetting()
  const [gone, refused] = [gitlab.open('issue', 10, [acmeLabel]), gitlab.open('issue', 10, [acmeLabel])]
  await run('label:1')
  gitlab.lose(gone, true)
  noteIssueLookUps(db, [key(gone)], 'not-listed')
  await runLookUps()
  expect(fates()).toEqual([`issue:10/${gone} issue-out-of-sight`])
  answer({ issue: () => Promise.reject(new RemoteFailure('forbidden', 'Not allowed (403).', { status: 403 })) })
  noteIssueLookUps(db, [key(refused)], 'not-listed')
  const asked = () => calls.filter((call) => call.startsWith('issue ')).length
  const before = asked()
  await runLookUps()
  await runLookUps()
  expect(asked()).toBe(before + 1)
  expect(fates()).toHaveLength(1)
  later(1)
  await runLookUps()
  expect(asked()).toBe(before + 2)
  expect(fates()).toHaveLength(1)
})

test('no more than twenty are looked up in a minute', async () => {
  const { db, gitlab, run, runLookUps, calls, time } = gitlabSetting()
  const ids = Array.from({ length: 30 }, () => gitlab.open('issue', 10, [acmeLabel]))
  await run('label:1')
  noteIssueLookUps(db, ids.map(key), 'not-listed')
  const asked = () => calls.filter((call) => call.startsWith('issue ')).length
  await runLookUps()
  expect(asked()).toBe(20)
  time.now += 60_000
  await runLookUps()
  expect(asked()).toBe(30)
})
