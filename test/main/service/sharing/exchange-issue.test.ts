import { safe } from '@orpc/client'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { PlanDetail } from '#contract/plans.ts'
import { dana } from '#test/support/connected-service.ts'
import { runningService, type RunningServiceParts } from '#test/support/running-service.ts'
import { createSimulator } from '#test/support/simulator.ts'
import { createAsk } from '#test/simulator/ask.ts'

const week = { startsAt: '2030-12-16T09:00', endsAt: '2030-12-20T17:00' }
const project = 'support/assigned-support-engineers'
const projectId = 57_400_001

/** One Zendesk and one GitLab, and machines of colleagues who follow Dana's account there. */
async function company() {
  const own = await createSimulator({ seed: 5, scale: 10 })
  onTestFinished(() => own.stop())
  const ask = createAsk(own.description)
  const { accounts, meId, people } = own.description.workspace
  const accountId = accounts[0]?.id ?? 0
  const coverId = people.find(({ id }) => id !== meId && id !== dana)?.id ?? 0
  return {
    ...{ own, ask, accountId, coverId, meId },
    machine: async (parts: RunningServiceParts = {}, token = own.description.gitlab.token) => {
      const app = await runningService(parts)
      const { client } = app.service
      await client.connections.connectZendesk(own.description.zendesk)
      await client.connections.connectGitlabToken({ ...own.description.gitlab, token })
      await client.accounts.add({
        organizationId: accountId,
        aseId: dana,
        gitlabGroup: accounts[0]?.gitlabGroup ?? null,
      })
      await client.settings.set({ coverageProject: project })
      return { app, client, sync: () => app.service.syncOnce() }
    },
    issue: async (iid: number) => (await ask.gitlab(`/projects/${projectId}/issues/${iid}`)).body as IssueBody,
    rewrite: (iid: number, description: string) =>
      ask.change('PUT', `/projects/${projectId}/issues/${iid}`, { description }),
  }
}

interface IssueBody {
  readonly title: string
  readonly description: string
  readonly confidential: boolean
  readonly state: string
}
type Company = Awaited<ReturnType<typeof company>>
type Machine = Awaited<ReturnType<Company['machine']>>

async function plan({ client }: Machine, { accountId, coverId }: Company): Promise<PlanDetail> {
  const { id: planId } = await client.plans.create({ aseId: dana, ...week })
  const { entries } = await client.plans.putEntry({ planId, accountId, coverId, ...week })
  return client.plans.ask({ planId, entryIds: entries.map(({ id }) => id) })
}

/** Sends a plan as a person does: previewed, ordered, on its way. */
async function send({ client, sync }: Machine, planId: string) {
  const { preview, along } = await client.plans.previewIssue({ planId })
  expect(preview.refusal).toBeNull()
  await client.outbox.send({ orders: [preview] })
  await sync()
  return { preview, along }
}

const standing = ({ client }: Machine, planId: string) => client.plans.issue({ planId })
const refusal = async (call: Promise<unknown>) => {
  const { error } = await safe(call)
  return error && 'code' in error ? `${String(error.code)}: ${error.message}` : error
}
const entriesAt = async ({ client }: Machine, planId: string) => (await client.plans.get({ planId })).entries
/** The document itself, with everybody's writings. */
const documentAt = async ({ client }: Machine, planId: string) => {
  const { text } = await client.plans.export({ planId, as: 'file' })
  return JSON.parse(text) as unknown
}

test(
  'a plan goes to GitLab as an issue, is answered elsewhere, and comes back: nothing is lost on the way',
  { timeout: 120_000 },
  async () => {
    const all = await company()
    const [ase, cover] = [await all.machine(), await all.machine()]
    const { id: planId, entries } = await plan(ase, all)
    const entryId = entries[0]?.id ?? ''
    expect(await standing(ase, planId)).toMatchObject({ project, issue: null, order: null, toSend: false })

    const { preview } = await send(ase, planId)
    expect(preview).toMatchObject({
      intent: { kind: 'create-issue', projectId, confidential: true, assigneeIds: [], labels: [] },
      customerSees: { visible: false },
    })
    const { issue } = await standing(ase, planId)
    expect(issue).toMatchObject({ projectId, reference: `${project}#${issue?.iid}`, state: 'opened', problem: null })
    const iid = issue?.iid ?? 0
    const opened = await all.issue(iid)
    expect(opened).toMatchObject({
      title: expect.stringMatching(/^Coverage for Dana .* from 2030-12-16 until 2030-12-20$/) as string,
      confidential: true,
    })

    const reference = issue?.url ?? ''
    expect(await cover.client.plans.fetch({ reference, apply: false })).toMatchObject({ planId, fresh: true })
    expect((await cover.client.plans.list({})).plans).toEqual([])
    await cover.client.plans.fetch({ reference, apply: true })
    expect(await documentAt(cover, planId)).toEqual(await documentAt(ase, planId))

    const part = { startsAt: '2030-12-16T09:00', endsAt: '2030-12-18T17:00' }
    await cover.client.plans.answer({ planId, entryId, answer: 'accept', part, words: 'Until Wednesday' })
    expect(await standing(cover, planId)).toMatchObject({ toSend: true, waiting: null })
    await send(cover, planId)
    expect(await standing(cover, planId)).toMatchObject({ toSend: false, order: null })

    await ase.sync()
    expect(await standing(ase, planId)).toMatchObject({ toSend: false, waiting: null })
    expect(await entriesAt(ase, planId)).toMatchObject([{ request: { state: 'asked' } }])
    await ase.client.plans.fetch({ planId, apply: true })
    expect(await entriesAt(ase, planId)).toMatchObject([{ request: { state: 'accepted', words: 'Until Wednesday' } }])
    expect(await documentAt(ase, planId)).toEqual(await documentAt(cover, planId))
    expect(await all.issue(iid)).toMatchObject({ title: opened.title })
  },
)

test(
  'what both changed meanwhile is sent by whoever sends last, and nobody loses anything',
  { timeout: 120_000 },
  async () => {
    const all = await company()
    const [ase, cover] = [await all.machine(), await all.machine()]
    const { id: planId, entries } = await plan(ase, all)
    const entryId = entries[0]?.id ?? ''
    await send(ase, planId)
    const reference = (await standing(ase, planId)).issue?.reference ?? ''
    await cover.client.plans.fetch({ reference, apply: true })

    await ase.client.plans.change({ planId, endsAt: '2030-12-21T17:00' })
    await cover.client.plans.change({ planId, endsAt: '2030-12-22T17:00' })
    await cover.client.plans.answer({ planId, entryId, answer: 'accept' })
    await send(ase, planId)
    const { preview, along } = await send(cover, planId)
    expect(preview.warnings).toContainEqual(expect.stringMatching(/^Both sides changed this: Until when Dana /))
    expect(along.conflicts).toMatchObject([{ field: 'endsAt' }])
    expect((await cover.client.plans.get({ planId })).conflicts).toMatchObject([{ field: 'endsAt' }])
    await ase.client.plans.fetch({ planId, apply: true })
    expect(await documentAt(ase, planId)).toEqual(await documentAt(cover, planId))

    await ase.client.plans.resolve({ planId, field: 'endsAt', side: 0 })
    await send(ase, planId)
    await cover.client.plans.fetch({ planId, apply: true })
    expect((await cover.client.plans.get({ planId })).conflicts).toEqual([])
    expect(await documentAt(ase, planId)).toEqual(await documentAt(cover, planId))
  },
)

test('an issue that somebody changed after it was shown is not overwritten unseen', { timeout: 120_000 }, async () => {
  const all = await company()
  const ase = await all.machine()
  const { id: planId } = await plan(ase, all)
  await send(ase, planId)
  const iid = (await standing(ase, planId)).issue?.iid ?? 0
  await ase.client.plans.change({ planId, endsAt: '2030-12-21T17:00' })
  const { preview } = await ase.client.plans.previewIssue({ planId })
  await all.rewrite(iid, `Budget is with Ben.\n\n${(await all.issue(iid)).description}`)
  const ordered = await safe(ase.client.outbox.send({ orders: [preview] }))
  if (!ordered.error) await ase.sync()
  expect((await all.issue(iid)).description).toMatch(/^Budget is with Ben\./)
  expect((await all.issue(iid)).description).toContain('"understudy": "coverage-plan"')
  const { order } = await standing(ase, planId)
  expect(order).toMatchObject({ state: 'conflict' })
  expect(await refusal(ase.client.plans.previewIssue({ planId }))).toContain('needs you')

  await ase.client.outbox.discard({ id: order?.id ?? 0 })
  await send(ase, planId)
  const { description } = await all.issue(iid)
  expect(description).toMatch(/^Budget is with Ben\./)
  expect(description).toContain('Sat 21 Dec 2030 17:00')
})

test(
  'what was ticked, written around and changed by hand in the issue is taken in, kept or said',
  { timeout: 120_000 },
  async () => {
    const all = await company()
    const ase = await all.machine()
    const { id: planId, checklist } = await plan(ase, all)
    await send(ase, planId)
    const iid = (await standing(ase, planId)).issue?.iid ?? 0
    const step = checklist.find(({ byItself }) => !byItself)
    const { description } = await all.issue(iid)
    const line = `${step?.dueOn}: ${step?.words.slice(0, 12)}`
    expect(description).toContain(`- [ ] ${line}`)
    await all.rewrite(
      iid,
      `${description.replace(`- [ ] ${line}`, `- [x] ${line}`).replace('## Checklist', 'By hand: ask Ben\n\n## Checklist')}\n\nBelow`,
    )
    const { preview, along } = await send(ase, planId)
    expect(along.changes).toEqual([expect.stringMatching(/^Done: /)])
    expect(preview.warnings).toContainEqual(expect.stringContaining('by hand'))
    const ticked = (await ase.client.plans.get({ planId })).checklist.find(({ id }) => id === step?.id)
    expect(ticked?.doneAt).not.toBeNull()
    const after = (await all.issue(iid)).description
    expect(after).toContain(`- [x] ${line}`)
    expect(after).toContain('By hand: ask Ben')
    expect(after).toContain('Below')
    expect(await refusal(ase.client.plans.fetch({ planId, apply: false }))).toBeNull()

    await all.rewrite(iid, 'Somebody cleared this. See the wiki.')
    expect(await refusal(ase.client.plans.fetch({ planId, apply: true }))).toBe(
      `REFUSED: There is no coverage plan in ${project}#${iid}. Send the plan from here to put it there.`,
    )
    expect(await standing(ase, planId)).toMatchObject({
      toSend: true,
      issue: { problem: expect.any(String) as string },
    })
    await send(ase, planId)
    expect((await all.issue(iid)).description).toMatch(/^Somebody cleared this\. See the wiki\.\n\n/)
    expect(await standing(ase, planId)).toMatchObject({ toSend: false, issue: { problem: null } })
  },
)

describe('a sending that breaks off', () => {
  test('opens one issue, and the plan knows it after Understudy was started anew', { timeout: 120_000 }, async () => {
    const all = await company()
    const ase = await all.machine()
    const { id: planId } = await plan(ase, all)
    const { preview } = await ase.client.plans.previewIssue({ planId })
    all.own.misbehave({ target: 'gitlab', kind: 'lost-cut', method: 'POST', pathContains: '/issues' })
    await ase.client.outbox.send({ orders: [preview] })
    expect(await refusal(ase.client.plans.previewIssue({ planId }))).toContain('being sent already')
    await ase.sync()
    expect((await standing(ase, planId)).issue).toBeNull()
    await ase.app.stop()

    const again = await runningService({ dataDir: ase.app.dataDir, vault: ase.app.vault })
    await again.service.syncOnce()
    await expect
      .poll(
        async () => {
          await again.service.syncOnce()
          return (await again.service.client.plans.issue({ planId })).issue?.reference
        },
        { timeout: 60_000 },
      )
      .toMatch(project)
    const created = all.own.record().filter(({ method, path }) => method === 'POST' && path.endsWith('/issues'))
    expect(created).toHaveLength(1)
  })
})

test(
  'a project that customers see gets no plan, and is not taken as the one for plans',
  { timeout: 120_000 },
  async () => {
    const all = await company()
    const ase = await all.machine()
    const { id: planId } = await plan(ase, all)
    const group = all.own.description.workspace.accounts[0]?.gitlabGroup ?? ''
    const theirs = group.endsWith('/collaboration') ? group : `${group}/collaboration`
    expect(await ase.client.plans.findProject({ path: theirs })).toMatchObject({ customerSees: { visible: true } })
    expect(await ase.client.plans.findProject({ path: `/${project}/` })).toMatchObject({
      path: project,
      customerSees: { visible: false },
      mayWrite: true,
    })
    expect(await refusal(ase.client.plans.findProject({ path: 'support/nowhere' }))).toContain(
      'does not show the project support/nowhere',
    )
    await ase.client.settings.set({ coverageProject: theirs })
    const { preview } = await ase.client.plans.previewIssue({ planId })
    expect(preview.customerSees.visible).toBe(true)
    expect(preview.refusal).toContain('A coverage plan is for colleagues')
    await ase.client.settings.set({ coverageProject: null })
    expect(await refusal(ase.client.plans.previewIssue({ planId }))).toContain('Name the project')
  },
)

test(
  'the sample has a project of its own for coverage issues, which another one that is named replaces',
  { timeout: 120_000 },
  async () => {
    const { service } = await runningService()
    const { client } = service
    const sample = { client, sync: () => service.syncOnce() } as Machine
    const [first] = (await client.plans.list({})).plans
    const planId = first?.id ?? ''
    expect((await client.settings.get({})).coverageProject).toBeNull()
    expect((await client.app.status({})).sampleCoverageProject).toBe(project)
    expect((await standing(sample, planId)).project).toBe(project)
    const { preview } = await send(sample, planId)
    expect(preview.words).toContain(`in ${project}, in your name`)
    expect((await standing(sample, planId)).issue).toMatchObject({ projectId })
    await client.settings.set({ coverageProject: 'support/organizations' })
    expect((await standing(sample, planId)).project).toBe('support/organizations')
    const another = await client.plans.previewIssue({ planId, another: true })
    expect(another.preview.words).toContain('in support/organizations, in your name')
    await client.settings.set({ coverageProject: null })
    const own = await createSimulator({ seed: 5, scale: 10 })
    onTestFinished(() => own.stop())
    await client.connections.connectZendesk(own.description.zendesk)
    expect((await client.app.status({})).sampleCoverageProject).toBeNull()
  },
)

test(
  'an issue that is gone leaves the plan as it is, and another one can be opened',
  { timeout: 120_000 },
  async () => {
    const all = await company()
    const ase = await all.machine()
    const { id: planId } = await plan(ase, all)
    await send(ase, planId)
    const { issue } = await standing(ase, planId)
    const before = await documentAt(ase, planId)
    const { id } = (await all.ask.gitlab(`/projects/${projectId}/issues/${issue?.iid}`)).body as { id: number }
    await all.ask.order(`/gitlab/items/${id}`, { is_gone: true })
    expect(await refusal(ase.client.plans.fetch({ planId, apply: true }))).toContain(
      'it is gone, or you may not see it',
    )
    expect(await documentAt(ase, planId)).toEqual(before)
    const { preview } = await ase.client.plans.previewIssue({ planId, another: true })
    await ase.client.outbox.send({ orders: [preview] })
    await ase.sync()
    expect((await standing(ase, planId)).issue?.iid).not.toBe(issue?.iid)
  },
)

test(
  'a closed issue is offered to be closed by a person only, and is shown as closed',
  { timeout: 120_000 },
  async () => {
    const all = await company()
    const ase = await all.machine()
    const { id: planId } = await plan(ase, all)
    await send(ase, planId)
    const { issue } = await standing(ase, planId)
    const [preview] = (
      await ase.client.outbox.preview({
        intents: [{ kind: 'issue-state', projectId, iid: issue?.iid ?? 0, state: 'closed' }],
      })
    ).previews
    expect(preview).toMatchObject({ refusal: null, customerSees: { visible: false } })
    await ase.client.plans.remove({ planId })
    expect(await all.issue(issue?.iid ?? 0)).toMatchObject({ state: 'opened' })
    await ase.client.plans.restore({ planId })
    await ase.client.outbox.send({ orders: preview ? [preview] : [] })
    await ase.sync()
    expect(await all.issue(issue?.iid ?? 0)).toMatchObject({ state: 'closed' })
    await ase.sync()
    expect((await standing(ase, planId)).issue?.state).toBe('closed')
  },
)

test(
  'a sign-in that may only read takes plans in, and is told why it cannot send them',
  { timeout: 120_000 },
  async () => {
    const all = await company()
    const ase = await all.machine()
    const { id: planId } = await plan(ase, all)
    await send(ase, planId)
    const reference = (await standing(ase, planId)).issue?.reference ?? ''
    const token = 'glpat-reader'
    await all.ask.order('/gitlab/token', { token, scopes: ['read_api'] })
    const reader = await all.machine({}, token)
    await reader.client.plans.fetch({ reference, apply: true })
    await reader.client.plans.change({ planId, endsAt: '2030-12-21T17:00' })
    const { preview } = await reader.client.plans.previewIssue({ planId })
    expect(preview.refusal).toContain('Sign in again in Settings with the right “api”')
    expect(await refusal(reader.client.outbox.send({ orders: [preview] }))).toContain('REFUSED')
    expect(await reader.client.plans.findProject({ path: project })).toMatchObject({ mayWrite: false })
  },
)

test('while GitLab is in trouble nothing changes, and the words say so', { timeout: 120_000 }, async () => {
  const all = await company()
  const ase = await all.machine()
  const { id: planId } = await plan(ase, all)
  await send(ase, planId)
  const before = await documentAt(ase, planId)
  all.own.misbehave({ target: 'gitlab', kind: '403', count: 20 })
  for (const call of [
    () => ase.client.plans.fetch({ planId, apply: true }),
    () => ase.client.plans.previewIssue({ planId }),
    () => ase.client.plans.findProject({ path: project }),
  ]) {
    expect(await refusal(call())).toMatch(/^REFUSED: .*403/)
  }
  expect(await documentAt(ase, planId)).toEqual(before)
})
