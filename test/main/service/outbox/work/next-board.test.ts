import { expect, test } from 'vitest'
import { simulatorForOutboxes } from '#test/support/outbox-simulator.ts'
import { workSetting } from '#test/support/work-setting.ts'

const gitlab = simulatorForOutboxes()
let made = 0

async function setting() {
  const work = await workSetting(gitlab.simulator, gitlab.at())
  await work.readProject()
  const label = `Board label ${(made += 1)}`
  await work.ask.order(`/gitlab/projects/${work.projectId}/labels`, { name: label })
  const intent = { kind: 'create-board', projectId: work.projectId, name: `ASE ${label}`, label } as const
  const labelId = work.holds().labels.find(({ name }) => name === label)?.id
  return { work, intent, labelId, boards: () => work.holds().boards.filter(({ name }) => name === intent.name) }
}

test('shows its label only', async () => {
  const { work, intent, labelId, boards } = await setting()
  expect(await work.make(intent)).toMatchObject({
    state: 'verified',
    attempts: 1,
    problem: null,
    url: expect.stringMatching(/\/-\/boards\/\d+$/),
  })
  expect(boards()).toMatchObject([{ labelIds: [labelId], lists: [] }])
})

test('gets one list of its label where the licence has no boards for a label, and that is said', async () => {
  const { work, intent, labelId, boards } = await setting()
  await work.ask.order('/gitlab', { licence: 'free' })
  expect(await work.make(intent)).toMatchObject({
    state: 'verified',
    problem: expect.stringMatching(/has a list of the label/),
  })
  expect(boards()).toMatchObject([{ labelIds: [], lists: [{ labelId }] }])
})

test('and where the scope is refused (403)', async () => {
  const { work, intent, labelId, boards } = await setting()
  await work.ask.order('/misbehave', { target: 'gitlab', kind: '403', method: 'PUT' })
  expect(await work.make(intent)).toMatchObject({
    state: 'verified',
    problem: expect.stringMatching(/list of the label/),
  })
  expect(boards()).toMatchObject([{ labelIds: [], lists: [{ labelId }] }])
})

test('that is there already holds, by its scope or by its one list, whatever it is called', async () => {
  const { work, intent, boards } = await setting()
  await work.make(intent)
  expect(await work.make({ ...intent, name: 'Another name' })).toMatchObject({
    state: 'verified',
    attempts: 0,
    problem: expect.stringMatching(/such a board already/),
  })
  expect(boards()).toHaveLength(1)
})

test.each([
  ['lost-502', 'POST', 0],
  ['lost-cut', 'POST', 0],
  ['502', 'POST', 0],
  ['lost-502', 'PUT', 0],
  ['502', 'PUT', 0],
  ['lost-502', 'POST', 1],
  ['502', 'POST', 1],
] as const)('%s at %s number %i: it is there once, and complete', async (kind, method, skip) => {
  const { work, intent, labelId, boards } = await setting()
  if (skip === 1) await work.ask.order('/gitlab', { licence: 'free' })
  await work.ask.order('/misbehave', { target: 'gitlab', kind, method, skip })
  expect(await work.make(intent)).toMatchObject({ state: 'verified' })
  expect(boards()).toHaveLength(1)
  expect(boards()).toMatchObject([skip === 1 ? { lists: [{ labelId }] } : { labelIds: [labelId] }])
})

test('that was made halfway when the app was killed is gone on with', async () => {
  const { work, intent, labelId, boards } = await setting()
  await work.ask.order('/misbehave', { target: 'gitlab', kind: 'lost-502', method: 'POST' })
  const [id = 0] = await work.order(intent)
  await work.outbox.flush()
  work.restart()
  await work.settle()
  expect(work.entry(id)).toMatchObject({ state: 'verified' })
  expect(boards()).toMatchObject([{ labelIds: [labelId] }])
})

test('of a label that is not there fails and says what to do', async () => {
  const { work, intent } = await setting()
  expect(await work.make({ ...intent, label: 'Not there' })).toMatchObject({
    state: 'failed',
    problem: expect.stringMatching(/Make the label first/),
  })
})
