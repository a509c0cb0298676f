import { describe, expect, onTestFinished, test } from 'vitest'
import type { AccountKit, KitStep } from '#contract/account-kit.ts'
import { simulatorDescriptionSchema } from '#contract/workspace.ts'
import { createClock } from '#service/clock.ts'
import { createMemoryVault } from '#service/secrets/memory-vault.ts'
import { createService } from '#service/service.ts'
import { createAsk, type Body } from '#test/simulator/ask.ts'
import { refusalOf } from '#test/support/connected-service.ts'
import { createSilentLog } from '#test/support/silent-log.ts'
import { createSimulator } from '#test/support/simulator.ts'
import { noNotifications } from '#test/support/no-notifications.ts'
import { temporaryFolder } from '#test/support/temporary-folder.ts'

/** The sample with its own GitLab: what an account's project has is asked and made as the window does it. */
async function kitSetting() {
  const simulator = await createSimulator({ seed: 5, speed: 0, scale: 20, recordBodies: true })
  const { description } = simulator
  let stored: Record<string, unknown> = {}
  const service = createService(
    {
      ...{ host: 'cli', version: '0.0.0', tray: false, vault: createMemoryVault(), log: createSilentLog() },
      settings: { read: () => stored, write: (values) => void (stored = values) },
      notifier: noNotifications,
      openExternal: async () => undefined,
      report: () => undefined,
      openTicket: () => undefined,
    },
    {
      source: { kind: 'sample', simulator: simulatorDescriptionSchema.parse(description) },
      // An hour passes here in a second, so that nobody waits for what is tried again after a while.
      clock: createClock({ ...description.clock, speed: 3600 }),
      folder: temporaryFolder(),
      close: () => simulator.stop(),
    },
    null,
  )
  onTestFinished(() => service.stop())
  const { client } = service
  const ask = createAsk(description)
  const begin = simulator.record().at(-1)?.number ?? 0
  const idOf = (name: string): number => {
    const found = description.workspace.accounts.find((account) => account.name.startsWith(name))
    if (!found) throw new Error(`There is no account ${name}`)
    return found.id
  }
  const look = (name: string, more: { readonly projectId?: number; readonly place?: string } = {}) =>
    client.accountKits.look({ accountId: idOf(name), ...more })
  const projectOf = async (path: string): Promise<number> => {
    const { body } = await ask.gitlab(`/projects/${encodeURIComponent(path)}`)
    return (body as { id: number }).id
  }
  return {
    ...{ simulator, service, client, ask, idOf, look, projectOf },
    /** A project of Brandt & Söhne from which its label was taken away: nothing of the kit is there. */
    async bare(): Promise<number> {
      const projectId = await projectOf('account-management/emea/brandt-soehne/collaboration')
      const { body } = await ask.gitlab(`/projects/${projectId}/labels?per_page=100`)
      const label = (body as { id: number; name: string }[]).find(({ name }) => name.startsWith('ASE Work'))
      if (label) await ask.order(`/gitlab/labels/${label.id}/delete`)
      return projectId
    },
    /** Orders everything that is missing at once, as one button does, and lets it be made. */
    async setUp(kit: AccountKit): Promise<void> {
      const orders = kit.steps.flatMap(({ preview }) => preview ?? []).map(({ intent, stamp }) => ({ intent, stamp }))
      if (orders.length > 0) await client.outbox.send({ orders })
      const waiting = async () => {
        await service.flush()
        return (await client.outbox.list({ unsettled: true })).waiting
      }
      await expect.poll(waiting, { interval: 10, timeout: 10_000 }).toBe(0)
    },
    /** What was written to GitLab. */
    written: () =>
      simulator
        .record()
        .filter(({ number, method, target }) => number > begin && method !== 'GET' && target === 'gitlab')
        .map(
          ({ method, path, status }) =>
            `${method} ${path.replace(/^.*\/projects\/\d+/, '').replace(/\d+/g, 'N')} ${status}`,
        ),
    labelsOf: async (projectId: number): Promise<Body[]> =>
      ((await ask.gitlab(`/projects/${projectId}/labels?per_page=100`)).body as Body[]).filter(({ name }: Body) =>
        (name as string).toLowerCase().startsWith('ase work'),
      ),
  }
}

const statesOf = ({ steps }: AccountKit) => Object.fromEntries(steps.map(({ id, state }) => [id, state]))
const stepIn = ({ steps }: AccountKit, id: KitStep['id']): KitStep => {
  const step = steps.find((one) => one.id === id)
  if (!step) throw new Error(`There is no step ${id}`)
  return step
}
const each = (state: KitStep['state']) => ({ label: state, subscription: state, board: state, template: state })

describe('an empty project', () => {
  test('lacks everything, and says what making it would do and who sees it; looking makes nothing', async () => {
    const { bare, look, written } = await kitSetting()
    await bare()
    const kit = await look('Brandt')
    expect(statesOf(kit)).toEqual(each('missing'))
    expect(kit.label).toMatchObject({ name: 'ASE Work - Brandt & Söhne', ofAccount: true })
    for (const { id, preview } of kit.steps) {
      expect(preview).toMatchObject({ refusal: null, customerSees: { visible: id !== 'subscription' } })
    }
    expect(stepIn(kit, 'label').preview?.customerSees.words).toBe(
      'Everything in this project can be seen by Brandt & Söhne.',
    )
    expect(kit.announcements).toHaveLength(2)
    expect(kit.announcements[0]?.text).toContain('account-management/emea/brandt-soehne/collaboration')
    expect(written()).toEqual([])
  })

  test('is set up by one order, and then everything is there and a second order sends nothing', async () => {
    const { bare, look, setUp, written, client, labelsOf, ask } = await kitSetting()
    const projectId = await bare()
    await setUp(await look('Brandt'))
    const { entries } = await client.outbox.list({ limit: 10 })
    expect(entries.map(({ state, problem }) => ({ state, problem }))).toEqual(
      Array.from({ length: 4 }, () => ({ state: 'verified', problem: null })),
    )
    const after = await look('Brandt')
    expect(statesOf(after)).toEqual(each('done'))
    for (const { url, preview } of after.steps) expect([url?.startsWith('http'), preview]).toEqual([true, null])
    expect(await labelsOf(projectId)).toMatchObject([{ name: 'ASE Work - Brandt & Söhne', subscribed: true }])
    const boards = (await ask.gitlab(`/projects/${projectId}/boards`)).body as Body[]
    expect(boards).toMatchObject([
      { name: 'ASE Work - Brandt & Söhne', labels: [{ name: 'ASE Work - Brandt & Söhne' }] },
    ])
    const { body: template } = await ask.gitlab(`/projects/${projectId}/templates/issues/Call`)
    expect(template.content).toContain('/label ~"ASE Work - Brandt & Söhne"')

    const made = written()
    expect(made.filter((line) => line.startsWith('POST'))).toHaveLength(4)
    await setUp(after)
    expect(written()).toEqual(made)
  })

  test('is waiting while what was ordered is on its way, and offers nothing twice', async () => {
    const { bare, look, client } = await kitSetting()
    await bare()
    const kit = await look('Brandt')
    const orders = kit.steps.flatMap(({ preview }) => preview ?? []).map(({ intent, stamp }) => ({ intent, stamp }))
    const { ids } = await client.outbox.send({ orders })
    const waiting = await look('Brandt')
    expect(statesOf(waiting)).toEqual(each('waiting'))
    expect(waiting.steps.every(({ preview }) => preview === null)).toBe(true)
    for (const id of ids) await client.outbox.discard({ id })
    expect(statesOf(await look('Brandt'))).toEqual(each('missing'))
  })

  test.each(['lost-502', '502'] as const)(
    'gets nothing twice when GitLab answers %s in the middle of each POST',
    async (kind) => {
      const { bare, look, setUp, client, labelsOf, ask, simulator } = await kitSetting()
      const projectId = await bare()
      for (const pathContains of ['/labels', '/subscribe', '/boards', '/repository/commits']) {
        await ask.order('/misbehave', { target: 'gitlab', kind, method: 'POST', pathContains })
      }
      await setUp(await look('Brandt'))
      for (const { id, state } of (await client.outbox.list({ limit: 10 })).entries) {
        if (state === 'failed') await client.outbox.retry({ id })
      }
      await setUp(await look('Brandt'))
      expect(statesOf(await look('Brandt'))).toEqual(each('done'))
      expect(await labelsOf(projectId)).toHaveLength(1)
      const { boards, commits } = simulator.truth().gitlab
      expect(boards.filter((board) => board.projectId === projectId)).toHaveLength(1)
      expect(commits.filter((commit) => commit.projectId === projectId).map(({ paths }) => paths)).toEqual([
        ['.gitlab/issue_templates/Call.md'],
      ])
    },
  )
})

describe('a label that is there', () => {
  test('in another casing is kept as it is, used everywhere, and told to be stored with the account', async () => {
    const { bare, look, setUp, ask, labelsOf } = await kitSetting()
    const projectId = await bare()
    await ask.order(`/gitlab/projects/${projectId}/labels`, { name: 'ase work - BRANDT & söhne' })
    const kit = await look('Brandt')
    expect(kit.label).toMatchObject({ name: 'ase work - BRANDT & söhne', ofAccount: false })
    expect(statesOf(kit)).toEqual({ ...each('missing'), label: 'done' })
    await setUp(kit)
    expect((await labelsOf(projectId)).map(({ name }) => name as string)).toEqual(['ase work - BRANDT & söhne'])
    expect(statesOf(await look('Brandt'))).toEqual(each('done'))
  })

  test('in a group above the project is used, and what a colleague wrote as template is left as it is', async () => {
    const { look, projectOf } = await kitSetting()
    const projectId = await projectOf('account-management/western-north-america/cascadia-freight/collaboration')
    const kit = await look('Cascadia', { projectId })
    expect(statesOf(kit)).toEqual({ label: 'done', subscription: 'missing', board: 'done', template: 'done' })
    expect(stepIn(kit, 'label').words).toMatch(/^A group above the project has the label/)
    expect(stepIn(kit, 'template').words).toMatch(/is there and sets the label/)
  })

  test('by a template that does not set it, is told to be added there', async () => {
    const { bare, look, ask } = await kitSetting()
    const projectId = await bare()
    await ask.order(`/gitlab/projects/${projectId}/files`, {
      path: '.gitlab/issue_templates/Call.md',
      content: 'Notes\n',
    })
    const template = stepIn(await look('Brandt'), 'template')
    expect(template).toMatchObject({ state: 'done', preview: null })
    expect(template.words).toContain('add the line /label ~"ASE Work - Brandt & Söhne" to it')
  })
})

describe('which project', () => {
  test('of several is chosen, and nothing is looked at before', async () => {
    const { look, idOf, client } = await kitSetting()
    const kit = await look('Cascadia')
    expect(kit).toMatchObject({ project: null, steps: [], announcements: [] })
    expect(kit.projects.map(({ path }) => path.split('/').slice(3).join('/')).toSorted()).toEqual([
      'collaboration',
      'projects/migration',
    ])
    expect(await refusalOf(client.accountKits.look({ accountId: idOf('Cascadia'), projectId: 1 }))).toMatchObject({
      code: 'REFUSED',
      message: expect.stringContaining('choose another one') as string,
    })
  })

  test('is taken from what a person names, whoever it was stored for, and its customer is told of in every preview', async () => {
    const { look, client, idOf, bare } = await kitSetting()
    await bare()
    const id = idOf('Brandt')
    await client.accounts.change({ id, label: null, gitlabGroup: null })
    expect(await look('Brandt')).toMatchObject({ project: null, projects: [], steps: [] })
    const kit = await look('Brandt', {
      place: 'https://gitlab.example.com/account-management/emea/brandt-soehne/collaboration/-/issues',
    })
    expect(kit.project?.path).toBe('account-management/emea/brandt-soehne/collaboration')
    expect(kit.label).toEqual({
      name: 'ASE Work - Brandt & Söhne',
      ofAccount: false,
      words: 'The account has no label yet. This one follows from its name.',
    })
    expect(stepIn(kit, 'board').preview?.customerSees).toEqual({
      visible: true,
      words: 'Everything in this project can be seen by Brandt & Söhne.',
    })
    expect(await refusalOf(look('Brandt', { place: 'nobody/knows/it' }))).toMatchObject({
      code: 'REFUSED',
      message: expect.stringContaining('404') as string,
    })
  })

  test('that is another account’s too is said to be seen by both, and the other’s label is not proposed', async () => {
    const { look, client, idOf } = await kitSetting()
    await client.accounts.change({ id: idOf('Kestrel'), label: null, gitlabGroup: null })
    const kit = await look('Kestrel', { place: 'account-management/emea/brandt-soehne/collaboration' })
    expect(kit.project?.customerSees.words).toBe(
      'Everything in this project can be seen by Brandt & Söhne and Kestrel Robotics.',
    )
    expect(kit.label.name).toBe('ASE Work - Kestrel Robotics')
  })

  test('is suggested by the record of the organization where the account has no place', async () => {
    const { look, client, idOf, service } = await kitSetting()
    await service.syncOnce()
    await client.accounts.change({ id: idOf('Brandt'), gitlabGroup: null })
    expect((await look('Brandt')).project?.path).toBe('account-management/emea/brandt-soehne/collaboration')
  })

  test('of an account that is not followed is not looked for', async () => {
    const { client } = await kitSetting()
    expect(await refusalOf(client.accountKits.look({ accountId: 1 }))).toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('what may not be made', () => {
  test('is said to a Reporter: a file, while label and board can be made', async () => {
    const { bare, look, ask } = await kitSetting()
    const projectId = await bare()
    await ask.order(`/gitlab/projects/${projectId}`, { access_level: 20 })
    const kit = await look('Brandt')
    expect(statesOf(kit)).toEqual({ ...each('missing'), template: 'not-permitted' })
    expect(stepIn(kit, 'template').words).toMatch(
      /^There is no issue template for calls\. Your role.*takes Developer or higher/,
    )
  })

  test('is said to a Guest: everything', async () => {
    const { bare, look, ask } = await kitSetting()
    const projectId = await bare()
    await ask.order(`/gitlab/projects/${projectId}`, { access_level: 10 })
    const kit = await look('Brandt')
    expect(statesOf(kit)).toEqual(each('not-permitted'))
    expect(stepIn(kit, 'subscription').words).toBe('There is no label to subscribe to yet.')
    expect(kit.steps.every(({ preview }) => preview === null)).toBe(true)
  })

  test('is said to a sign-in that only reads: everything, and what to do', async () => {
    const { bare, look, ask, simulator } = await kitSetting()
    await bare()
    await ask.order('/gitlab/token', { token: simulator.description.gitlab.token, scopes: ['read_api'] })
    const kit = await look('Brandt')
    expect(statesOf(kit)).toEqual(each('not-permitted'))
    expect(stepIn(kit, 'board').words).toMatch(/Sign in again in Settings with the right “api”/)
  })

  test('on a free licence is a board of this label only: it becomes one with a single list, and says so', async () => {
    const { bare, look, setUp, ask } = await kitSetting()
    await bare()
    await ask.order('/gitlab', { licence: 'free' })
    await setUp(await look('Brandt'))
    const board = stepIn(await look('Brandt'), 'board')
    expect(board).toMatchObject({ state: 'done' })
    expect(board.words).toMatch(/as its only list\. It is not limited to it/)
  })

  test('in a protected branch is asked for by a merge request, and is there once that is merged', async () => {
    const { look, setUp, projectOf, simulator, ask, client } = await kitSetting()
    const projectId = await projectOf('account-management/apac/meridian-health/collaboration')
    const kit = await look('Meridian', { projectId })
    expect(stepIn(kit, 'template').words).toMatch(/protected, so it goes there by a merge request/)
    await setUp(kit)
    expect((await client.outbox.list({ limit: 10 })).entries.map(({ state }) => state)).not.toContain('failed')
    const asked = stepIn(await look('Meridian', { projectId }), 'template')
    expect(asked).toMatchObject({ state: 'waiting', preview: null })
    expect(asked.url).toMatch(/\/-\/merge_requests\/\d+$/)
    const requests = (await ask.gitlab(`/projects/${projectId}/merge_requests?state=opened`)).body as Body[]
    expect(requests).toHaveLength(1)
    await ask.order(`/gitlab/merge_requests/${requests[0]?.id as number}/merge`)
    expect(stepIn(await look('Meridian', { projectId }), 'template')).toMatchObject({ state: 'done' })
    expect(
      simulator.record().filter(({ method, path }) => method === 'POST' && path.endsWith('/merge_requests')),
    ).toHaveLength(1)
  })

  test('in an empty repository, nothing: the template is its first file', async () => {
    const { look, setUp, projectOf } = await kitSetting()
    const projectId = await projectOf('account-management/western-north-america/cascadia-freight/projects/migration')
    const kit = await look('Cascadia', { projectId })
    expect(stepIn(kit, 'template').words).toMatch(/The repository is empty/)
    await setUp(kit)
    const template = stepIn(await look('Cascadia', { projectId }), 'template')
    expect(template).toMatchObject({ state: 'done' })
    expect(template.url).toMatch(/\/-\/blob\/main\/\.gitlab\/issue_templates\/Call\.md$/)
  })
})

test('what cannot be found out about one part does not keep the others back', async () => {
  const { bare, look, ask } = await kitSetting()
  await bare()
  await ask.order('/misbehave', { target: 'gitlab', kind: '403', method: 'GET', pathContains: '/boards' })
  await ask.order('/misbehave', {
    target: 'gitlab',
    kind: '422',
    count: 20,
    method: 'GET',
    pathContains: '/repository/',
  })
  const kit = await look('Brandt')
  expect(statesOf(kit)).toEqual({
    label: 'missing',
    subscription: 'missing',
    board: 'not-permitted',
    template: 'unknown',
  })
  expect(stepIn(kit, 'template').words).toMatch(/GitLab/)
})

test('with GitLab not answering for the account’s place the whole is refused in words', async () => {
  const { look, ask } = await kitSetting()
  await ask.order('/misbehave', { target: 'gitlab', kind: '403', count: 20, pathContains: '/projects' })
  expect(await refusalOf(look('Brandt'))).toMatchObject({
    code: 'REFUSED',
    message: expect.stringMatching(/\(403\)/) as string,
  })
})
