import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { simulatorDescriptionSchema } from '#contract/workspace.ts'
import { isLive } from '#core/tickets/ticket.ts'
import { openDatabase } from '#service/db/open-database.ts'
import { createSimulator } from '#simulator/create-simulator.ts'
import { liveThroughCalm } from '#test/support/day/eventful-day.ts'
import { mostInAMinute, requestsByHour } from '#test/support/day/look-at-traffic.ts'
import { startUnderstudy } from '#test/support/day/stepped-understudy.ts'
import { watchFreshness } from '#test/support/day/watch-freshness.ts'
import { createAsk } from '#test/simulator/ask.ts'

/**
 * Measures a simulated day in which nothing goes wrong, after everything was read for the first time: how many requests it
 * takes to poll each minute, how soon changes are seen, and how soon a new ticket is announced. Arguments: folder for the database, accounts, live tickets.
 */
const [folder = '', accountCount = '4', liveCount = '200'] = process.argv.slice(2)
const hourMs = 3_600_000
const hours = 24
const anchor = Date.UTC(2026, 10, 18, 8)
mkdirSync(folder, { recursive: true })
const simulator = await createSimulator({ anchor, now: anchor, speed: 0 })
const ask = createAsk(simulator.description)
const { workspace } = simulatorDescriptionSchema.parse(simulator.description)
const listed = (await ask.zendesk('/organizations?page[size]=100')).body as {
  organizations: { id: number; name: string }[]
}
const known = new Set(workspace.accounts.map(({ id }) => id))
const others = listed.organizations
  .filter(({ id }) => !known.has(id))
  .map(({ id, name }) => ({ id, name, aseId: null, aseSince: null, label: null, gitlabGroup: null }))
const accounts = [...workspace.accounts, ...others].slice(0, Number(accountCount))
const followed = accounts.map(({ id }) => id)
if (accounts.length < Number(accountCount)) throw new Error(`The simulator has only ${accounts.length} organizations.`)

const countLive = () =>
  simulator.truth().tickets.filter((ticket) => followed.includes(ticket.organizationId) && isLive(ticket)).length
for (let missing = Number(liveCount) - countLive(); missing > 0; missing -= 1) {
  const order = { organization_id: followed[missing % followed.length], subject: `Number ${missing} of many` }
  const { status } = await ask.order('/tickets', order)
  if (status >= 300) throw new Error('The simulator opened no ticket.')
}
const liveAtFirst = countLive()

const freshness = watchFreshness()
const open = () => {
  const db = openDatabase(join(folder, 'rate.db'))
  freshness.over(db)
  return db
}
const understudy = await startUnderstudy(simulator, { open, workspace: { ...workspace, accounts } })
await understudy.pass(hourMs)
const begin = understudy.clock.now()
await liveThroughCalm(simulator, understudy, followed, { seed: 1, lengthMs: hours * hourMs })
await understudy.stop()
const { calls } = understudy.network
const unseenMs = freshness.unseenMs(begin, begin + hours * hourMs)
const alertMs = understudy.db
  .prepare<[number], { ms: number }>(
    `SELECT shown_at - due_at AS ms FROM alerts WHERE kind = 'new-ticket' AND due_at >= ? AND shown_at IS NOT NULL ORDER BY ms`,
  )
  .all(begin)
  .map(({ ms }) => ms)
const byHour = requestsByHour(calls, begin, hours)
process.stdout.write(
  JSON.stringify({
    perHour: byHour.reduce((sum, n) => sum + n, 0) / hours,
    mostInAnHour: Math.max(...byHour),
    mostInAMinute: mostInAMinute(calls),
    liveAtFirst,
    changesPerHour: unseenMs.length / hours,
    unseenP50Ms: unseenMs[Math.floor(unseenMs.length / 2)],
    unseenMaxMs: unseenMs.at(-1),
    alerts: alertMs.length,
    alertP99Ms: alertMs[Math.floor(alertMs.length * 0.99)],
  }),
)
understudy.db.close()
await simulator.stop()
