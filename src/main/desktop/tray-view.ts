import type { AccountRow } from '#contract/accounts.ts'
import type { Quiet } from '#contract/alerts.ts'
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
  /** Tickets handed over to me that changed since they were gone over, or that nobody went over. */
  readonly handoffLines: number
  readonly quiet: Pick<Quiet, 'reason' | 'until' | 'held'>
  readonly accounts: readonly Pick<AccountRow, 'name' | 'relation' | 'freshness'>[]
  /** Whether the number of alerts stands beside the icon. */
  readonly showCount: boolean
}

/** The states that have an icon of their own. */
export const trayStates = ['ok', 'syncing', 'alerts', 'quiet', 'offline', 'error'] as const
export type TrayState = (typeof trayStates)[number]

/** What a menu entry of the tray does. */
export type TrayCommand =
  | 'alerts'
  | 'handoff'
  | 'pause-hour'
  | 'pause-tomorrow'
  | 'go-on'
  | 'end-meeting'
  | 'sync'
  | 'open'
  | 'quit'

/** One entry of the tray's menu. */
export type TrayEntry =
  | { readonly kind: 'ticket'; readonly ticketId: number; readonly label: string }
  | { readonly kind: 'line'; readonly label: string }
  | { readonly kind: 'submenu'; readonly label: string; readonly entries: readonly TrayEntry[] }
  | { readonly kind: 'command'; readonly command: TrayCommand; readonly label: string; readonly enabled: boolean }
  | { readonly kind: 'separator' }

/** The tray, ready to be shown. */
export interface TrayView {
  readonly state: TrayState
  /** Alerts that nobody opened yet, as a number beside the icon; 0 where none is to stand there. */
  readonly count: number
  readonly tooltip: string
  readonly entries: readonly TrayEntry[]
}

/** Urgent tickets in the menu; more would no longer be read. */
export const ticketsInMenu = 5
const subjectLength = 48

const stateWords: Readonly<Record<SyncState, string>> = {
  idle: 'up to date',
  syncing: 'syncing',
  offline: 'offline',
  error: 'could not sync',
}

/** Draws the tray: state, count, the tickets that breach next, alerts and whether they are announced, coverage and load, and what can be done from here. */
export function trayView(facts: TrayFacts): TrayView {
  const { status, queue, coverages, week, day, quiet } = facts
  const { now } = queue
  const unopened = status.unopenedAlerts
  const tickets = queue.rows.slice(0, ticketsInMenu).map((row): TrayEntry => ticketEntry(row, now))
  const rest = queue.total - tickets.length
  const syncing = status.sync === 'syncing'
  return {
    state: stateOf(facts),
    count: facts.showCount ? unopened : 0,
    tooltip: tooltipOf(facts),
    entries: [
      ...(tickets.length > 0 ? tickets : [line('No open tickets')]),
      ...(rest > 0 && tickets.length > 0 ? [line(`and ${countOf(rest, 'more ticket')}`)] : []),
      { kind: 'separator' },
      command('alerts', unopened > 0 ? countOf(unopened, 'unopened alert') : 'No unopened alerts'),
      ...(facts.handoffLines > 0 ? [command('handoff', `${countOf(facts.handoffLines, 'handoff line')} changed`)] : []),
      ...quietEntries(quiet, now),
      { kind: 'separator' },
      line(coverageLine(coverages, day, now)),
      line(loadLine(week)),
      { kind: 'separator' },
      ...freshnessEntries(facts.accounts, now),
      command('sync', syncing ? 'Syncing…' : 'Sync now', !syncing),
      command('open', 'Open Understudy'),
      { kind: 'separator' },
      command('quit', 'Quit Understudy'),
    ],
  }
}

/** What keeps alerts from coming at all goes first, then what holds them back, then that some wait. */
function stateOf({ status, quiet }: TrayFacts): TrayState {
  if (status.sync === 'error' || status.sync === 'offline') return status.sync
  if (quiet.reason !== 'none') return 'quiet'
  if (status.unopenedAlerts > 0) return 'alerts'
  return status.sync === 'syncing' ? 'syncing' : 'ok'
}

function tooltipOf({ status, queue, quiet }: TrayFacts): string {
  const name = status.workspace === 'sample' ? 'Understudy, sample workspace' : 'Understudy'
  const facts = [
    stateWords[status.sync],
    ...(quiet.reason === 'none' ? [] : [quietWords(quiet, queue.now)]),
    ...(status.unopenedAlerts > 0 ? [countOf(status.unopenedAlerts, 'new alert')] : []),
    ...(quiet.held > 0 ? [`${countOf(quiet.held, 'alert')} held back`] : []),
    ...(queue.breached > 0 ? [`${queue.breached} breached`] : []),
  ]
  return `${name}: ${facts.join(', ')}`
}

/** `alerts paused until 14:00`. */
function quietWords({ reason, until }: TrayFacts['quiet'], now: InstantMs): string {
  const words = { none: 'alerts on', paused: 'alerts paused', 'quiet-hours': 'quiet hours', meeting: 'in a meeting' }
  return until === null ? words[reason] : `${words[reason]} until ${dayTimeOf(until, now)}`
}

function quietEntries(quiet: TrayFacts['quiet'], now: InstantMs): TrayEntry[] {
  const words = quietWords(quiet, now)
  const state = line(words.charAt(0).toUpperCase() + words.slice(1))
  const pauses = [
    command('pause-hour', 'Pause alerts for 1 hour'),
    command('pause-tomorrow', 'Pause alerts until tomorrow'),
  ]
  switch (quiet.reason) {
    case 'none':
      return pauses
    case 'quiet-hours':
      return [state, ...pauses]
    case 'paused':
      return [state, command('go-on', 'Go on with alerts')]
    case 'meeting':
      return [state, command('end-meeting', 'The meeting is over')]
  }
}

/** How old what is known of each account is: of those I cover or am the ASE of. */
function freshnessEntries(accounts: TrayFacts['accounts'], now: InstantMs): TrayEntry[] {
  const mine = accounts.filter(({ relation }) => relation !== 'other')
  if (mine.length === 0) return []
  const readAt = mine.flatMap(({ freshness }) => freshness.ticketsSyncedAt ?? [])
  const label =
    readAt.length < mine.length ? 'Some tickets not read yet' : `All tickets read ${agoOf(Math.min(...readAt), now)}`
  const entries = mine.map(({ name, freshness: { ticketsSyncedAt, problem } }) => {
    const age = ticketsSyncedAt === null ? 'tickets not read yet' : `tickets ${agoOf(ticketsSyncedAt, now)}`
    return line(`${name}: ${age}${problem === null ? '' : ', could not sync'}`)
  })
  return [{ kind: 'submenu', label, entries }]
}

function agoOf(at: InstantMs, now: InstantMs): string {
  const minutes = Math.max(0, Math.floor((now - at) / 60_000))
  if (minutes < 1) return 'just now'
  if (minutes < 60) return `${minutes} min ago`
  return minutes < 24 * 60 ? `${Math.floor(minutes / 60)} h ago` : `at ${timeOf(at, now)}`
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
