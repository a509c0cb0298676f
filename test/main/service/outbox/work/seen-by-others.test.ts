import { expect, test } from 'vitest'
import type { WorkIntent } from '#contract/work-intent.ts'
import { changeLinks } from '#service/db/accounts.ts'
import { storeProject } from '#service/db/gitlab-projects.ts'
import { simulatorForOutboxes } from '#test/support/outbox-simulator.ts'
import { workSetting } from '#test/support/work-setting.ts'

const gitlab = simulatorForOutboxes()
const internalId = 57_400_001
const planText = '```json\n{ "understudy": "coverage-plan", "format": 1 }\n```'

/** A new issue of an internal project; GitLab may tell another visibility of it than it has. */
async function setting(description = 'For colleagues.') {
  const told: { visibility: string | null } = { visibility: null }
  const outbox = gitlab.at({
    betweenGitlab: async (request, send) => {
      const answer = await send(request)
      if (told.visibility === null || !request.url.endsWith(`/projects/${internalId}`)) return answer
      return { ...answer, body: { ...(answer.body as object), visibility: told.visibility } }
    },
  })
  const work = await workSetting(gitlab.simulator, outbox)
  await work.readProject()
  storeProject(work.db, await work.gitlab.project(internalId), work.clock.now())
  await work.outbox.preview([{ kind: 'subscribe-label', projectId: work.projectId, name: 'x' }])
  const intent: WorkIntent = {
    ...{ kind: 'create-issue', projectId: internalId, title: `Ours ${work.clock.now()}`, description, labels: [] },
    ...{ assigneeIds: [], confidential: false, dueDate: null },
  }
  const [preview] = await work.outbox.preview([intent])
  const order = { intent, stamp: preview?.stamp ?? 0 }
  const share = () => changeLinks(work.db, work.accountId, { gitlabGroup: 'support' })
  return { work, told, intent, preview, order, share }
}

test('what colleagues only were to see goes out while that is so', async () => {
  const { work, preview, order } = await setting(planText)
  expect(preview).toMatchObject({ customerSees: { visible: false }, refusal: null })
  const [id = 0] = await work.outbox.send([order])
  await work.settle()
  expect(work.entry(id)).toMatchObject({ state: 'verified', customerSees: { visible: false } })
})

test('a project that came to be an account’s since it was ordered gets nothing, and it says why', async () => {
  const { work, order, share } = await setting()
  const [id = 0] = await work.outbox.send([order])
  share()
  await work.settle()
  const failed = {
    state: 'failed',
    problem: expect.stringMatching(
      /^This was ordered for colleagues only, and customers would see it now\. Everything in this project can be seen by .* Nothing was changed\. Discard it/,
    ) as string,
  }
  expect(work.entry(id)).toMatchObject(failed)
  work.outbox.retry(id)
  await work.settle()
  expect(work.entry(id)).toMatchObject(failed)
  expect(work.calls()).toEqual([])
  work.outbox.discard(id)
  expect(work.entry(id).state).toBe('discarded')
})

test('a project that was made public meanwhile, which only GitLab knows, gets nothing either', async () => {
  const { work, told, order } = await setting()
  const [id = 0] = await work.outbox.send([order])
  told.visibility = 'public'
  await work.settle()
  expect(work.entry(id)).toMatchObject({ state: 'failed', problem: expect.stringContaining('is public') as string })
  expect(work.calls()).toEqual([])
})

test('a place that came to be an account’s between preview and order is looked at once more', async () => {
  const { work, intent, order, share } = await setting()
  share()
  await expect(work.outbox.send([order])).rejects.toThrow(/^Who sees this has changed since you looked\. Everything/)
  expect(work.outbox.list({ limit: 9, unsettled: false }).entries).toEqual([])
  // Seen by customers, and shown so, it is the person's own decision.
  expect(await work.order(intent)).toHaveLength(1)
})

test('a plan is not taken in for a place where customers read, whatever a preview said before', async () => {
  const { work, order, share } = await setting(planText)
  share()
  await expect(work.outbox.send([order])).rejects.toThrow(/A coverage plan is for colleagues/)
  const restarted = work.restart()
  await expect(restarted.send([order])).rejects.toThrow(/A coverage plan is for colleagues/)
})
