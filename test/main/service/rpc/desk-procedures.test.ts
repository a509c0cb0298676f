import { safe } from '@orpc/client'
import { expect, test } from 'vitest'
import type { DeskEdit } from '#contract/desk.ts'
import { runningService } from '#test/support/running-service.ts'

/** The sample, once it was read: Cascadia Freight is covered, Wexford Instruments is being taken over. */
async function sample() {
  const app = await runningService()
  await app.service.syncOnce()
  const { client } = app.service
  const { accounts } = await client.accounts.list({})
  const idOf = (name: string) => accounts.find((account) => account.name.startsWith(name))?.id ?? 0
  return { app, client, cascadia: idOf('Cascadia'), wexford: idOf('Wexford'), brandt: idOf('Brandt') }
}

const refusal = async (call: Promise<unknown>) => {
  const { error } = await safe(call)
  return error && 'code' in error ? { code: error.code, message: error.message } : error
}

test('the page of an account has its people by both clocks, what is written down, and who covered it', async () => {
  const { client, cascadia } = await sample()
  const page = await client.desks.get({ accountId: cascadia })
  expect(page.account).toMatchObject({ name: 'Cascadia Freight', relation: 'covering' })
  expect(page.people.map(({ role, name }) => [role, name])).toEqual([
    ['ase', 'Dana Whitfield'],
    ['covering', 'Jonas Feldkamp'],
    ['covering-next', 'Jonas Feldkamp'],
  ])
  expect(page.people[0]).toMatchObject({
    hours: 'Mon-Fri 08:00-16:30',
    hoursHere: 'Mon-Fri 17:00-01:30',
    region: 'AMER',
    slackHandle: '@dwhitfield',
  })
  expect(page.document.contacts.map(({ name }) => name)).toContain('Marcus Bell')
  expect(page.document.environment.geo).toMatch(/secondary site/)
  expect(page.coverages.map(({ phase }) => phase)).toContain('running')
  expect(page.orgNote).toMatch(/ASE:/)
}, 60_000)

test('an account in the middle of being taken over shows what is done, what is seen and what is late', async () => {
  const { client, wexford } = await sample()
  const { onboarding } = await client.desks.get({ accountId: wexford })
  const { steps, startsOnFrom } = onboarding
  expect(startsOnFrom).toBe('set')
  const byId = new Map(steps.map((step) => [step.id, step]))
  expect(byId.get('introduction')).toMatchObject({ done: true, byItself: false })
  expect(byId.get('cadence')).toMatchObject({ done: true, byItself: true })
  expect(byId.get('auto-assign')).toMatchObject({ done: false, late: true })
  expect(byId.get('org-note')).toMatchObject({ done: false, seen: 'The organization has no note yet.' })
  expect(byId.get('project-kit')).toMatchObject({ done: false, seen: 'Nobody has looked in GitLab yet.' })
  expect(onboarding.autoAssign).toMatchObject({ by: 'form' })
  expect(onboarding.agenda.text).toContain('Wexford Instruments and Inés Ortega')

  // The later edition asks for assignment by an issue in the Organizations project.
  await client.settings.set({ policyVersion: '2026-08' })
  const later = (await client.desks.get({ accountId: wexford })).onboarding
  expect(later.autoAssign).toMatchObject({
    by: 'issue',
    project: 'support/organizations',
    title: 'Assign tickets of Wexford Instruments to Inés Ortega',
    text: expect.stringContaining(`Zendesk organization id: ${wexford}`) as string,
  })
}, 60_000)

test('what Zendesk and GitLab say ticks the steps by itself', async () => {
  const { app, client, brandt } = await sample()
  await client.accountKits.look({ accountId: brandt })
  expect(app.events.map(({ kind }) => kind)).toContain('desks')
  const { onboarding } = await client.desks.get({ accountId: brandt })
  const seen = Object.fromEntries(onboarding.steps.map(({ id, byItself, seen: words }) => [id, [byItself, words]]))
  expect(seen['auto-assign']).toEqual([true, 'The organization in Zendesk names the ASE.'])
  expect(seen['project-kit']?.[1]).toMatch(/brandt-soehne\/collaboration (lacked|had)/)
  expect(seen['org-note']?.[1]).toMatch(/answers (all )?\d/)
}, 60_000)

test('a change is stored, told to others and can be taken back; a wrong link, and an account not followed, are refused', async () => {
  const { app, client, cascadia } = await sample()
  const change = (edit: DeskEdit) => client.desks.change({ accountId: cascadia, change: edit })
  const { page, undo } = await change({ kind: 'environment', field: 'search', text: 'OpenSearch' })
  expect(page.document.environment.search).toBe('OpenSearch')
  expect(app.events.at(-1)).toMatchObject({ kind: 'desks', ids: [String(cascadia)] })
  if (!undo) throw new Error('there is something to take back')
  expect((await change(undo)).page.document.environment).not.toHaveProperty('search')
  expect((await change({ kind: 'restricted', restricted: false })).undo).toBeNull()

  expect(await refusal(client.desks.get({ accountId: 1 }))).toMatchObject({ code: 'NOT_FOUND' })
  const resource = { id: 'x', title: 'Trap', url: 'javascript:alert(1)', about: '' }
  const trap = { kind: 'put-resource', resource } as const
  expect(await refusal(change(trap))).toMatchObject({ code: 'BAD_REQUEST' })
}, 60_000)

test('of a restricted account nothing is given out, not even in a plan', async () => {
  const { client, cascadia } = await sample()
  const { plans } = await client.plans.list({})
  const about = await Promise.all(plans.map(({ id }) => client.plans.export({ planId: id, as: 'markdown' })))
  const named = plans.find((_, index) => about[index]?.text.includes('Cascadia'))
  await client.desks.change({ accountId: cascadia, change: { kind: 'restricted', restricted: true } })
  expect(await refusal(client.desks.export({ accountId: cascadia, as: 'inventory' }))).toMatchObject({
    code: 'REFUSED',
  })
  if (!named) throw new Error('a plan of the sample is about Cascadia Freight')
  expect(await refusal(client.plans.export({ planId: named.id, as: 'markdown' }))).toMatchObject({
    code: 'REFUSED',
    message: expect.stringContaining('Cascadia Freight is restricted') as string,
  })
}, 60_000)
