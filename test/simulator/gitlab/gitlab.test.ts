import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Simulator } from '#simulator/create-simulator.ts'
import { createSimulator } from '#test/support/simulator.ts'
import type { Ask, Body } from '../ask.ts'
import { byText, createAsk } from '../ask.ts'

const anchor = Date.UTC(2026, 10, 18, 10)
let simulator: Simulator
let ask: Ask

beforeAll(async () => {
  simulator = await createSimulator({ anchor, now: anchor, speed: 0 })
  ask = createAsk(simulator.description)
})
afterAll(() => simulator.stop())

const group = (name: string) =>
  encodeURIComponent(simulator.description.workspace.accounts.find((one) => one.name === name)?.gitlabGroup ?? '')
const issuesOf = (name: string, query = '') => ask.gitlab(`/groups/${group(name)}/issues?per_page=100${query}`)
const label = (name: string) => encodeURIComponent(`ASE Work - ${name}`)

test('a private token or a bearer token lets in, anything else does not', async () => {
  const { token } = simulator.description.gitlab
  expect((await ask.gitlab('/user', { authorization: `Bearer ${token}` })).status).toBe(200)
  expect((await ask.gitlab('/version')).body).toHaveProperty('version')
  const refused = await ask.gitlab('/user', { 'private-token': 'nope' })
  expect(refused).toMatchObject({ status: 401, body: { message: '401 Unauthorized' } })
})

test('a label chooses its issues only, and its case counts', async () => {
  const all = await issuesOf('Cascadia Freight')
  const labelled = await issuesOf('Cascadia Freight', `&labels=${label('Cascadia Freight')}`)
  expect(labelled.body.length).toBeGreaterThan(4)
  expect(labelled.body.length).toBeLessThan(all.body.length)
  expect(labelled.body.every((issue: Body) => issue.labels.includes('ASE Work - Cascadia Freight'))).toBe(true)
  const lower = await issuesOf('Cascadia Freight', `&labels=${label('Cascadia Freight').toLowerCase()}`)
  expect(lower.body).toHaveLength(1)
  expect((await issuesOf('Cascadia Freight', '&labels=nothing')).body).toEqual([])
})

test('several labels are joined by and', async () => {
  const { body } = await issuesOf('Cascadia Freight', `&labels=call,${label('Cascadia Freight')}`)
  expect(body.length).toBeGreaterThan(0)
  expect(body.every((issue: Body) => issue.labels.includes('call'))).toBe(true)
  expect((await issuesOf('Cascadia Freight', `&labels=template,${label('Cascadia Freight')}`)).body).toEqual([])
})

test('a group lists the issues of its subgroups, a project only its own', async () => {
  const { body } = await issuesOf('Cascadia Freight')
  const paths = new Set(body.map((issue: Body) => issue.references.full.split('#')[0]))
  expect(paths.size).toBe(2)
  const project = [...paths][0]
  const own = await ask.gitlab(`/projects/${encodeURIComponent(String(project))}/issues?per_page=100`)
  expect(new Set(own.body.map((issue: Body) => issue.references.full.split('#')[0]))).toEqual(new Set([project]))
})

test('an account can be a single project with a label that needs escaping', async () => {
  const path = group('Brandt & Söhne')
  expect(await ask.gitlab(`/groups/${path}`)).toMatchObject({ status: 404, body: { message: '404 Group Not Found' } })
  const { body } = await ask.gitlab(`/projects/${path}/issues?labels=${label('Brandt & Söhne')}`)
  expect(body.length).toBeGreaterThan(3)
  expect(body[0].web_url).toMatch(/\/-\/work_items\/\d+$/)
})

test('what cannot be seen is a 404 in the words of the vendor', async () => {
  expect((await ask.gitlab('/groups/nowhere')).body).toEqual({ message: '404 Group Not Found' })
  expect((await ask.gitlab('/projects/1/issues')).body).toEqual({ message: '404 Project Not Found' })
})

test('pages are linked until the last one', async () => {
  const seen: number[] = []
  let url: string | undefined = `/groups/${group('Cascadia Freight')}/issues?per_page=3&order_by=updated_at&sort=asc`
  let pages = 0
  while (url) {
    const { body, headers } = await ask.gitlab(url)
    seen.push(...body.map(({ id }: Body) => id))
    pages++
    const next: string | undefined = /<([^>]+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1]
    expect(headers.get('x-next-page')).toBe(next ? String(pages + 1) : '')
    expect(Number(headers.get('x-total'))).toBeGreaterThan(3)
    url = next?.replace(/^.*\/api\/v4/, '')
  }
  expect(new Set(seen).size).toBe(seen.length)
  expect(seen).toHaveLength((await issuesOf('Cascadia Freight')).body.length)
})

test('state, time and order are honoured', async () => {
  const closed = await issuesOf('Meridian Health', '&state=closed')
  expect(new Set(closed.body.map(({ state }: Body) => state))).toEqual(new Set(['closed']))
  expect(closed.body[0].closed_at).not.toBeNull()
  const since = new Date(anchor - 5 * 86_400_000).toISOString()
  const recent = await issuesOf(
    'Meridian Health',
    `&updated_after=${encodeURIComponent(since)}&order_by=updated_at&sort=asc`,
  )
  const times = recent.body.map(({ updated_at }: Body) => updated_at)
  expect(times.length).toBeGreaterThan(0)
  expect(times.every((time: string) => time >= since)).toBe(true)
  expect(times).toEqual(times.toSorted(byText))
})

test('unknown keys are ignored, bad values are refused', async () => {
  const whole = (await issuesOf('Meridian Health')).body.length
  expect((await issuesOf('Meridian Health', '&labelz=nothing')).body).toHaveLength(whole)
  for (const query of ['&state=open', '&order_by=colour', '&updated_after=yesterday', '&scope=mine']) {
    expect((await issuesOf('Meridian Health', query)).status).toBe(400)
  }
})

test('tasks in the description are counted', async () => {
  const { body } = await issuesOf('Cascadia Freight')
  for (const issue of body) {
    const boxes = issue.description.match(/^- \[[ x]\]/gm) ?? []
    const ticked = issue.description.match(/^- \[x\]/gm) ?? []
    expect(issue.task_completion_status).toEqual({ count: boxes.length, completed_count: ticked.length })
  }
})

test('an unchanged list answers 304 to its ETag', async () => {
  const path = `/groups/${group('Kestrel Robotics')}/issues`
  const first = await ask.gitlab(path)
  const again = await ask.gitlab(path, {
    'private-token': simulator.description.gitlab.token,
    'if-none-match': first.headers.get('etag') ?? '',
  })
  expect(again.status).toBe(304)
  expect(first.headers.get('ratelimit-remaining')).not.toBeNull()
})
