import { onTestFinished } from 'vitest'
import { createCalendars, type Calendars } from '#service/calendar/create-calendars.ts'
import type { WriteDb } from '#service/db/sql.ts'
import { storeWorkspace } from '#service/db/workspace.ts'
import type { SecretVault } from '#service/ports.ts'
import { createMemoryVault } from '#service/secrets/memory-vault.ts'
import { anIcs, type IcsLines } from './ics.ts'
import { loopbackServer, type LoopbackServer } from './loopback-server.ts'
import { memoryDatabase } from './memory-database.ts'
import { createSilentLog } from './silent-log.ts'
import { createSteppedClock, type SteppedClock } from './stepped-clock.ts'
import { aWorkspace, wednesday } from './work-values.ts'

/** Calendars over a database, a stepped clock and a host whose feed a test writes. */
export interface CalendarSetting {
  readonly calendars: Calendars
  readonly db: WriteDb
  readonly clock: SteppedClock
  readonly vault: SecretVault
  readonly log: ReturnType<typeof createSilentLog>
  readonly server: LoopbackServer
  /** Ids of calendars whose change was told. */
  readonly told: string[]
  /** The feed's address, which is a secret. */
  readonly url: string
  /** What the host answers from now on. */
  feed: {
    events: readonly IcsLines[]
    status: number
    headers: Record<string, string>
    body: string | null
    /** Answers come after it. */
    held: Promise<void>
  }
  /** Lets the clock move on and waits until what that began is over. */
  pass(ms: number): Promise<void>
  /** The same database and vault as the next start finds them. */
  restart(vault?: SecretVault): Calendars
}

/**
 * Creates it, with Ines (11, me), Anna (12) and Ben (13, in New York) on a Wednesday.
 *
 * @param speed what the clock says of itself; it moves when it is stepped.
 */
export async function calendarSetting(vault: SecretVault = createMemoryVault(), speed = 0): Promise<CalendarSetting> {
  const db = memoryDatabase()
  storeWorkspace(db, aWorkspace({ absences: [], coverages: [] }))
  const clock = createSteppedClock(wednesday)
  const log = createSilentLog()
  const told: string[] = []
  const feed: CalendarSetting['feed'] = { events: [], status: 200, headers: {}, body: null, held: Promise.resolve() }
  const server = await loopbackServer((_, response) => {
    void feed.held.then(() => {
      response.writeHead(feed.status, { 'Content-Type': 'text/calendar', ...feed.headers })
      response.end(feed.status === 200 ? (feed.body ?? anIcs(feed.events, { name: 'On Call Schedule for Ines' })) : '')
    })
  })
  const open = (kept: SecretVault) => {
    const stopping = new AbortController()
    const calendars = createCalendars({
      db,
      vault: kept,
      clock: { now: () => clock.now(), wakeAt: (at, wake) => clock.wakeAt(at, wake), speed },
      log,
      stopping: stopping.signal,
      onChange: (id) => void told.push(id),
      timeoutMs: 2000,
      random: () => 0.5,
    })
    onTestFinished(async () => {
      stopping.abort()
      await calendars.stop()
    })
    return calendars
  }
  const setting = {
    calendars: open(vault),
    db,
    clock,
    vault,
    log,
    server,
    told,
    url: `${server.url}/canary-4711/basic.ics?key=canary-0815`,
    feed,
    async pass(ms: number) {
      clock.step(ms)
      await setting.calendars.refreshDue()
    },
    restart(kept: SecretVault = vault) {
      setting.calendars = open(kept)
      return setting.calendars
    },
  }
  return setting
}
