import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { databaseName } from '#service/session.ts'
import { runningService, type RunningServiceParts } from './running-service.ts'
import { createSimulator } from './simulator.ts'

/** Somebody of the simulator's Zendesk. */
export const dana = 360900000102

/** A service that is connected to somebody's own Zendesk, where Dana is the ASE of two accounts. */
export async function connectedService(parts: RunningServiceParts = {}) {
  const own = await createSimulator({ seed: 5, speed: 0, scale: 30 })
  onTestFinished(() => own.stop())
  const app = await runningService(parts)
  const { client } = app.service
  await client.connections.connectZendesk(own.description.zendesk)
  const accounts = own.description.workspace.accounts.slice(0, 2)
  for (const { id } of accounts) await client.accounts.add({ organizationId: id, aseId: dana })
  const folder = `zendesk-${new URL(own.description.zendesk.url).host.replace(':', '-')}`
  const database = join(app.dataDir, folder, databaseName)
  const meId = own.description.workspace.meId
  const people = (await client.people.list({})).people
  const zone = (id: number) => people.find((person) => person.id === id)?.timeZone ?? ''
  return { app, client, database, meId, zone, accountIds: accounts.map(({ id }) => id) }
}

/** How a call was refused: the code, the sentence, and the field it is about. */
export async function refusalOf(call: Promise<unknown>): Promise<unknown> {
  try {
    await call
    return 'was not refused'
  } catch (error) {
    const { code, message, data } = error as { code?: string; message: string; data?: { reason?: string } }
    return { code, message, ...(data?.reason === undefined ? {} : { reason: data.reason }) }
  }
}
