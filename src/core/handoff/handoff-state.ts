import { isWithin, type InstantMs, type Window } from '../instant.ts'
import { isConflict, shownOf, type Sibling } from '../sharing/versioned.ts'
import type { Acceptance, HandoffDocument, Severity } from './handoff-document.ts'

/** How far the handoff of an account is. */
export type HandoffProgress = 'not-begun' | 'preparing' | 'prepared' | 'in-review' | 'accepted' | 'delayed'

/** How far a ticket of a handoff is. */
export interface TicketStanding {
  readonly ticketId: number
  /** Whether it is worked on still; one that is not needs nothing. */
  readonly active: boolean
  readonly severity: Severity | null
  /** What its line lacks. */
  readonly missing: readonly string[]
  readonly teachBack: { readonly current: boolean } | null
  readonly verdict: { readonly accepted: boolean; readonly current: boolean } | null
  readonly reviewed: boolean
  readonly stale: boolean
}

/** A handoff with what surrounds it. */
export interface HandoffStanding {
  /** Null while it is not begun. */
  readonly document: HandoffDocument | null
  readonly tickets: readonly TicketStanding[]
  readonly aseName: string
  readonly accountName: string
  /** Who accepted to cover the account in this absence, by the start. */
  readonly covers: readonly (Window & {
    readonly id: number
    readonly name: string
    /** When the account was handed back; left out or null before. */
    readonly handedBackAt?: InstantMs | null
  })[]
  readonly absence: Window
  readonly conflicts: number
  readonly now: InstantMs
  /** Writes an instant for whoever reads. */
  readonly instant: (at: InstantMs) => string
}

/** How far it is. What somebody accepted who covers the account no more does not count. */
export function progressOf(standing: HandoffStanding): HandoffProgress {
  const { document, tickets } = standing
  if (!document) return 'not-begun'
  if (acceptanceOf(standing)) return 'accepted'
  if (saidOf(document)?.value.state === 'delayed') return 'delayed'
  if (tickets.some(({ teachBack, reviewed }) => teachBack || reviewed)) return 'in-review'
  return tickets.every(({ active, missing }) => !active || missing.length === 0) ? 'prepared' : 'preparing'
}

/** The acceptance that counts; null where none does. */
export function acceptanceOf({
  document,
  covers,
}: Pick<HandoffStanding, 'document' | 'covers'>): Sibling<Acceptance> | null {
  const said = document ? saidOf(document) : null
  if (!document || said?.value.state !== 'accepted' || isConflict(document.acceptance)) return null
  return covers.some(({ id }) => id === said.value.speaker.id) ? said : null
}

/** What has to be done before a handoff can be accepted, a sentence each. */
export function openOf(standing: HandoffStanding): string[] {
  const { aseName, accountName, covers, conflicts } = standing
  const active = standing.tickets.filter((ticket) => ticket.active)
  const which = (fits: (ticket: TicketStanding) => boolean) => active.filter(fits).map(({ ticketId }) => ticketId)
  const isToSay = ({ severity }: TicketStanding) => severity !== 'stable'
  const incomplete = which(({ missing }) => missing.length > 0)
  const unsaid = which((ticket) => isToSay(ticket) && ticket.missing.length === 0 && !ticket.teachBack?.current)
  const unanswered = which((ticket) => isToSay(ticket) && !!ticket.teachBack?.current && !ticket.verdict?.current)
  const corrected = which(({ verdict }) => !!verdict?.current && !verdict.accepted)
  const unseen = which((ticket) => !isToSay(ticket) && ticket.missing.length === 0 && !ticket.reviewed)
  const stale = which((ticket) => ticket.stale)
  return [
    ...(covers.length === 0 ? [`Nobody has accepted to cover ${accountName}.`] : []),
    ...(conflicts > 0 ? [`Written twice: ${count(conflicts, 'part')}. Choose a side of each.`] : []),
    ...about(incomplete, 'Not fully written'),
    ...about(unsaid, 'To be said back'),
    ...about(unanswered, `To be answered by ${aseName}`),
    ...about(corrected, 'To be said back again, after a correction'),
    ...about(unseen, 'To be gone over'),
    ...about(stale, 'Changed since they were gone over'),
  ]
}

/** Who owns the account now, in a sentence. */
export function ownerWords(standing: HandoffStanding): string {
  const { document, aseName, accountName, covers, absence, now, instant } = standing
  if (now >= absence.endsAt) return `${aseName}’s absence is over: ${accountName} is ${aseName}’s again.`
  const backAt = covers.map(({ handedBackAt }) => handedBackAt ?? null)
  const lastBackAt = backAt.at(-1) ?? null
  if (lastBackAt !== null && !backAt.includes(null)) {
    return `${accountName} was handed back to ${aseName} on ${instant(lastBackAt)}.`
  }
  const still = `${aseName} still owns ${accountName}`
  if (!document) return `${still}: the handoff is not begun.`
  const said = saidOf(document)
  if (!acceptanceOf(standing)) {
    if (isConflict(document.acceptance)) return `${still}: copies of the handoff disagree on whether it is accepted.`
    if (said?.value.state === 'accepted') {
      return `${still}: ${said.value.speaker.name} accepted the handoff, and does not cover it any more.`
    }
    if (said?.value.state === 'delayed') return `${still}: the handoff is put off. “${said.value.words}”`
    if (said) return `${still}: the acceptance was taken back.`
    return `${still}: the handoff is not accepted.`
  }
  const running = covers.find((cover) => isWithin(now, cover))
  if (running) return `${running.name} covers ${accountName} until ${instant(running.endsAt)}.`
  const next = covers.find(({ startsAt }) => startsAt > now)
  if (next) return `${next.name} takes ${accountName} over on ${instant(next.startsAt)}.`
  return `${still}: nobody covers it any more.`
}

function saidOf({ acceptance }: HandoffDocument): Sibling<Acceptance> | null {
  return shownOf(acceptance) ?? null
}

/** Tickets that are named where more wait; the others are counted. */
const mostNamed = 6

function about(ids: readonly number[], what: string): string[] {
  if (ids.length === 0) return []
  const more = ids.length - mostNamed
  return [
    `${what}: ${count(ids.length, 'ticket')}, ${ids.slice(0, mostNamed).join(', ')}${more > 0 ? ` and ${more} more` : ''}.`,
  ]
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
