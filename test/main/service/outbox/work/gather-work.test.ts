import { expect, test } from 'vitest'
import type { WorkIntent } from '#contract/work-intent.ts'
import { emptyDesk } from '#core/desk/desk-document.ts'
import { storeDesk } from '#service/db/desks.ts'
import { readRoster } from '#service/db/workspace.ts'
import { simulatorForOutboxes } from '#test/support/outbox-simulator.ts'
import { workSetting } from '#test/support/work-setting.ts'

const gitlab = simulatorForOutboxes()
const restricted = { document: emptyDesk, restricted: true }

test('nothing is written to GitLab for a restricted account, neither previewed nor ordered', async () => {
  const work = await workSetting(gitlab.simulator, gitlab.at())
  await work.readProject()
  const made = await work.issue()
  const comment = {
    kind: 'issue-comment',
    projectId: made.projectId,
    iid: made.iid,
    body: 'Hi',
    internal: false,
  } as const
  const label = {
    kind: 'create-label',
    projectId: work.projectId,
    name: 'x',
    color: '#112233',
    description: '',
  } as const
  const previews = await work.outbox.preview([comment, label])
  expect(previews.map(({ refusal }) => refusal)).toEqual([null, null])
  storeDesk(work.db, work.accountId, restricted, 1)
  for (const { refusal } of await work.outbox.preview([comment, label])) {
    expect(refusal).toMatch(/ is restricted: nothing is written to GitLab for it/)
  }
  const [order] = previews
  const sent = work.outbox.send([{ intent: comment, stamp: order?.stamp ?? 0 }])
  await expect(sent).rejects.toThrow('is restricted')
  expect(work.calls()).toEqual([])
})

test('what waits while its account becomes restricted is not sent, and says why', async () => {
  const work = await workSetting(gitlab.simulator, gitlab.at())
  await work.readProject()
  const made = await work.issue()
  const [id = 0] = await work.order({
    ...{ kind: 'issue-comment', projectId: made.projectId, iid: made.iid, body: 'Hi', internal: false },
  })
  storeDesk(work.db, work.accountId, restricted, 1)
  await work.settle()
  const failed = {
    state: 'failed',
    problem: expect.stringMatching(
      /^This was ordered before the restriction\. .* is restricted: .* Nothing was changed\.$/,
    ) as string,
  }
  expect(work.entry(id)).toMatchObject(failed)
  work.outbox.retry(id)
  await work.settle()
  expect(work.entry(id)).toMatchObject(failed)
  expect(work.calls()).toEqual([])
  storeDesk(work.db, work.accountId, { ...restricted, restricted: false }, 2)
  work.outbox.retry(id)
  await work.settle()
  expect(work.entry(id)).toMatchObject({ state: 'verified', problem: null })
})

test('its name and number are not written into the projects of others either', async () => {
  const work = await workSetting(gitlab.simulator, gitlab.at())
  await work.readProject()
  const other = readRoster(work.db).accounts.find(({ id }) => id !== work.accountId)
  storeDesk(work.db, other?.id ?? 0, restricted, 1)
  const issue = (description: string): WorkIntent => ({
    kind: 'create-issue',
    projectId: work.projectId,
    title: 'Plan',
    description,
    labels: [],
    assigneeIds: [],
    confidential: true,
    dueDate: null,
  })
  const previews = await work.outbox.preview([
    issue(`With ${other?.name.toUpperCase()}`),
    issue(`Organization ${other?.id}`),
    issue('With nobody'),
  ])
  expect(previews.map(({ refusal }) => refusal !== null)).toEqual([true, true, false])
})
