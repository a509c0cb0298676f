import { describe, expect, test } from 'vitest'
import { simulatorForOutboxes } from '#test/support/outbox-simulator.ts'
import { workSetting } from '#test/support/work-setting.ts'

const gitlab = simulatorForOutboxes()

async function setting(place?: string) {
  const work = await workSetting(gitlab.simulator, gitlab.at(), place)
  await work.readProject()
  const of = (name: string) => ({ projectId: work.projectId, name }) as const
  return {
    work,
    create: (name: string) =>
      ({ kind: 'create-label', ...of(name), color: '#6699cc', description: 'Proactive work' }) as const,
    subscribe: (name: string) => ({ kind: 'subscribe-label', ...of(name) }) as const,
    named: (name: string) => work.holds().labels.filter((label) => label.name.toLowerCase() === name.toLowerCase()),
  }
}

describe('a new label', () => {
  test('is made once', async () => {
    const { work, create, named } = await setting()
    expect(await work.make(create('Made once'))).toMatchObject({ state: 'verified', attempts: 1, problem: null })
    expect(named('made once')).toMatchObject([{ name: 'Made once', color: '#6699cc' }])
  })

  test('that is there in another casing is left as it is, and that is said', async () => {
    const { work, create, named } = await setting()
    await work.ask.order(`/gitlab/projects/${work.projectId}/labels`, { name: 'Other Casing' })
    const entry = await work.make(create('other casing'))
    expect(entry).toMatchObject({
      state: 'verified',
      attempts: 0,
      problem: expect.stringMatching(/spelt “Other Casing”/),
    })
    expect(named('other casing')).toHaveLength(1)
    expect(work.calls()).toEqual([])
  })

  test('that a group above has holds, and that is said', async () => {
    const { work, create } = await setting('cascadia-freight')
    const entry = await work.make(create(work.label))
    expect(entry).toMatchObject({
      state: 'verified',
      attempts: 0,
      problem: expect.stringMatching(/a label of a group above/),
    })
    expect(work.calls()).toEqual([])
  })

  test('that somebody made in the same moment is found', async () => {
    const { work, create, named } = await setting()
    await work.ask.order('/misbehave', { target: 'gitlab', kind: 'lost-502', method: 'POST' })
    await work.ask.order('/misbehave', { target: 'gitlab', kind: 'empty-page', method: 'GET', pathContains: '/labels' })
    expect(await work.make(create('At once'))).toMatchObject({ state: 'verified' })
    expect(named('at once')).toHaveLength(1)
  })

  test('that GitLab says is there (409), and is, is found', async () => {
    const { work, create, named } = await setting()
    await work.ask.order(`/gitlab/projects/${work.projectId}/labels`, { name: 'There' })
    await work.ask.order('/misbehave', { target: 'gitlab', kind: 'empty-page', method: 'GET', pathContains: '/labels' })
    const entry = await work.make(create('There'))
    expect(entry).toMatchObject({ state: 'verified', problem: expect.stringMatching(/there already/) })
    expect(named('there')).toHaveLength(1)
  })

  test('that GitLab says is there (409), and never shows, fails in words', async () => {
    const { work, create } = await setting()
    await work.ask.order('/misbehave', { target: 'gitlab', kind: '409', method: 'POST', count: 9 })
    expect(await work.make(create('Never shown'))).toMatchObject({
      state: 'failed',
      problem: expect.stringMatching(/Nothing was changed/),
    })
  })

  test.each(['lost-502', 'lost-cut', '502', 'hang'])('%s in the middle: it is there once', async (kind) => {
    const { work, create, named } = await setting()
    await work.ask.order('/misbehave', { target: 'gitlab', kind, method: 'POST' })
    expect(await work.make(create(`With ${kind}`))).toMatchObject({ state: 'verified', problem: null })
    expect(named(`With ${kind}`)).toHaveLength(1)
  })
})

describe('a subscription', () => {
  test('is made, and one that is there holds', async () => {
    const { work, create, subscribe, named } = await setting()
    await work.make(create('Followed'))
    expect(await work.make(subscribe('followed'))).toMatchObject({ state: 'verified', attempts: 1, problem: null })
    const [label] = named('Followed')
    expect(work.holds().subscribedLabels).toContain(`${work.projectId} ${label?.id}`)
    expect(await work.make(subscribe('Followed'))).toMatchObject({
      state: 'verified',
      attempts: 0,
      problem: expect.stringMatching(/already/),
    })
  })

  test('to a label of a group above counts for the project', async () => {
    const { work, subscribe } = await setting('cascadia-freight')
    expect(await work.make(subscribe(work.label))).toMatchObject({ state: 'verified' })
    expect(await work.make(subscribe(work.label))).toMatchObject({ attempts: 0, state: 'verified' })
  })

  test('to a label that is not there fails and says what to do', async () => {
    const { work, subscribe } = await setting()
    expect(await work.make(subscribe('Not there'))).toMatchObject({
      state: 'failed',
      problem: expect.stringMatching(/Make the label first/),
    })
  })

  test('ordered with its label comes after it', async () => {
    const { work, create, subscribe } = await setting()
    const ids = await work.order(create('First the label'), subscribe('First the label'))
    await work.settle()
    expect(ids.map((id) => work.entry(id).state)).toEqual(['verified', 'verified'])
  })
})
