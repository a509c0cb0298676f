import { describe, expect, test } from 'vitest'
import { readChangeableIssue } from '#service/db/work-targets.ts'
import { simulatorForOutboxes } from '#test/support/outbox-simulator.ts'
import { workSetting } from '#test/support/work-setting.ts'

const gitlab = simulatorForOutboxes()
const setting = () => workSetting(gitlab.simulator, gitlab.at())
const tasks = 'Plan:\n- [ ] Back up\n- [ ] Upgrade\n- [ ] Upgrade\n'

async function withIssue(parts: Readonly<Record<string, unknown>> = {}) {
  const work = await setting()
  const made = await work.issue({ description: tasks, ...parts })
  const { id: _, ...issue } = made
  return { work, made, issue }
}

describe('labels', () => {
  test('are put on and taken off, and the others stay', async () => {
    const { work, made, issue } = await withIssue()
    await work.change(made, { labels: [work.label, 'upgrade', 'old'] })
    await work.readIssue(made)
    const entry = await work.make({ kind: 'issue-labels', ...issue, add: ['blocked'], remove: ['old'] })
    expect(entry).toMatchObject({ state: 'verified', attempts: 1, problem: null })
    expect([...work.trueIssue(made).labels].toSorted()).toEqual([work.label, 'blocked', 'upgrade'].toSorted())
    expect(readChangeableIssue(work.db, issue.projectId, issue.iid)?.labels).toContain('blocked')
  })

  test('are resolved to the casing that is there first', async () => {
    const { work, made, issue } = await withIssue()
    await work.ask.order(`/gitlab/projects/${work.projectId}/labels`, { name: 'Needs Review' })
    await work.make({ kind: 'issue-labels', ...issue, add: ['needs review'], remove: [] })
    expect(work.trueIssue(made).labels).toContain('Needs Review')
  })

  test('that somebody put on meanwhile are not sent', async () => {
    const { work, made, issue } = await withIssue()
    const [id = 0] = await work.order({ kind: 'issue-labels', ...issue, add: ['blocked'], remove: [] })
    await work.change(made, { labels: [work.label, 'blocked'] })
    await work.settle()
    expect(work.entry(id)).toMatchObject({ state: 'verified', attempts: 0 })
    expect(work.calls()).toEqual([])
  })
})

test('an issue is closed, and opened again', async () => {
  const { work, made, issue } = await withIssue()
  expect(await work.make({ kind: 'issue-state', ...issue, state: 'closed' })).toMatchObject({ state: 'verified' })
  expect(work.trueIssue(made).state).toBe('closed')
  expect(await work.make({ kind: 'issue-state', ...issue, state: 'opened' })).toMatchObject({ state: 'verified' })
  expect(work.trueIssue(made).state).toBe('opened')
})

test('a change that was made and undone before it was seen is a conflict with both sides', async () => {
  const { work, made, issue } = await withIssue()
  const [id = 0] = await work.order({ kind: 'issue-state', ...issue, state: 'closed' })
  await work.ask.order('/misbehave', { target: 'gitlab', kind: 'lost-502', method: 'PUT' })
  await work.outbox.flush()
  await work.change(made, { state: 'opened' })
  await work.settle()
  expect(work.entry(id)).toMatchObject({
    state: 'conflict',
    conflict: [{ field: 'State', before: 'open', mine: 'closed', theirs: 'open' }],
  })
  work.outbox.resolve(id, 'mine')
  await work.settle()
  expect(work.entry(id).state).toBe('verified')
  expect(work.trueIssue(made).state).toBe('closed')
})

describe.each(['lost-502', 'lost-cut', 'truncate', '502', 'hang'])('%s in the middle of a change', (kind) => {
  test('it is made, once', async () => {
    const { work, made, issue } = await withIssue()
    await work.ask.order('/misbehave', { target: 'gitlab', kind, method: 'PUT' })
    const entry = await work.make({ kind: 'issue-task', ...issue, text: 'Upgrade', nth: 1, done: true })
    expect(entry).toMatchObject({ state: 'verified' })
    expect(work.trueIssue(made).description).toBe('Plan:\n- [ ] Back up\n- [ ] Upgrade\n- [x] Upgrade\n')
  })
})

describe('a task', () => {
  test('is ticked in the text as it is then: what somebody else wrote meanwhile is kept', async () => {
    const { work, made, issue } = await withIssue()
    const [id = 0] = await work.order({ kind: 'issue-task', ...issue, text: 'Back up', nth: 0, done: true })
    await work.change(made, { description: `Changed.\n${tasks}- [ ] Tell them\n` })
    await work.settle()
    expect(work.entry(id).state).toBe('verified')
    expect(work.trueIssue(made).description).toBe(
      'Changed.\nPlan:\n- [x] Back up\n- [ ] Upgrade\n- [ ] Upgrade\n- [ ] Tell them\n',
    )
  })

  test('that is gone, or says something else, is a conflict; insisting on it says that it cannot be', async () => {
    const { work, made, issue } = await withIssue()
    const [id = 0] = await work.order({ kind: 'issue-task', ...issue, text: 'Back up', nth: 0, done: true })
    await work.change(made, { description: tasks.replace('Back up', 'Back up twice') })
    await work.settle()
    expect(work.entry(id)).toMatchObject({
      state: 'conflict',
      conflict: [{ field: 'Task', mine: '[x] Back up', theirs: 'not in the description any more' }],
    })
    work.outbox.resolve(id, 'mine')
    await work.settle()
    expect(work.entry(id)).toMatchObject({ state: 'failed', problem: expect.stringMatching(/cannot be marked/) })
    expect(work.calls()).toEqual([])
  })
})

describe('a text', () => {
  test('takes the place of the one the person saw', async () => {
    const { work, made, issue } = await withIssue()
    const entry = await work.make({ kind: 'issue-text', ...issue, title: 'New title', description: 'New text.' })
    expect(entry).toMatchObject({ state: 'verified', attempts: 1 })
    expect(work.trueIssue(made)).toMatchObject({ title: 'New title', description: 'New text.' })
  })

  test('is not sent over one that somebody else wrote: both sides are shown, and mine overwrites it knowingly', async () => {
    const { work, made, issue } = await withIssue()
    const [id = 0] = await work.order({ kind: 'issue-text', ...issue, description: `${tasks}Mine.` })
    await work.change(made, { description: `${tasks}Theirs.` })
    await work.settle()
    expect(work.entry(id)).toMatchObject({
      state: 'conflict',
      attempts: 0,
      conflict: [
        { field: 'Description', mine: expect.stringMatching(/Mine\./), theirs: expect.stringMatching(/Theirs\./) },
      ],
    })
    expect(work.trueIssue(made).description).toBe(`${tasks}Theirs.`)
    work.outbox.resolve(id, 'mine')
    await work.settle()
    expect(work.entry(id).state).toBe('verified')
    expect(work.trueIssue(made).description).toBe(`${tasks}Mine.`)
  })

  test('and theirs stays when that is chosen', async () => {
    const { work, made, issue } = await withIssue()
    const [id = 0] = await work.order({ kind: 'issue-text', ...issue, description: 'Mine.' })
    await work.change(made, { description: 'Theirs.' })
    await work.settle()
    expect(work.outbox.resolve(id, 'theirs').state).toBe('discarded')
    await work.settle()
    expect(work.trueIssue(made).description).toBe('Theirs.')
  })

  test('after a task that I ticked before does not meet my own change as somebody else’s', async () => {
    const { work, made, issue } = await withIssue()
    const ids = await work.order(
      { kind: 'issue-task', ...issue, text: 'Back up', nth: 0, done: true },
      { kind: 'issue-text', ...issue, description: 'All of it new.' },
    )
    await work.settle()
    expect(ids.map((id) => work.entry(id).state)).toEqual(['verified', 'verified'])
    expect(work.trueIssue(made).description).toBe('All of it new.')
  })
})
