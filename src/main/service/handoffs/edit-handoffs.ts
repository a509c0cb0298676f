import { randomUUID } from 'node:crypto'
import type { TicketLineValues } from '#contract/handoffs.ts'
import {
  createHandoff,
  handoffIdOf,
  putAcceptance,
  putLine,
  putReviewed,
  putTeachBack,
  putText,
  putVerdict,
  putWindow,
  withCovers,
} from '#core/handoff/change-handoff.ts'
import { resolveHandoff } from '#core/handoff/handoff-conflicts.ts'
import {
  accountTexts,
  type Acceptance,
  type AccountText,
  type HandoffDocument,
  type Speaker,
} from '#core/handoff/handoff-document.ts'
import { openOf } from '#core/handoff/handoff-state.ts'
import { fieldPrint } from '#core/handoff/read-ticket-part.ts'
import { isConflict, shownOf, type Writing } from '#core/sharing/versioned.ts'
import { readTicket } from '../db/read-tickets.ts'
import { handoffsOfAbsence, readHandoff, storeHandoffs } from '../db/handoffs.ts'
import { Refusal } from '../refusal.ts'
import { findAbsence, phaseOf, roleIn, type HandoffAbsence } from './handoff-absences.ts'
import { hashOfHandoff, noSuchHandoff, wordsForHandoff, type HandoffDesk } from './handoff-desk.ts'
import { ticketsOf, unknownFacts } from './handoff-tickets.ts'
import { handoffBefore, prefillOf } from './prefill.ts'
import { readingOf, subjectOf } from './read-handoffs.ts'

interface OneHandoff {
  readonly handoffId: string
}

interface OneTicket extends OneHandoff {
  readonly ticketId: number
}

/** Who speaks, where that is not whoever is signed in: two people at one screen. */
interface Spoken {
  readonly speaker?: { readonly id: number } | undefined
}

/**
 * Begins the handoffs of an absence that are not begun: all of them for its ASE, with what the account pages know filled in; those that
 * they cover for somebody else, who fills in nothing that is the ASE's to say.
 *
 * @returns the ids of all of them, also of those that were begun before.
 */
export function beginHandoffs(desk: HandoffDesk, absenceId: string): string[] {
  const { db, roster, now } = desk
  const absence = findAbsence(desk, absenceId, () => handoffsOfAbsence(db, absenceId))
  if (!absence) {
    const missing = { what: 'absence', id: absenceId }
    throw new Refusal('not-found', 'This absence is not known here, or was taken away.', { missing })
  }
  if (phaseOf(absence, now) === 'past') throw refusal('This absence is over: there is nothing to hand over any more.')
  const isAse = roleIn(absence, roster) === 'ase'
  const accountIds = absence.accountIds.filter((id) => isAse || roleIn(absence, roster, id) === 'cover')
  if (accountIds.length === 0) {
    throw refusal(
      isAse
        ? 'You are the ASE of no account here. Follow your accounts first.'
        : `Only ${absence.aseName}, or who covers for them, begins this handoff.`,
    )
  }
  const ids = accountIds.map((accountId) => handoffIdOf(absence.planOrAbsenceId, accountId))
  const begun = accountIds
    .filter((_, index) => readHandoff(db, ids[index] ?? '') === undefined)
    .map((accountId) => begunHandoff(desk, absence, accountId, isAse))
  if (begun.length > 0) storeHandoffs(db, begun, now)
  return ids
}

function begunHandoff(desk: HandoffDesk, absence: HandoffAbsence, accountId: number, isAse: boolean) {
  const { db, roster, now } = desk
  const author = randomUUID()
  const writing = { author, by: roster.me?.name ?? null, at: now }
  const { planOrAbsenceId, aseId, aseName, aseTimeZone, startsAt, endsAt } = absence
  const account = roster.accounts.find(({ id }) => id === accountId)?.name ?? `Organization ${accountId}`
  const names = { ase: aseName, aseTimeZone, account, covers: namesOf(absence, accountId) }
  const blank = createHandoff(
    { ...{ planOrAbsenceId, aseId, accountId, names }, window: { startsAt, endsAt } },
    writing,
  )
  const known = isAse ? prefillOf(db, accountId, handoffBefore(db, accountId, startsAt), aseTimeZone) : {}
  const document = accountTexts.reduce((so, name) => {
    const text = known[name]
    return text ? putText(so, name, text.value, writing) : so
  }, blank)
  return { document, author }
}

/**
 * Stores what was typed of a ticket.
 *
 * @returns what names its state now.
 */
export function saveLine(
  desk: HandoffDesk,
  input: OneTicket & { readonly line: TicketLineValues; readonly base: string },
): string {
  const { handoffId, ticketId, line, base } = input
  const after = edit(desk, handoffId, ({ document, absence, writing }) => {
    assertAse(desk, absence)
    const known = document.tickets[ticketId]
    if (!known && readTicket(desk.db, ticketId)?.organizationId !== document.accountId) throw noSuchTicket(ticketId)
    assertState(known?.line ?? [], base, () => wordsForHandoff(document, desk).ticket(ticketId))
    return putLine(document, ticketId, line, writing)
  })
  return fieldPrint(after.tickets[ticketId]?.line ?? [])
}

/**
 * Stores what was typed of the account.
 *
 * @returns what names its state now.
 */
export function saveText(
  desk: HandoffDesk,
  input: OneHandoff & { readonly text: AccountText; readonly value: string; readonly base: string },
): string {
  const { handoffId, text, value, base } = input
  const after = edit(desk, handoffId, ({ document, writing }) => {
    assertState(document.texts[text] ?? [], base, () => 'This text')
    return putText(document, text, value, writing)
  })
  return fieldPrint(after.texts[text] ?? [])
}

/** Stores what was said back of a ticket, and that it was gone over as it is now. */
export function teachBack(desk: HandoffDesk, input: OneTicket & Spoken & { readonly words: string }): void {
  edit(desk, input.handoffId, (editing) => {
    const speaker = coverSpeaking(editing, input)
    const said = putTeachBack(
      editing.document,
      input.ticketId,
      { words: input.words, speaker },
      spokenBy(editing, speaker),
    )
    if (!said) throw refusal(`Nothing is written of this ticket yet. ${editing.absence.aseName} writes its line first.`)
    return goneOver(desk, { ...editing, document: said, writing: spokenBy(editing, speaker) }, input.ticketId)
  })
}

/** Stores the ASE's answer to a teach-back. */
export function judge(
  desk: HandoffDesk,
  input: OneTicket & Spoken & { readonly accepted: boolean; readonly words: string },
): void {
  const { ticketId, accepted, words } = input
  if (!accepted && words === '') throw refusal('Say what is missing, or what was meant.')
  edit(desk, input.handoffId, (editing) => {
    const speaker = aseSpeaking(editing, input)
    const judged = putVerdict(editing.document, ticketId, { accepted, words, speaker }, spokenBy(editing, speaker))
    if (judged) return judged
    throw refusal('What was said back is not of the line as it is now. Have it said back again.')
  })
}

/** Stores that a ticket was gone over as it is now. */
export function review(desk: HandoffDesk, { handoffId, ticketId }: OneTicket): void {
  edit(desk, handoffId, (editing) => goneOver(desk, editing, ticketId))
}

/** Accepts exactly what `hash` names, puts it off with a reason, or takes back what was said. */
export function accept(
  desk: HandoffDesk,
  input: OneHandoff & Spoken & Pick<Acceptance, 'state' | 'hash' | 'words'>,
): void {
  const { state, hash, words } = input
  edit(desk, input.handoffId, (editing) => {
    const { document, absence, accountId } = editing
    const speaker = state === 'accepted' ? coverSpeaking(editing, input) : anySpeaking(editing, input)
    if (state === 'accepted') {
      if (phaseOf(absence, desk.now) === 'past')
        throw refusal('The absence is over: there is nothing to accept any more.')
      if (hash !== hashOfHandoff(document)) {
        throw refusal('Something was written meanwhile: look at it, then accept.')
      }
      const open = openOf(readingOf(desk, absence, accountId, document).standing)
      if (open.length > 0) throw refusal(`This cannot be accepted yet. ${open.join(' ')}`)
    }
    if (state === 'delayed' && words === '') throw refusal('Say why it is put off.')
    const before = shownOf(document.acceptance)?.value.state
    if (state === 'withdrawn' && (before === undefined || before === 'withdrawn')) {
      throw refusal('This handoff is neither accepted nor put off.')
    }
    return putAcceptance(document, { state, hash, words, speaker }, spokenBy(editing, speaker))
  })
}

/** Chooses one side of a conflict by its place. */
export function resolve(
  desk: HandoffDesk,
  { handoffId, field, side }: OneHandoff & { readonly field: string; readonly side: number },
): void {
  edit(desk, handoffId, ({ document, writing }) => {
    const resolved = resolveHandoff(document, field, side, writing)
    if (resolved) return resolved
    throw refusal('This is not in conflict any more, or has no such side. Look at the handoff again.')
  })
}

/** A handoff while somebody changes it. */
interface Editing {
  readonly document: HandoffDocument
  readonly absence: HandoffAbsence
  readonly accountId: number
  readonly me: Speaker
  readonly writing: Writing
}

function edit(desk: HandoffDesk, handoffId: string, change: (editing: Editing) => HandoffDocument): HandoffDocument {
  const { db, roster, now } = desk
  const stored = readHandoff(db, handoffId)
  if (!stored) throw noSuchHandoff(handoffId)
  const { absence, accountId } = subjectOf(desk, handoffId)
  const role = roleIn(absence, roster, accountId)
  if (roster.me === null || role === 'other') {
    throw refusal(`Only ${absence.aseName} and who covers for them write in this handoff.`)
  }
  const writing = { author: stored.author, by: roster.me.name, at: now }
  const changed = change({ document: stored.document, absence, accountId, me: roster.me, writing })
  // Only one writes when they are away: another one's plan may be older.
  const placed = role === 'ase' ? putWindow(changed, absence, writing) : changed
  const document = withCovers(placed, namesOf(absence, accountId))
  if (JSON.stringify(document) !== JSON.stringify(stored.document)) {
    storeHandoffs(db, [{ document, author: stored.author }], now)
  }
  return document
}

/** That whoever is at this machine, or speaks at it, went over a ticket as it is now. */
function goneOver(desk: HandoffDesk, { document, absence, accountId, writing }: Editing, ticketId: number) {
  const ticket = ticketsOf(desk, absence, accountId, document).find((each) => each.ticketId === ticketId)
  if (!ticket && !document.tickets[ticketId]) throw noSuchTicket(ticketId)
  return putReviewed(document, ticketId, ticket?.facts ?? unknownFacts, writing)
}

function assertAse({ roster }: HandoffDesk, { aseId, aseName }: HandoffAbsence): void {
  if (roster.me?.id !== aseId) throw refusal(`Only ${aseName} writes this: it is their judgement.`)
}

/** That what is to be overwritten is what whoever writes has seen. */
function assertState(field: Parameters<typeof fieldPrint>[0], base: string, what: () => string): void {
  if (fieldPrint(field) !== base) {
    throw refusal(`${what()} was written elsewhere meanwhile. Look at what stands there now, then go on.`)
  }
  if (isConflict(field)) throw refusal(`${what()} was written twice. Choose one of the two first.`)
}

function coverSpeaking({ absence, accountId, me }: Editing, { speaker }: Spoken): Speaker {
  const id = speaker?.id ?? me.id
  const cover = absence.coversOf(accountId).find((each) => each.id === id)
  if (cover) return cover
  throw refusal(
    speaker
      ? 'Whoever speaks does not cover this account. Choose who does.'
      : 'Only who covers this account says this. In a meeting at one screen, say who speaks.',
  )
}

function aseSpeaking({ absence, me }: Editing, { speaker }: Spoken): Speaker {
  if ((speaker?.id ?? me.id) === absence.aseId) return { id: absence.aseId, name: absence.aseName }
  throw refusal(`Only ${absence.aseName} answers this. In a meeting at one screen, say who speaks.`)
}

function anySpeaking(editing: Editing, spoken: Spoken): Speaker {
  const id = spoken.speaker?.id ?? editing.me.id
  return id === editing.absence.aseId ? aseSpeaking(editing, spoken) : coverSpeaking(editing, spoken)
}

/** What is said at this machine is written by who said it. */
function spokenBy({ writing }: Editing, { name }: Speaker): Writing {
  return { ...writing, by: name }
}

function namesOf(absence: HandoffAbsence, accountId: number): Record<string, string> {
  return Object.fromEntries(absence.coversOf(accountId).map(({ id, name }) => [id, name]))
}

function noSuchTicket(ticketId: number): Refusal {
  const missing = { what: 'ticket', id: String(ticketId) }
  return new Refusal('not-found', `Ticket ${ticketId} is none of this handoff.`, { missing })
}

function refusal(words: string): Refusal {
  return new Refusal('refused', words)
}
