import { Temporal } from 'temporal-polyfill'
import type { InstantMs, Window } from '../instant.ts'
import type { OnCallPolicy } from '../policy/policy.ts'

/** What the message to the manager speaks of; names where the rule has ids. */
export interface SwapFacts {
  readonly engineerName: string
  /** The engineer's zone: every time in the message is one of theirs. */
  readonly timeZone: string
  readonly shift: Window & { readonly title: string }
  readonly overlaps: readonly (Window & { readonly accountNames: readonly string[] })[]
  /** What accounts these are covered for: the windows of the coverages, with whom they stand in for. */
  readonly coverages: readonly (Window & { readonly accountName: string; readonly aseName: string | null })[]
  readonly policy: OnCallPolicy
}

/** The message that asks the manager for another engineer (rule 2), ready to send. */
export function swapMessage(facts: SwapFacts): { readonly subject: string; readonly text: string } {
  const { engineerName, timeZone, shift, overlaps, coverages, policy } = facts
  const span = (window: Window) => spanWords(window, timeZone)
  const most = Math.max(0, ...overlaps.map(({ accountNames }) => accountNames.length))
  const covered = coverages.map(
    (each) => `- ${each.accountName}${each.aseName === null ? '' : ` for ${each.aseName}`}: ${span(each)}`,
  )
  const overlapping = overlaps.map((each) => `- ${span(each)}: ${each.accountNames.join(', ')}`)
  return {
    subject: `On-call swap needed: ${engineerName}, ${span(shift)}`,
    text: [
      `During my on-call shift “${shift.title}” I cover ${accountWords(most)} at the same time. We need another engineer to take it over.`,
      '',
      `Shift: ${span(shift)} (${timeZone})`,
      '',
      'I cover:',
      ...covered,
      '',
      'The shift overlaps with:',
      ...overlapping,
      '',
      `Until somebody takes the shift, I am on duty.`,
      '',
      policy.source,
    ].join('\n'),
  }
}

/** An instant as people write it, by the clocks of a zone: `Mon 21 Dec 2026 17:00`. */
export function instantWords(at: InstantMs, timeZone: string): string {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone)
  const day = dayNames[local.dayOfWeek - 1] ?? ''
  return `${day} ${local.day} ${monthNames[local.month - 1] ?? ''} ${local.year} ${local.toPlainTime().toString().slice(0, 5)}`
}

/** A window as people write it; a day that both ends lie on is written once. */
export function spanWords({ startsAt, endsAt }: Window, timeZone: string): string {
  const [from, to] = [instantWords(startsAt, timeZone), instantWords(endsAt, timeZone)]
  const clock = to.slice(-5)
  return from.slice(0, -5) === to.slice(0, -5) ? `${from}–${clock}` : `${from} – ${to}`
}

/** The accounts covered at once, in words. */
export function accountWords(count: number): string {
  return `${count} ${count === 1 ? 'account' : 'accounts'}`
}

const dayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
