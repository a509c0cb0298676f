import { describe, expect, onTestFinished, test } from 'vitest'
import { simulatorDescriptionSchema } from '#contract/workspace.ts'
import { changeLinks, deleteAccount } from '#service/db/accounts.ts'
import { storeProject } from '#service/db/gitlab-projects.ts'
import { storeIssue } from '#service/db/store-issues.ts'
import { storeWorkspace } from '#service/db/workspace.ts'
import { createGitlabApi } from '#service/gitlab/gitlab-api.ts'
import { createGitlabIdentities } from '#service/gitlab/gitlab-identity.ts'
import { createGitlabWrites } from '#service/gitlab/gitlab-writes.ts'
import { findProjects, whoSees, type KnownProjectsDeps } from '#service/gitlab/known-projects.ts'
import { createTransport, type RemoteRequest } from '#service/transport/transport.ts'
import { createAsk } from '#test/simulator/ask.ts'
import { createLeapingClock } from '#test/support/leaping-clock.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { createSilentLog } from '#test/support/silent-log.ts'
import { createSimulator } from '#test/support/simulator.ts'
import { anIssue, hourMs, wednesday } from '#test/support/work-values.ts'

/** What is known of the simulator's projects, and how it is found out. */
async function setting() {
  const simulator = await createSimulator({ anchor: wednesday, now: wednesday, speed: 0 })
  onTestFinished(() => simulator.stop())
  const { workspace, gitlab } = simulatorDescriptionSchema.parse(simulator.description)
  const db = memoryDatabase()
  storeWorkspace(db, workspace)
  const time = { now: wednesday }
  const transport = createTransport({
    name: 'GitLab',
    origin: new URL(gitlab.url).origin,
    log: createSilentLog(),
    signal: new AbortController().signal,
    clock: createLeapingClock(wednesday),
  })
  const send = (request: RemoteRequest) =>
    transport.request({ ...request, headers: { ...request.headers, 'PRIVATE-TOKEN': gitlab.token } })
  const reach = { url: gitlab.url, credentials: { kind: 'token', scopes: async () => null }, send } as const
  const now = () => time.now
  const deps = (): KnownProjectsDeps => ({
    db,
    now,
    gitlab: {
      api: createGitlabApi(reach),
      writes: createGitlabWrites(reach),
      identity: createGitlabIdentities({ db, user: null, reach, now }),
    },
  })
  const accountIn = (group: string) => {
    const found = workspace.accounts.find(({ gitlabGroup }) => gitlabGroup?.includes(group))
    if (!found) throw new Error(`No account in ${group}`)
    return found
  }
  return {
    ...{ simulator, db, time, ask: createAsk(simulator.description), accountIn },
    find: (accountId: number) => findProjects(deps(), accountId),
    findStored: (accountId: number) => findProjects({ db, now, gitlab: null }, accountId),
    /** From now on GitLab answers nothing. */
    cut: () => simulator.misbehave({ target: 'gitlab', kind: '503', count: 10_000, retryAfter: null }),
    heard: () => simulator.record().filter(({ target }) => target === 'gitlab').length,
  }
}

describe('the projects of an account', () => {
  test('are those in its group, each with who sees it and whether I may write there', async () => {
    const { find, accountIn, ask } = await setting()
    const { id, name, gitlabGroup } = accountIn('cascadia-freight')
    const customerSees = { visible: true, words: `Everything in this project can be seen by ${name}.` }
    const { projects, asOf } = await find(id)
    expect(asOf).toBe(wednesday)
    expect(projects).toMatchObject([
      { path: `${gitlabGroup}/collaboration`, customerSees, mayWrite: true },
      { path: `${gitlabGroup}/projects/migration`, customerSees, mayWrite: true },
    ])
    await ask.order(`/gitlab/projects/${projects[1]?.id}`, { access_level: 10 })
    expect((await find(id)).projects.map(({ mayWrite }) => mayWrite)).toEqual([true, false])
  })

  test('are the one that was named, where a project was', async () => {
    const { find, accountIn } = await setting()
    const { id, gitlabGroup } = accountIn('brandt-soehne')
    expect((await find(id)).projects.map(({ path }) => path)).toEqual([gitlabGroup])
  })

  test('are also those in which its issues lie', async () => {
    const { find, db, accountIn } = await setting()
    const account = accountIn('cascadia-freight')
    const [elsewhere] = (await find(accountIn('brandt-soehne').id)).projects
    const issue = anIssue({ projectId: elsewhere?.id ?? 0, labels: [account.label ?? ''] })
    storeIssue(db, account.id, issue, wednesday)
    storeIssue(db, account.id, { ...issue, projectId: 1 }, wednesday)
    const { projects } = await find(account.id)
    expect(projects).toHaveLength(3)
    expect(projects.find(({ id }) => id === elsewhere?.id)?.customerSees.words).toContain(account.name)
  })

  test('are found again by the id of their place when it was renamed', async () => {
    const { find, accountIn, ask } = await setting()
    const { id } = accountIn('brandt-soehne')
    const [before] = (await find(id)).projects
    await ask.order(`/gitlab/projects/${before?.id}`, { path: 'emea/brandt/collaboration' })
    const { projects } = await find(id)
    expect(projects).toMatchObject([{ id: before?.id, path: 'emea/brandt/collaboration' }])
    expect(projects[0]?.customerSees.visible).toBe(true)
  })

  test('may not be written in with a sign-in that only reads', async () => {
    const { find, accountIn, simulator, ask } = await setting()
    await ask.order('/gitlab/token', { token: simulator.description.gitlab.token, scopes: ['read_api'] })
    const { projects } = await find(accountIn('cascadia-freight').id)
    expect(projects.map(({ mayWrite }) => mayWrite)).toEqual([false, false])
  })
})

describe('where GitLab cannot be asked', () => {
  test('those that are stored count, with when they were asked for', async () => {
    const { find, findStored, accountIn, time, cut } = await setting()
    const { id } = accountIn('cascadia-freight')
    const asked = await find(id)
    time.now += hourMs
    cut()
    expect(await find(id)).toEqual(asked)
    expect(await findStored(id)).toEqual({ ...asked, projects: asked.projects })
  })

  test('and nothing is stored, it is said that it cannot', async () => {
    const { find, findStored, accountIn, cut } = await setting()
    const { id } = accountIn('cascadia-freight')
    expect(await findStored(id)).toEqual({ projects: [], asOf: null })
    cut()
    await expect(find(id)).rejects.toMatchObject({ kind: 'server' })
  })

  test('because the sign-in has ended, those that are stored count', async () => {
    const { find, accountIn, ask, simulator } = await setting()
    const { id } = accountIn('cascadia-freight')
    const asked = await find(id)
    await ask.order('/gitlab/token', { token: simulator.description.gitlab.token, revoked: true })
    expect(await find(id)).toEqual(asked)
  })
})

test('a place that is gone, or out of sight, is not covered up by what is stored', async () => {
  const { find, accountIn, ask } = await setting()
  const { id } = accountIn('brandt-soehne')
  const [project] = (await find(id)).projects
  await ask.order(`/gitlab/projects/${project?.id}`, { is_gone: true })
  await expect(find(id)).rejects.toMatchObject({ kind: 'not-found' })
})

test('an account without a place has none, and one that is not followed is not there; nobody is asked', async () => {
  const { find, db, accountIn, heard } = await setting()
  const { id } = accountIn('cascadia-freight')
  changeLinks(db, id, { gitlabGroup: null })
  expect(await find(id)).toEqual({ projects: [], asOf: null })
  deleteAccount(db, id)
  await expect(find(id)).rejects.toMatchObject({ name: 'Refusal', kind: 'not-found' })
  expect(heard()).toBe(0)
})

test('a project of Support’s own is seen by colleagues, until issues of an account lie in it', async () => {
  const { db, accountIn } = await setting()
  const project = { id: 57_400_001, path: 'support/assigned-support-engineers', visibility: 'internal' } as const
  storeProject(db, { ...project, url: 'https://gitlab.example.com', defaultBranch: null, accessLevel: 30 }, wednesday)
  expect(whoSees(db, project)).toEqual({
    visible: false,
    words: 'Colleagues who may see support/assigned-support-engineers.',
  })
  const { id, name, label } = accountIn('cascadia-freight')
  storeIssue(db, id, anIssue({ projectId: project.id, labels: [label ?? ''] }), wednesday)
  expect(whoSees(db, project)).toEqual({
    visible: true,
    words: `Everything in this project can be seen by ${name}.`,
  })
})
