import { safe } from '@orpc/client'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Simulator } from '#simulator/create-simulator.ts'
import { runningService, type RunningService } from '#test/support/running-service.ts'
import { createSimulator } from '#test/support/simulator.ts'

let own: Simulator
beforeEach(async () => {
  own = await createSimulator({ seed: 5, speed: 0, scale: 200 })
})
afterEach(() => own.stop())

const connect = ({ service }: RunningService, token = own.description.zendesk.token) =>
  safe(service.client.connections.connectZendesk({ ...own.description.zendesk, token }))
const meter = async ({ service }: RunningService) => (await service.client.connections.get({})).zendesk?.meter
/** Long enough for a call that may go out to have gone out: several exchanges over the same kind of line. */
async function aWhile(): Promise<void> {
  for (let times = 0; times < 5; times += 1) await (await fetch(`${own.description.control.url}/zendesk`)).text()
}
const calls = () => own.record().filter(({ target }) => target === 'zendesk').length

test('connecting and the first sync keep one pace together', async () => {
  const app = await runningService({ requestsPerMinute: 14 })
  await connect(app)
  const connecting = calls()
  expect(connecting).toBeLessThanOrEqual(12)
  expect(await meter(app)).toMatchObject({ requestsLastMinute: connecting, perMinute: 14 })
  for (const { id } of own.description.workspace.accounts) {
    // Whoever adds accounts is a person, who may use the places that are kept for people.
    if (calls() < 12) await app.service.client.accounts.add({ organizationId: id })
  }
  app.service.start()
  await expect.poll(async () => (await meter(app))?.waiting?.reason).toBe('own-pace')
  expect(calls()).toBe(12)
  expect(await meter(app)).toMatchObject({ requestsLastMinute: 12 })
  await app.stop()
})

test('attempts that failed count as well', async () => {
  const app = await runningService({ requestsPerMinute: 200 })
  for (let attempt = 0; attempt < 3; attempt += 1) await connect(app, 'wrong')
  expect(calls()).toBe(3)
  await connect(app)
  expect(await meter(app)).toMatchObject({ requestsLastMinute: calls() })
})

test('connecting anew and after signing out goes on counting', async () => {
  const app = await runningService()
  await connect(app)
  await connect(app)
  expect(await meter(app)).toMatchObject({ requestsLastMinute: calls() })
  await app.service.client.connections.signOutZendesk({})
  await connect(app)
  expect(await meter(app)).toMatchObject({ requestsLastMinute: calls() })
  await app.stop()
  const again = await runningService({ dataDir: app.dataDir, vault: app.vault })
  expect(await meter(again)).toMatchObject({ requestsLastMinute: calls() })
})

test('a pace that is used up holds connecting back, also after signing out', async () => {
  const app = await runningService({ requestsPerMinute: 200 })
  await connect(app)
  await app.service.client.connections.signOutZendesk({})
  await app.service.client.settings.set({ requestsPerMinute: 5 })
  const before = calls()
  const waiting = connect(app)
  await aWhile()
  // Nothing goes out; only the end of the service ends the wait.
  await app.stop()
  const { error } = await waiting
  expect(error).toMatchObject({ code: 'REFUSED', data: { reason: 'aborted' } })
  expect(calls()).toBe(before)
})

test('a pace that is used up holds connecting back, also after signing out and a restart', async () => {
  const app = await runningService({ requestsPerMinute: 200 })
  await connect(app)
  await app.service.client.connections.signOutZendesk({})
  await app.stop()
  const again = await runningService({ dataDir: app.dataDir, vault: app.vault, requestsPerMinute: 5 })
  const before = calls()
  const waiting = connect(again)
  await aWhile()
  await again.stop()
  const { error } = await waiting
  expect(error).toMatchObject({ code: 'REFUSED', data: { reason: 'aborted' } })
  expect(calls()).toBe(before)
})

test('a Zendesk that asked to be left alone is left alone, also after signing out', async () => {
  const app = await runningService({ requestsPerMinute: 200 })
  await connect(app)
  own.misbehave({ target: 'zendesk', kind: '429', retryAfter: 3600, count: 1 })
  await safe(app.service.client.connections.checkZendesk({}))
  await app.service.client.connections.signOutZendesk({})
  const before = calls()
  const { error } = await connect(app)
  expect(error).toMatchObject({
    code: 'REFUSED',
    message: expect.stringMatching(/^Zendesk asks to wait\. Try again at /),
    data: { reason: 'rate-limited' },
  })
  expect(calls()).toBe(before)
})
