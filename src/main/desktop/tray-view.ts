import type { AppStatus } from '#contract/app.ts'
import type { CoverageRow } from '#contract/coverage.ts'
import type { SyncState } from '#contract/sync.ts'
import type { TicketRow } from '#contract/tickets.ts'
import type { WorkloadDay, WorkloadWeek } from '#contract/workload.ts'
import type { InstantMs } from '#core/instant.ts'

/** What the tray is drawn from. */
export interface TrayFacts {
  readonly status: Pick<AppStatus, 'sync' | 'workspace' | 'unopenedAlerts'>
  readonly queue: {
    readonly rows: readonly Pick<TicketRow, 'id' | 'subject' | 'accountName' | 'nextClock'>[]
    readonly total: number
    readonly breached: number
    readonly now: InstantMs
  }
  readonly coverages: readonly Pick<CoverageRow, 'accountName' | 'mine' | 'phase' | 'endsAt'>[]
  readonly week: Pick<WorkloadWeek, 'allowed' | 'taken' | 'possible'> & {
    readonly baseline: Pick<WorkloadWeek['baseline'], 'origin'>
  }
  /** Today's. */
  readonly day: Pick<WorkloadDay, 'share' | 'possible'>
}

/** The states that have an icon of their own. */
export const trayStates = ['ok', 'syncing', 'offline', 'error'] as const
export type TrayState = (typeof trayStates)[number]

/** What a menu entry of the tray does. */
export type TrayCommand = 'sync' | 'open' | 'quit'

/** One entry of the tray's menu. */
export type TrayEntry =
  | { readonly kind: 'ticket'; readonly ticketId: number; readonly label: string }
  | { readonly kind: 'line'; readonly label: string }
  | { readonly kind: 'command'; readonly command: TrayCommand; readonly label: string; readonly enabled: boolean }
  | { readonly kind: 'separator' }

/** The tray, ready to be shown. */
export interface TrayView {
  readonly state: TrayState
  /** Alerts that nobody opened yet. */
  readonly count: number
  readonly tooltip: string
  readonly entries: readonly TrayEntry[]
}

/** Urgent tickets in the menu; more would no longer be read. */
export const ticketsInMenu = 5
const subjectLength = 48

const stateOf: Readonly<Record<SyncState, TrayState>> = {
  idle: 'ok',
  syncing: 'syncing',
  offline: 'offline',
  error: 'error',
}
const stateWords: Readonly<Record<TrayState, string>> = {
  ok: 'up to date',
  syncing: 'syncing',
  offline: 'offline',
  error: 'could not sync',
}

/** Draws the tray: state, count, the tickets that breach next, coverage and load, and what can be done from here. */
export function trayView({ status, queue, coverages, week, day }: TrayFacts): TrayView {
  const state = stateOf[status.sync]
  const count = status.unopenedAlerts
  const name = status.workspace === 'sample' ? 'Understudy, sample workspace' : 'Understudy'
  const facts = [
    stateWords[state],
    ...(count > 0 ? [countOf(count, 'new alert')] : []),
    ...(queue.breached > 0 ? [`${queue.breached} breached`] : []),
  ]
  const tickets = queue.rows.slice(0, ticketsInMenu).map((row): TrayEntry => ticketEntry(row, queue.now))
  const rest = queue.total - tickets.length
  return {
    state,
    count,
    tooltip: `${name}: ${facts.join(', ')}`,
    entries: [
      ...(tickets.length > 0 ? tickets : [line('No open tickets')]),
      ...(rest > 0 && tickets.length > 0 ? [line(`and ${countOf(rest, 'more ticket')}`)] : []),
      { kind: 'separator' },
      line(coverageLine(coverages, day, queue.now)),
      line(loadLine(week)),
      { kind: 'separator' },
      command('sync', state === 'syncing' ? 'Syncing…' : 'Sync now', state !== 'syncing'),
      command('open', 'Open Understudy'),
      { kind: 'separator' },
      command('quit', 'Quit Understudy'),
    ],
  }
}

function ticketEntry(row: TrayFacts['queue']['rows'][number], now: InstantMs): TrayEntry {
  const breachAt = row.nextClock?.breachAt ?? null
  // A time of day stays true while the menu is open; a countdown would not.
  const when =
    breachAt === null
      ? 'no deadline'
      : breachAt <= now
        ? `breached ${timeOf(breachAt, now)}`
        : `by ${timeOf(breachAt, now)}`
  const account = row.accountName === null ? '' : `, ${row.accountName}`
  return { kind: 'ticket', ticketId: row.id, label: `${when}${account}: #${row.id} ${shortened(row.subject)}` }
}

/** `Covering Acme, Globex until Fri 17:00 · load 50 %`: accounts with the same end together, then the share of other work left today. */
function coverageLine(coverages: TrayFacts['coverages'], day: TrayFacts['day'], now: InstantMs): string {
  const mine = coverages.filter((coverage) => coverage.mine && coverage.phase === 'running')
  if (mine.length === 0) return 'You cover no account now'
  const byEnd = [...Map.groupBy(mine, ({ endsAt }) => endsAt)].toSorted(([a], [b]) => a - b)
  const parts = byEnd.map(
    ([endsAt, covered]) =>
      `${[...new Set(covered.map(({ accountName }) => accountName))].join(', ')} until ${dayTimeOf(endsAt, now)}`,
  )
  const load = day.possible ? ` · load ${Math.round(day.share * 1000) / 10} %` : ''
  return `Covering ${parts.join('; ')}${load}`
}

function loadLine({ allowed, taken, possible, baseline }: TrayFacts['week']): string {
  if (!possible) return 'You cover more accounts than one engineer can'
  if (baseline.origin === 'none') return 'Non-ASE tickets this week: nothing to reckon from yet'
  return `Non-ASE tickets this week: ${taken} of ${new Intl.NumberFormat('en', { maximumFractionDigits: 1 }).format(allowed)}`
}

function timeOf(at: InstantMs, now: InstantMs): string {
  const time = format(at, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const day = format(at, { weekday: 'short', day: 'numeric', month: 'short' })
  return day === format(now, { weekday: 'short', day: 'numeric', month: 'short' }) ? time : `${day}, ${time}`
}

const sixDaysMs = 6 * 24 * 3_600_000

/** With the weekday alone where it can only be the coming one. */
function dayTimeOf(at: InstantMs, now: InstantMs): string {
  const words = timeOf(at, now)
  if (!words.includes(',') || at - now > sixDaysMs) return words
  return `${format(at, { weekday: 'short' })} ${words.slice(words.indexOf(',') + 2)}`
}

function format(at: InstantMs, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat('en-GB', options).format(at)
}

function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line.length > subjectLength ? `${line.slice(0, subjectLength - 1).trimEnd()}…` : line
}

function countOf(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}

function line(label: string): TrayEntry {
  return { kind: 'line', label }
}

function command(name: TrayCommand, label: string, enabled = true): TrayEntry {
  return { kind: 'command', command: name, label, enabled }
}
