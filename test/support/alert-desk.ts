import { settingsSchema, type Settings } from '#contract/settings.ts'
import type { Workspace } from '#contract/workspace.ts'
import { createAlerts, type Alerts } from '#service/alerts/create-alerts.ts'
import type { Journal } from '#service/alerts/journal.ts'
import type { SignInStanding } from '#service/alerts/standing-alerts.ts'
import { organizationScope, writeCursor } from '#service/db/cursors.ts'
import { listAlerts, type StoredAlert } from '#service/db/alerts.ts'
import type { WriteDb } from '#service/db/sql.ts'
import { storeWorkspace } from '#service/db/workspace.ts'
import type { Notice, NoticeHandlers } from '#service/ports.ts'
import { memoryDatabase } from './memory-database.ts'
import { createMemoryJournal } from './memory-journal.ts'
import { policyOf } from './policy-of.ts'
import { createSilentLog, type LoggedLine } from './silent-log.ts'
import { createSteppedClock, type SteppedClock } from './stepped-clock.ts'
import { aWorkspace, dayMs, wednesday } from './work-values.ts'

/** A notice as a person saw it. */
export interface SeenNotice extends Notice, NoticeHandlers {
  readonly at: number
}

/** A person's desk: the alerts of a workspace on a clock that a test steps, and what they saw of them. */
export interface AlertDesk {
  readonly db: WriteDb
  readonly clock: SteppedClock
  readonly journal: Journal
  readonly alerts: Alerts
  readonly seen: SeenNotice[]
  /** Tags of notices that were taken back. */
  readonly closed: string[]
  readonly opened: (number | null)[]
  readonly changes: (readonly number[])[]
  readonly logged: readonly LoggedLine[]
  /** Changes settings; missing ones get their default. */
  set(settings: Partial<Settings>): Promise<void>
  /** Looks, as after a page was stored, and waits until it is done. */
  look(): Promise<void>
  /** Lets time pass, from one instant that somebody waits for to the next. */
  pass(ms: number): Promise<void>
  /** Lets time pass in one leap, as when the computer sleeps. */
  sleep(ms: number): Promise<void>
  /** Titles of what was seen since this was asked last. */
  news(): string[]
  /** The whole ledger, oldest first. */
  ledger(): StoredAlert[]
}

/** What can be different on a desk. */
export interface DeskOptions {
  /** Called whenever a notice was shown, while the look goes on. */
  readonly onShow?: () => void
  readonly native?: boolean
  readonly settings?: Partial<Settings>
  readonly workspace?: Workspace
  readonly db?: WriteDb
  readonly clock?: SteppedClock
  readonly journal?: Journal
  readonly signIns?: () => readonly SignInStanding[]
  /** When accounts were read for the first time; null: never. */
  readonly readAt?: number | null
  readonly start?: number
}

/** Notes that the tickets of an account have been read to the end. */
export function markRead(db: WriteDb, accountId: number, at: number): void {
  writeCursor(db, 'zendesk', organizationScope(accountId), { completedAt: at })
}

/** Sets a desk up whose accounts were read a month before, and starts it. */
export async function anAlertDesk(options: DeskOptions = {}): Promise<AlertDesk> {
  const db = options.db ?? memoryDatabase()
  const clock = options.clock ?? createSteppedClock(options.start ?? wednesday)
  const journal = options.journal ?? createMemoryJournal()
  const log = createSilentLog()
  const seen: SeenNotice[] = []
  const closed: string[] = []
  const opened: (number | null)[] = []
  const changes: (readonly number[])[] = []
  let settings = settingsSchema.parse(options.settings ?? {})
  let told = 0
  if (!options.db) {
    const workspace = options.workspace ?? aWorkspace()
    storeWorkspace(db, workspace)
    const readAt = options.readAt === undefined ? clock.now() - 30 * dayMs : options.readAt
    if (readAt !== null) for (const { id } of workspace.accounts) markRead(db, id, readAt)
  }
  const alerts = createAlerts({
    db,
    clock,
    log,
    journal,
    notifier: {
      native: options.native ?? true,
      state: () => ({ allowed: 'yes', problem: null }),
      show(notice, handlers) {
        seen.push({ ...notice, ...handlers, at: clock.now() })
        options.onShow?.()
      },
      close: (tag) => void closed.push(tag),
    },
    settings: () => settings,
    policy: () => policyOf('2025-04'),
    signIns: options.signIns ?? (() => []),
    open: (ticketId) => void opened.push(ticketId),
    onChange: (ids) => void changes.push(ids),
  })
  const desk: AlertDesk = {
    db,
    clock,
    journal,
    alerts,
    seen,
    closed,
    opened,
    changes,
    logged: log.lines,
    async set(next) {
      settings = settingsSchema.parse(next)
      await desk.look()
    },
    async look() {
      alerts.look()
      await alerts.settled()
    },
    async pass(ms) {
      const end = clock.now() + ms
      await alerts.settled()
      while (clock.now() < end) {
        const due = Math.min(end, ...clock.waitingFor)
        clock.step(Math.max(1, due - clock.now()))
        await alerts.settled()
      }
    },
    async sleep(ms) {
      clock.step(ms)
      await alerts.settled()
    },
    news() {
      const fresh = seen.slice(told).map(({ title }) => title)
      told = seen.length
      return fresh
    },
    ledger: () => listAlerts(db, { limit: 1_000_000, open: false }).toReversed(),
  }
  alerts.start()
  await alerts.settled()
  return desk
}
