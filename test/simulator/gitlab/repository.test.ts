import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { createSimulator } from '#test/support/simulator.ts'
import type { Ask, Body } from '../ask.ts'
import { createAsk } from '../ask.ts'

const anchor = Date.UTC(2026, 10, 18, 10)
const organizations = `/projects/${encodeURIComponent('support/organizations')}`
const cascadia = '/projects/58000001'
const empty = '/projects/58000002'
let ask: Ask

beforeEach(async () => {
  const simulator = await createSimulator({ anchor, now: anchor, speed: 0 })
  onTestFinished(() => simulator.stop())
  ask = createAsk(simulator.description)
})

const text = ({ content }: Body): string => Buffer.from(content, 'base64').toString('utf8')

test('a file comes encoded, with the commit that wrote it and the one that was asked for', async () => {
  const path = encodeURIComponent('organizations/brandt.yaml')
  const { body } = await ask.gitlab(`${organizations}/repository/files/${path}?ref=master`)
  expect(body).toMatchObject({ file_name: 'brandt.yaml', file_path: 'organizations/brandt.yaml', encoding: 'base64' })
  expect(text(body)).toMatch(
    /^id: 360100000062\nname: [0-9a-f]{8} Brandt & Söhne\nnotes: \|\n {2}\*\*ASE:\*\* Jonas Feldkamp/,
  )
  expect(body.size).toBe(Buffer.byteLength(text(body)))
  const branch = await ask.gitlab(`${organizations}/repository/branches/master`)
  expect(branch.body).toMatchObject({ name: 'master', protected: true, default: true, can_push: false })
  expect([body.commit_id, body.last_commit_id]).toEqual([branch.body.commit.id, branch.body.commit.id])
  const byCommit = await ask.gitlab(`${organizations}/repository/files/${path}?ref=${body.commit_id}`)
  expect(byCommit.body).toMatchObject({ blob_id: body.blob_id, ref: body.commit_id })
})

test('what is not there is a 404 that says what', async () => {
  const file = `${cascadia}/repository/files/README.md`
  expect(await ask.gitlab(`${file}?ref=other`)).toMatchObject({
    status: 404,
    body: { message: '404 Commit Not Found' },
  })
  expect(await ask.gitlab(file)).toMatchObject({ status: 400, body: { error: 'ref is missing' } })
  expect(await ask.gitlab(`${cascadia}/repository/files/no.md?ref=main`)).toMatchObject({
    status: 404,
    body: { message: '404 File Not Found' },
  })
  expect(await ask.gitlab(`${cascadia}/repository/branches/feature%2Fx`)).toMatchObject({
    status: 404,
    body: { message: '404 Branch Not Found' },
  })
})

test('a repository can be empty, and then has no branch and no file', async () => {
  expect((await ask.gitlab(empty)).body).toMatchObject({ empty_repo: true, default_branch: null })
  expect((await ask.gitlab(cascadia)).body).toMatchObject({ empty_repo: false, default_branch: 'main' })
  expect((await ask.gitlab(`${empty}/repository/branches`)).body).toEqual([])
  expect((await ask.gitlab(`${empty}/repository/files/README.md?ref=main`)).status).toBe(404)
  expect((await ask.gitlab(`${empty}/templates/issues`)).body).toEqual([])
})

test('templates are the files of their folder in the default branch', async () => {
  expect((await ask.gitlab(`${cascadia}/templates/issues`)).body).toEqual([{ key: 'Call', name: 'Call' }])
  const { body } = await ask.gitlab(`${cascadia}/templates/issues/Call`)
  expect(body.content).toContain('/label ~"ASE Work - Cascadia Freight"')
  expect(await ask.gitlab(`${cascadia}/templates/issues/Other`)).toMatchObject({
    status: 404,
    body: { message: '404 Template Not Found' },
  })
  await ask.order('/gitlab/projects/58003001/files', { path: '.gitlab/issue_templates/Ünïque one.md', content: 'Hi' })
  const brandt = '/projects/58003001/templates/issues'
  expect((await ask.gitlab(brandt)).body).toEqual([{ key: 'Ünïque one', name: 'Ünïque one' }])
  expect((await ask.gitlab(`${brandt}/${encodeURIComponent('Ünïque one')}`)).body).toEqual({
    name: 'Ünïque one',
    content: 'Hi',
  })
})
