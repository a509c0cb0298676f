import { safe } from '@orpc/client'
import { expect, onTestFinished, test } from 'vitest'
import { runningService } from '#test/support/running-service.ts'
import { createSimulator } from '#test/support/simulator.ts'

async function connected() {
  const own = await createSimulator({ seed: 5, speed: 0, scale: 20 })
  onTestFinished(() => own.stop())
  const { service } = await runningService()
  await service.client.connections.connectZendesk(own.description.zendesk)
  return { own, client: service.client }
}

test('what is not there is named by its kind and its id', async () => {
  const { client } = await connected()
  const organization = { code: 'NOT_FOUND', data: { what: 'organization', id: '4711' } }
  const calls: readonly Promise<unknown>[] = [
    client.accounts.change({ id: 4711 }),
    client.accounts.remove({ id: 4711 }),
    client.accounts.organization({ id: 4711 }),
    client.accounts.add({ organizationId: 4711 }),
  ]
  for (const call of calls) {
    expect((await safe(call)).error).toMatchObject({ ...organization, message: expect.stringContaining('4711') })
  }
  for (const call of [
    client.outbox.retry({ id: 12 }),
    client.outbox.discard({ id: 12 }),
    client.outbox.resolve({ id: 12, choice: 'mine' }),
  ]) {
    expect((await safe(call)).error).toMatchObject({ code: 'NOT_FOUND', data: { what: 'change', id: '12' } })
  }
  expect((await safe(client.tickets.get({ id: 4712 }))).error).toMatchObject({ data: { what: 'ticket', id: '4712' } })
})

test('what was refused says what kind of refusal it was', async () => {
  const { client, own } = await connected()
  expect((await safe(client.accounts.find({ name: 'Ca' }))).error).toBeNull()
  own.misbehave({ target: 'zendesk', kind: '403', count: 1 })
  expect((await safe(client.accounts.find({ name: 'Ca' }))).error).toMatchObject({
    code: 'REFUSED',
    message: expect.stringContaining('403'),
    data: { reason: 'forbidden' },
  })
})
