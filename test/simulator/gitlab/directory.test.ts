import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { createSimulator } from '#test/support/simulator.ts'
import type { Ask, Body } from '../ask.ts'
import { createAsk } from '../ask.ts'

const anchor = Date.UTC(2026, 10, 18, 10)
let ask: Ask

beforeEach(async () => {
  const simulator = await createSimulator({ anchor, now: anchor, speed: 0 })
  onTestFinished(() => simulator.stop())
  ask = createAsk(simulator.description)
})

const paths = async (path: string) =>
  (await ask.gitlab(path)).body.map(({ path_with_namespace: name }: Body) => name.split('/').slice(-2).join('/'))

test('a project says who may see it and what we may do in it', async () => {
  const project = async (path: string) => (await ask.gitlab(`/projects/${encodeURIComponent(path)}`)).body
  expect(await project('account-management/western-north-america/kestrel-robotics/collaboration')).toMatchObject({
    visibility: 'private',
    permissions: { project_access: { access_level: 20 }, group_access: null },
    issues_enabled: true,
  })
  expect(await project('support/assigned-support-engineers')).toMatchObject({
    visibility: 'internal',
    permissions: { project_access: null, group_access: { access_level: 30 } },
  })
  expect(await project('support/organizations')).toMatchObject({ default_branch: 'master', visibility: 'internal' })
})

test('a group lists its own projects, and those below when that is asked for', async () => {
  const group = `/groups/${encodeURIComponent('account-management/western-north-america/cascadia-freight')}/projects`
  expect(await paths(group)).toEqual(['cascadia-freight/collaboration'])
  expect(await paths(`${group}?include_subgroups=true&with_shared=false&archived=false`)).toEqual([
    'projects/migration',
    'cascadia-freight/collaboration',
  ])
  expect(await paths(`${group}?include_subgroups=true&search=migr`)).toEqual(['projects/migration'])
  expect((await ask.gitlab('/groups/nowhere/projects')).status).toBe(404)
})

test('projects are sought by their names', async () => {
  expect(await paths('/projects?membership=true&search=organi')).toEqual(['support/organizations'])
  expect(await paths('/projects?search=support/assigned')).toEqual(['support/assigned-support-engineers'])
  expect((await ask.gitlab('/projects?per_page=2')).body).toHaveLength(2)
})

test('customers are members of their own projects only', async () => {
  const members = async (project: number, query: string) =>
    (await ask.gitlab(`/projects/${project}/members/all?query=${query}`)).body
  expect(await members(58_003_001, 'vogel')).toMatchObject([{ name: 'Katrin Vogel', access_level: 30 }])
  expect(await members(58_000_001, 'vogel')).toEqual([])
  expect(await members(57_400_001, 'rlind')).toMatchObject([{ name: 'Renate Lindqvist', access_level: 40 }])
  expect(await members(58_002_001, 'jonas')).toMatchObject([{ access_level: 20 }])
})

test('a user is found by the name here', async () => {
  expect((await ask.gitlab('/users?username=IOrtega')).body).toMatchObject([{ id: 41_004, name: 'Inés Ortega' }])
  expect((await ask.gitlab('/users?username=nobody')).body).toEqual([])
  expect((await ask.gitlab('/users/41004')).body).toMatchObject({ username: 'iortega' })
  expect((await ask.gitlab('/users/1')).body).toEqual({ message: '404 User Not Found' })
})
