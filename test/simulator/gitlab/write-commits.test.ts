import { beforeEach, expect, onTestFinished, test } from 'vitest'
import type { Simulator } from '#simulator/create-simulator.ts'
import { createSimulator } from '#test/support/simulator.ts'
import type { Ask } from '../ask.ts'
import { createAsk } from '../ask.ts'

const anchor = Date.UTC(2026, 10, 18, 10)
const organizations = `/projects/${encodeURIComponent('support/organizations')}`
const brandt = '/projects/58003001'
const meridian = '/projects/58001001'
const kestrel = '/projects/58002001'
const empty = '/projects/58000002'
const path = 'organizations/brandt.yaml'
let simulator: Simulator
let ask: Ask

beforeEach(async () => {
  simulator = await createSimulator({ anchor, now: anchor, speed: 0 })
  onTestFinished(() => simulator.stop())
  ask = createAsk(simulator.description)
})

const commit = (project: string, body: object) =>
  ask.change('POST', `${project}/repository/commits`, { commit_message: 'Change\n\nWhy', ...body })
const read = async (project: string, file: string, ref: string) =>
  (await ask.gitlab(`${project}/repository/files/${encodeURIComponent(file)}?ref=${encodeURIComponent(ref)}`)).body
const create = (file_path: string, content = 'one') => ({ actions: [{ action: 'create', file_path, content }] })
const refusedPush = { status: 403, body: { message: '403 Forbidden - You are not allowed to push into this branch' } }

test('a commit makes its branch, and its files are read from there and not from the default branch', async () => {
  const before = await read(organizations, path, 'master')
  const update = { action: 'update', file_path: path, content: 'id: 1\n', last_commit_id: before.last_commit_id }
  const order = { branch: 'coverage/brandt', start_branch: 'master', actions: [update] }
  const made = await commit(organizations, order)
  expect(made).toMatchObject({
    status: 201,
    body: { title: 'Change', message: 'Change\n\nWhy', parent_ids: [before.commit_id], author_name: 'Jonas Feldkamp' },
  })
  const after = await read(organizations, path, 'coverage/brandt')
  expect(after).toMatchObject({ last_commit_id: made.body.id, content: Buffer.from('id: 1\n').toString('base64') })
  expect(await read(organizations, path, 'master')).toEqual(before)
  const untouched = await read(organizations, 'README.md', 'coverage/brandt')
  expect([untouched.commit_id, untouched.last_commit_id]).toEqual([made.body.id, before.commit_id])
  expect(await commit(organizations, order)).toMatchObject({
    status: 400,
    body: {
      message: "A branch called 'coverage/brandt' already exists. Switch to that branch in order to make changes",
    },
  })
  const stored = simulator.truth().gitlab.files.filter(({ branch }) => branch === 'coverage/brandt')
  expect(stored.find((file) => file.path === path)?.content).toBe('id: 1\n')
})

test('content can come encoded, and a file can be deleted', async () => {
  const content = Buffer.from('größer').toString('base64')
  await commit(brandt, {
    branch: 'main',
    actions: [{ action: 'create', file_path: 'a.md', content, encoding: 'base64' }],
  })
  expect((await read(brandt, 'a.md', 'main')).content).toBe(content)
  await commit(brandt, { branch: 'main', actions: [{ action: 'delete', file_path: 'a.md' }] })
  expect(await read(brandt, 'a.md', 'main')).toEqual({ message: '404 File Not Found' })
})

test('what does not fit the files or branches that there are is refused, and nothing is written', async () => {
  const { last_commit_id: lastId } = await read(brandt, 'README.md', 'main')
  await ask.order('/gitlab/projects/58003001/files', { path: 'README.md', content: 'Changed meanwhile' })
  const on = (action: object) => ({ branch: 'main', actions: [{ content: 'x', ...action }] })
  const started = 'The file has changed since you started editing it: README.md'
  for (const [sent, said] of [
    [on({ action: 'create', file_path: 'README.md' }), 'A file with this name already exists'],
    [on({ action: 'update', file_path: 'no.md' }), "A file with this name doesn't exist"],
    [on({ action: 'update', file_path: 'README.md', last_commit_id: lastId }), started],
    [on({ action: 'create', file_path: '../up.md' }), 'Path cannot include directory traversal'],
    [{ branch: 'other', ...create('b.md') }, 'You can only create or edit files when you are on a branch'],
    [
      { branch: 'a b', start_branch: 'main', ...create('b.md') },
      "Something went wrong when we tried to create 'a b' for you: Branch name is invalid",
    ],
  ] as const) {
    expect(await commit(brandt, sent)).toMatchObject({ status: 400, body: { message: said } })
  }
  expect(await commit(brandt, { branch: 'main', actions: [{ action: 'paint', file_path: 'x' }] })).toMatchObject({
    status: 400,
    body: { error: 'actions[0][action] does not have a valid value' },
  })
  expect(Buffer.from((await read(brandt, 'README.md', 'main')).content, 'base64').toString()).toBe('Changed meanwhile')
  expect(simulator.truth().gitlab.commits).toHaveLength(1)
})

test('who may not push is refused: reporters anywhere, developers where the default branch is protected from them', async () => {
  expect(await commit(organizations, { branch: 'master', ...create('new.md') })).toMatchObject(refusedPush)
  expect(await commit(meridian, { branch: 'main', ...create('new.md') })).toMatchObject(refusedPush)
  expect(await commit(kestrel, { branch: 'new', start_branch: 'main', ...create('new.md') })).toMatchObject(refusedPush)
  const aside = await commit(meridian, { branch: 'template', start_branch: 'main', ...create('new.md') })
  expect(aside.status).toBe(201)
  await ask.order('/gitlab/projects/58001001', { push_level: 30 })
  expect((await commit(meridian, { branch: 'main', ...create('new.md') })).status).toBe(201)
})

test('the first commit to an empty repository makes its default branch', async () => {
  expect((await commit(empty, { branch: 'main', ...create('README.md') })).status).toBe(201)
  expect((await ask.gitlab(empty)).body).toMatchObject({ empty_repo: false, default_branch: 'main' })
  await ask.order('/gitlab/projects/58000002', { empty: true })
  expect((await ask.gitlab(empty)).body).toMatchObject({ empty_repo: true })
})

test('a branch is deleted once, and the default one never', async () => {
  await commit(brandt, { branch: 'cover/x', start_branch: 'main', ...create('b.md') })
  const remove = (name: string) => ask.change('DELETE', `${brandt}/repository/branches/${encodeURIComponent(name)}`)
  expect((await remove('cover/x')).status).toBe(204)
  expect(await remove('cover/x')).toMatchObject({ status: 404, body: { message: '404 Branch Not Found' } })
  expect((await remove('main')).status).toBe(400)
})
