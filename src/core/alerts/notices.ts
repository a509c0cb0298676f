import type { InstantMs } from '../instant.ts'
import type { AlertKind } from './alert.ts'
import { listed } from '../coverage/plan-words.ts'

/** An alert that is to be shown now. */
export interface ShownAlert {
  readonly id: number
  readonly kind: AlertKind
  readonly title: string
  readonly body: string
  /** Why the person sees it. */
  readonly why: string
  readonly urgent: boolean
  readonly ticketId: number | null
  /** Null for what is about no account. */
  readonly account: string | null
}

/** One thing a door shows: an alert, or a list of several. */
export interface AlertNotice {
  readonly tag: string
  /** Null for a list. */
  readonly kind: AlertKind | null
  readonly title: string
  /** Of a single alert, the last line says why the person sees it; a list has the titles. */
  readonly body: string
  readonly urgent: boolean
  readonly alertIds: readonly number[]
  /** Where it leads; null: to the list of alerts. */
  readonly ticketId: number | null
}

/** What was shown a moment ago. */
export interface ShownBefore {
  readonly tag: string
  readonly at: InstantMs
  readonly alerts: readonly ShownAlert[]
}

/** So many notices in this time are a burst; what comes beyond is one list. */
export const mostNotices = 3
export const burstMs = 60_000
/** Lines of a list before it says how many more there are; platforms cut longer ones off. */
const mostLines = 6

/** What is to be shown, and what of that which was shown before is taken back for it. */
export interface NoticesToShow {
  readonly show: readonly AlertNotice[]
  /** Tags. */
  readonly close: readonly string[]
}

/**
 * What to show for alerts that are due now: each by itself while there are few; with those shown within the last minute, more than three
 * become one list, which takes their place. A list goes on under its tag, so that it is replaced as it grows.
 *
 * @param before what was shown within the last minute, oldest first.
 */
export function noticesFor(fresh: readonly ShownAlert[], before: readonly ShownBefore[]): NoticesToShow {
  const list = before.findLast((one) => one.alerts.length > 1)
  const singles = before.filter((one) => one.alerts.length === 1)
  if (fresh.length === 0) return { show: [], close: [] }
  if (!list && singles.length + fresh.length <= mostNotices) return { show: fresh.map(single), close: [] }
  const whole = [...before.flatMap((one) => one.alerts), ...fresh]
  const notice = listNotice(whole, list?.tag ?? listTag(whole), `${whole.length} alerts: ${accountsIn(whole)}`)
  return { show: [notice], close: before.map((one) => one.tag).filter((tag) => tag !== notice.tag) }
}

/** One notice for what waited until now. */
export function digestOf(
  waited: readonly ShownAlert[],
  since: 'quiet-hours' | 'pause' | 'meeting',
): AlertNotice | null {
  const [only] = waited
  if (!only) return null
  if (waited.length === 1) return single(only)
  return listNotice(waited, listTag(waited), `${waited.length} alerts ${waitWords[since]}: ${accountsIn(waited)}`)
}

const waitWords = {
  'quiet-hours': 'from the quiet hours',
  pause: 'while paused',
  meeting: 'during the meeting',
} as const

/** The tag of an alert that is shown by itself; after a crash it is shown under the same. */
export function tagOf(alertId: number): string {
  return `alert-${alertId}`
}

function listTag(alerts: readonly ShownAlert[]): string {
  return `alerts-${alerts[0]?.id ?? 0}`
}

function single({ id, kind, title, body, why, urgent, ticketId }: ShownAlert): AlertNotice {
  return { tag: tagOf(id), kind, title, body: `${body}\n${why}`, urgent, alertIds: [id], ticketId }
}

function listNotice(alerts: readonly ShownAlert[], tag: string, title: string): AlertNotice {
  const lines = [...alerts].toSorted((a, b) => Number(b.urgent) - Number(a.urgent)).map((alert) => alert.title)
  const more = lines.length - mostLines
  return {
    tag,
    kind: null,
    title,
    body: [...lines.slice(0, mostLines), ...(more > 0 ? [`and ${more} more`] : [])].join('\n'),
    urgent: alerts.some((alert) => alert.urgent),
    alertIds: alerts.map((alert) => alert.id),
    ticketId: null,
  }
}

/** Names with how many of each: `Acme 4, Globex 2`. */
function accountsIn(alerts: readonly ShownAlert[]): string {
  const counts = [...Map.groupBy(alerts, (alert) => alert.account ?? 'Understudy')].map(
    ([account, ofIt]) => [account, ofIt.length] as const,
  )
  const words = counts
    .toSorted((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]))
    .map(([account, n]) => `${account} ${n}`)
  return words.length > mostNotices ? `${words.slice(0, mostNotices).join(', ')} and others` : listed(words)
}

/** What is shown under a tag once more, after it is not known whether it was: the alert by itself, or the list. */
export function noticeUnder(tag: string, alerts: readonly ShownAlert[]): AlertNotice | null {
  const [only] = alerts
  if (!only) return null
  if (alerts.length === 1 && tag === tagOf(only.id)) return single(only)
  return listNotice(alerts, tag, `${alerts.length} ${alerts.length === 1 ? 'alert' : 'alerts'}: ${accountsIn(alerts)}`)
}
