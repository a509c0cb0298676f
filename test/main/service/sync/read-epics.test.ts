import { expect, test } from 'vitest'
import { RemoteFailure } from '#service/transport/remote-failure.ts'
import { acmeLabel, gitlabSetting } from '#test/support/gitlab-setting.ts'

test.each(['rest', 'graphql'] as const)(
  'epics are read by %s where that is how they are told, found out once',
  async (way) => {
    const { gitlab, run, calls, stored } = gitlabSetting()
    gitlab.epicsWay = way
    const id = gitlab.open('epic', 1, [acmeLabel])
    await run('label:1')
    for (let time = 0; time < 3; time += 1) await run('epics:1')
    expect(stored()).toMatchObject([{ kind: 'epic', iid: id, reference: `customers/1&${id}` }])
    expect(calls.filter((call) => call.startsWith('probeEpics'))).toEqual(
      way === 'rest' ? ['probeEpics rest'] : ['probeEpics rest', 'probeEpics graphql'],
    )
  },
)

test('an epic that lost its label, or went, is looked up', async () => {
  const { gitlab, run, runLookUps, fates } = gitlabSetting()
  const [bare, gone] = [gitlab.open('epic', 1, [acmeLabel]), gitlab.open('epic', 1, [acmeLabel])]
  await run('label:1')
  await run('epics:1')
  gitlab.change(bare, { labels: [] })
  gitlab.lose(gone, true)
  await run('epics:1')
  await runLookUps()
  expect(fates()).toEqual([`epic:1/${bare} issue-unlabelled`, `epic:1/${gone} issue-out-of-sight`])
})

test('a host that shows none is well, and is asked again after a day', async () => {
  const { gitlab, run, calls, stored, later } = gitlabSetting()
  gitlab.epicsWay = 'none'
  await run('label:1')
  await run('epics:1')
  await run('epics:1')
  expect(calls.filter((call) => call.startsWith('probeEpics'))).toHaveLength(2)
  later(25)
  gitlab.epicsWay = 'rest'
  gitlab.open('epic', 1, [acmeLabel])
  await run('epics:1')
  expect(stored()).toHaveLength(1)
})

test('a way that is refused later is found out anew', async () => {
  const { gitlab, run, stored } = gitlabSetting()
  gitlab.open('epic', 1, [acmeLabel])
  await run('label:1')
  await run('epics:1')
  gitlab.epicsWay = 'graphql'
  await expect(run('epics:1')).rejects.toMatchObject({ kind: 'forbidden' })
  await run('epics:1')
  expect(stored()).toMatchObject([{ fate: null }])
})

test('the group of one account that is refused, or gone, does not keep the epics of others from being read', async () => {
  for (const kind of ['forbidden', 'not-found'] as const) {
    const { gitlab, run, stored, answer } = gitlabSetting()
    const { probeEpics, labelledEpics } = gitlab.api
    const closed = ({ id }: { readonly id: number }) => {
      if (id === 1) throw new RemoteFailure(kind, 'Not for you.', { status: kind === 'forbidden' ? 403 : 404 })
    }
    answer({
      probeEpics: async (way, group) => (closed(group), probeEpics(way, group)),
      labelledEpics: async (way, group, label, next) => (closed(group), labelledEpics(way, group, label, next)),
    })
    await run('label:1')
    await run('label:2')
    await run('epics:2')
    const tries = async () => {
      for (let times = 0; times < 4; times += 1) await run('epics:1').catch(() => undefined)
    }
    await tries()
    const id = gitlab.open('epic', 2, ['ASE Work - Borealis'])
    await run('epics:2')
    expect(stored()).toMatchObject([{ iid: id }])
    answer({ probeEpics, labelledEpics })
    await tries()
    gitlab.change(id, { title: 'Read on' })
    await run('epics:2')
    expect(stored()).toMatchObject([{ title: 'Read on' }])
  }
})
