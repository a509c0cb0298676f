import { describe, expect, test } from 'vitest'
import type { WorkIntent } from '#contract/work-intent.ts'
import { listIssues } from '#service/db/read-issues.ts'
import { simulatorForOutboxes } from '#test/support/outbox-simulator.ts'
import { workSetting, type WorkSetting } from '#test/support/work-setting.ts'

const gitlab = simulatorForOutboxes()
let made = 0

async function setting() {
  const work = await workSetting(gitlab.simulator, gitlab.at())
  await work.readProject()
  return work
}

function issueOf(work: WorkSetting, parts: Partial<Extract<WorkIntent, { kind: 'create-issue' }>> = {}): WorkIntent {
  return {
    kind: 'create-issue',
    projectId: work.projectId,
    title: `Upgrade to 18 (${(made += 1)})`,
    description: '- [ ] Back up',
    labels: [work.label],
    assigneeIds: [],
    confidential: false,
    dueDate: '2026-12-01',
    ...parts,
  }
}

test('is opened once, with its labels as fields and a mark at the end of its text, and found again', async () => {
  const work = await setting()
  const intent = issueOf(work)
  const entry = await work.make(intent)
  expect(entry).toMatchObject({ state: 'verified', attempts: 1, problem: null })
  expect(work.calls()).toEqual([`POST /projects/${work.projectId}/issues`])
  const [issue, ...others] = work.titled('title' in intent ? (intent.title ?? '') : '')
  expect(others).toEqual([])
  expect(entry.url).toMatch(new RegExp(`/${issue?.iid}$`))
  expect(issue).toMatchObject({
    labels: [work.label],
    dueDate: '2026-12-01',
    tasks: 1,
    description: expect.stringMatching(/^- \[ \] Back up\n\n<!-- understudy [\w-]+ -->$/),
  })
})

test('shows in the list of its account at once, without its mark counting as text', async () => {
  const work = await setting()
  const intent = issueOf(work, { title: 'Shown at once' })
  await work.make(intent)
  const { issues } = listIssues(work.db, { accountId: work.accountId, state: 'opened', limit: 50, offset: 0 })
  expect(issues).toMatchObject([{ title: 'Shown at once', tasksTotal: 1, fate: null }])
})

test('a label in another casing becomes the one that is there', async () => {
  const work = await setting()
  const title = 'Other casing'
  await work.make(issueOf(work, { title, labels: [work.label.toUpperCase()] }))
  expect(work.titled(title)).toMatchObject([{ labels: [work.label] }])
})

describe('when nobody knows whether it arrived', () => {
  test.each(['lost-502', 'lost-hang', 'lost-cut', 'truncate'] as const)(
    '%s: it is found by its mark, and not opened twice',
    async (kind) => {
      const work = await setting()
      const title = `Lost with ${kind}`
      await work.ask.order('/misbehave', { target: 'gitlab', kind, method: 'POST' })
      expect(await work.make(issueOf(work, { title }))).toMatchObject({
        state: 'verified',
        attempts: 1,
        url: expect.stringMatching(/\/\d+$/),
      })
      expect(work.titled(title)).toHaveLength(1)
    },
  )

  test.each(['502', 'hang'] as const)(
    '%s: it is not there, and opened once, but not before GitLab gave it up',
    async (kind) => {
      const work = await setting()
      const title = `Never there with ${kind}`
      await work.ask.order('/misbehave', { target: 'gitlab', kind, method: 'POST' })
      const [id = 0] = await work.order(issueOf(work, { title }))
      await work.outbox.flush()
      await work.outbox.flush()
      expect(work.entry(id)).toMatchObject({
        state: 'sending',
        attempts: 1,
        problem: expect.stringMatching(/looks again/),
      })
      await work.settle()
      expect(work.entry(id)).toMatchObject({ state: 'verified', attempts: 2 })
      expect(work.titled(title)).toHaveLength(1)
    },
  )

  test('and the app was killed meanwhile: the next start looks before it sends', async () => {
    const work = await setting()
    const title = 'Killed in the middle'
    await work.ask.order('/misbehave', { target: 'gitlab', kind: 'lost-502', method: 'POST' })
    const [id = 0] = await work.order(issueOf(work, { title }))
    await work.outbox.flush()
    expect(work.entry(id).state).toBe('sending')
    work.restart()
    await work.settle()
    expect(work.entry(id)).toMatchObject({ state: 'verified', attempts: 1 })
    expect(work.titled(title)).toHaveLength(1)
  })
})

describe('labels that GitLab leaves out without a word', () => {
  /** As a guest, whose labels GitLab ignores while an issue is opened. */
  async function asGuest(title: string, answer: string | null) {
    const work = await setting()
    await work.ask.order(`/gitlab/projects/${work.projectId}`, { access_level: 10 })
    if (answer !== null) await work.ask.order('/misbehave', { target: 'gitlab', kind: answer, method: 'PUT' })
    const entry = await work.make(issueOf(work, { title }))
    await work.ask.order(`/gitlab/projects/${work.projectId}`, { access_level: 40 })
    return { work, entry, issues: work.titled(title) }
  }

  test('are put on with a second call', async () => {
    const { work, entry, issues } = await asGuest('As a guest', null)
    expect(work.calls().map((call) => call.split(' ')[0])).toEqual(['POST', 'PUT'])
    expect(entry).toMatchObject({ state: 'verified', attempts: 1, problem: null })
    expect(issues).toMatchObject([{ labels: [work.label] }])
  })

  test('and that may not be put on are said; the issue is there', async () => {
    const { entry, issues } = await asGuest('As a guest who may not', '403')
    expect(entry).toMatchObject({ state: 'verified', problem: expect.stringMatching(/did not put on “ASE Work/) })
    expect(issues).toMatchObject([{ labels: [] }])
  })

  test('and whose second call is lost are there in the end, and the issue once', async () => {
    const { work, entry, issues } = await asGuest('As a guest with a bad line', 'lost-502')
    expect(entry).toMatchObject({ state: 'verified', problem: null })
    expect(issues).toMatchObject([{ labels: [work.label] }])
  })
})

test('is refused in words where the project is not to be seen any more, and nothing is lost', async () => {
  const work = await setting()
  const [id = 0] = await work.order(issueOf(work, { title: 'Nowhere' }))
  await work.ask.order(`/gitlab/projects/${work.projectId}`, { is_gone: true })
  await work.settle()
  expect(work.entry(id)).toMatchObject({ state: 'failed', problem: expect.stringMatching(/404.*Nothing was changed/) })
  await work.ask.order(`/gitlab/projects/${work.projectId}`, { is_gone: false })
  work.outbox.retry(id)
  await work.settle()
  expect(work.entry(id).state).toBe('verified')
  expect(work.titled('Nowhere')).toHaveLength(1)
})

test('a project that was renamed meanwhile is the same one', async () => {
  const work = await setting()
  const [id = 0] = await work.order(issueOf(work, { title: 'In a renamed project' }))
  await work.ask.order(`/gitlab/projects/${work.projectId}`, { path: `${work.projectPath}-renamed` })
  await work.settle()
  await work.ask.order(`/gitlab/projects/${work.projectId}`, { path: work.projectPath })
  expect(work.entry(id).state).toBe('verified')
})
