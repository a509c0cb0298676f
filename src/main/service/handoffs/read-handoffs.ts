import type { HandoffDetail, HandoffPacket, HandoffRow, HandoffTicket } from '#contract/handoffs.ts'
import { changesSince } from '#core/handoff/accepted-text.ts'
import { absenceOfHandoff, handoffIdOf } from '#core/handoff/change-handoff.ts'
import { handoffConflicts, type HandoffConflict } from '#core/handoff/handoff-conflicts.ts'
import { accountTexts, type HandoffDocument } from '#core/handoff/handoff-document.ts'
import { acceptanceOf, openOf, ownerWords, progressOf, type HandoffStanding } from '#core/handoff/handoff-state.ts'
import { windowWords } from '#core/handoff/handoff-words.ts'
import { fieldPrint } from '#core/handoff/read-ticket-part.ts'
import { instantWords } from '#core/coverage/plan-words.ts'
import { shownOf } from '#core/sharing/versioned.ts'
import { handoffsOfAbsence, readHandoff, readHandoffs } from '../db/handoffs.ts'
import { findAbsence, handoffAbsences, phaseOf, roleIn, type HandoffAbsence } from './handoff-absences.ts'
import { hashOfHandoff, noSuchHandoff, wordsForHandoff, type HandoffDesk } from './handoff-desk.ts'
import { lastLesson } from './last-lesson.ts'
import { ticketsOf, type HandedTicket, type TicketsOptions } from './handoff-tickets.ts'
import { handoffBefore, prefillOf } from './prefill.ts'
import { suggestionsFor } from './suggestions.ts'

/** Absences of mine, and those in which I cover, with the handoffs of their accounts: running, upcoming, then past. */
export function packetsOf(desk: HandoffDesk): HandoffPacket[] {
  const { roster, now } = desk
  const documents = readHandoffs(desk.db).map(({ document }) => document)
  const byId = new Map(documents.map((document) => [document.id, document]))
  const order = { running: 0, upcoming: 1, past: 2 }
  return handoffAbsences(desk, documents)
    .flatMap((absence) => {
      const role = roleIn(absence, roster)
      const phase = phaseOf(absence, now)
      const accounts = absence.accountIds
        .map((accountId) => ({
          accountId,
          document: byId.get(handoffIdOf(absence.planOrAbsenceId, accountId)) ?? null,
        }))
        .filter(({ accountId, document }) => {
          const isMine = role === 'ase' || roleIn(absence, roster, accountId) === 'cover'
          return isMine && (phase !== 'past' || document !== null)
        })
        .map(({ accountId, document }) => readingOf(desk, absence, accountId, document).row)
        .toSorted((a, b) => a.accountName.localeCompare(b.accountName))
      if (role === 'other' || accounts.length === 0) return []
      return [{ ...absenceParts(absence), role, phase, accounts }]
    })
    .toSorted((a, b) =>
      a.phase === b.phase ? (a.startsAt - b.startsAt) * (a.phase === 'past' ? -1 : 1) : order[a.phase] - order[b.phase],
    )
}

/**
 * The handoff of one account with all that is in it; also of one that is not begun.
 *
 * @throws {Refusal} when it is none of an absence that is known here.
 */
export function detailOf(desk: HandoffDesk, id: string): HandoffDetail {
  const { absence, accountId, document } = subjectOf(desk, id)
  const { row, standing, tickets, conflicts } = readingOf(desk, absence, accountId, document, {
    whole: true,
    timeZone: desk.roster.me?.timeZone,
  })
  const role = roleIn(absence, desk.roster, accountId)
  const before = handoffBefore(desk.db, accountId, absence.startsAt)
  const covers = new Map(standing.covers.map((cover) => [cover.id, { id: cover.id, name: cover.name }]))
  return {
    ...row,
    ...absenceParts(absence),
    ...{ role, phase: phaseOf(absence, desk.now), covers: [...covers.values()] },
    texts: textsOf(desk, { absence, accountId, document }, before),
    lessons: lastLesson(desk.db, { id, accountId, startsAt: absence.startsAt }, absence.aseTimeZone),
    lines: tickets.map((ticket) => ({
      ...toTicket(ticket, desk, absence),
      suggestions: role === 'ase' && document ? suggestionsFor(ticket, { before, absence, now: desk.now }) : [],
    })),
    open: document ? openOf(standing) : [],
    acceptance: document && acceptanceParts(desk, absence, document),
    hash: document ? hashOfHandoff(document) : '',
    conflictList: conflicts.map((conflict) => ({ ...conflict, sides: [...conflict.sides] })),
    now: desk.now,
  }
}

/** What a handoff is about, and what is written of it. */
export interface HandoffSubject {
  readonly absence: HandoffAbsence
  readonly accountId: number
  /** Null while it is not begun. */
  readonly document: HandoffDocument | null
}

/**
 * Finds what a handoff is about, by its id.
 *
 * @throws {Refusal} when it is none of an absence that is known here.
 */
export function subjectOf(desk: HandoffDesk, id: string): HandoffSubject {
  const planOrAbsenceId = absenceOfHandoff(id)
  const document = readHandoff(desk.db, id)?.document ?? null
  const absence = findAbsence(desk, planOrAbsenceId, () => handoffsOfAbsence(desk.db, planOrAbsenceId))
  const accountId = document?.accountId ?? absence?.accountIds.find((each) => handoffIdOf(planOrAbsenceId, each) === id)
  if (!absence || accountId === undefined) throw noSuchHandoff(id)
  return { absence, accountId, document }
}

/** A handoff as it stands here and now. */
export interface HandoffReading {
  readonly row: HandoffRow
  readonly standing: HandoffStanding
  readonly tickets: readonly HandedTicket[]
  readonly conflicts: readonly HandoffConflict[]
}

/** Reads a handoff as it stands here and now. */
export function readingOf(
  desk: HandoffDesk,
  absence: HandoffAbsence,
  accountId: number,
  document: HandoffDocument | null,
  options: TicketsOptions = {},
): HandoffReading {
  const { roster, now } = desk
  const tickets = ticketsOf(desk, absence, accountId, document, options)
  const conflicts = document ? handoffConflicts(document, wordsForHandoff(document, desk)) : []
  const account = roster.accounts.find(({ id }) => id === accountId)
  const standing: HandoffStanding = {
    ...{ document, tickets: tickets.map((ticket) => ticket.standing), aseName: absence.aseName },
    accountName: account?.name ?? document?.names.account ?? `Organization ${accountId}`,
    ...{ covers: absence.coversOf(accountId), absence, conflicts: conflicts.length, now },
    instant: instantFor(desk, absence),
  }
  const active = standing.tickets.filter((ticket) => ticket.active)
  const isAccepted = acceptanceOf(standing) !== null
  const row: HandoffRow = {
    id: handoffIdOf(absence.planOrAbsenceId, accountId),
    ...{ accountId, accountName: standing.accountName },
    coverNames: [...new Set(standing.covers.map(({ name }) => name))],
    state: progressOf(standing),
    ownerWords: ownerWords(standing),
    tickets: active.length,
    prepared: active.filter(({ missing }) => missing.length === 0).length,
    reviewed: active.filter(({ reviewed }) => reviewed).length,
    stale: standing.tickets.filter(({ stale }) => stale).length,
    notReviewed: isAccepted ? active.filter(({ reviewed }) => !reviewed).length : 0,
    conflicts: conflicts.length,
  }
  return { row, standing, tickets, conflicts }
}

function absenceParts(absence: HandoffAbsence) {
  const { id, planId, aseId, aseName, aseTimeZone, startsAt, endsAt } = absence
  return { absenceId: id, planId, aseId, aseName, aseTimeZone, startsAt, endsAt }
}

/** Instants by the clock of whoever reads; said where that is another one than the ASE's. */
function instantFor({ roster }: HandoffDesk, { aseTimeZone }: HandoffAbsence): (at: number) => string {
  const timeZone = roster.me?.timeZone ?? aseTimeZone
  return (at) => `${instantWords(at, timeZone)}${timeZone === aseTimeZone ? '' : ', your time'}`
}

function textsOf(
  desk: HandoffDesk,
  { absence, accountId, document }: HandoffSubject,
  before: HandoffDocument | null,
): HandoffDetail['texts'] {
  const known = prefillOf(desk.db, accountId, before, absence.aseTimeZone)
  const texts = accountTexts.map((name) => {
    const field = document?.texts[name] ?? []
    const value = shownOf(field)?.value ?? ''
    const offered = known[name]
    const isNews = offered && offered.value.trim() !== value.trim() && (offered.isPage || value.trim() === '')
    return [
      name,
      { value, base: fieldPrint(field), offered: isNews ? { value: offered.value, from: offered.from } : null },
    ] as const
  })
  return Object.fromEntries(texts) as HandoffDetail['texts']
}

function toTicket(
  ticket: HandedTicket,
  { roster }: HandoffDesk,
  absence: HandoffAbsence,
): Omit<HandoffTicket, 'suggestions'> {
  const { ticketId, part, reading, known, facts, gone, stale, standing } = ticket
  const { line, teachBack, verdict, reviewed } = reading
  return {
    ticketId,
    facts,
    factsAt: known?.factsAt ?? null,
    emergency: known?.emergency ?? false,
    breachesBeforeReturn: (facts.clocks[0]?.breachAt ?? Infinity) < absence.endsAt,
    iAmOn: roster.me !== null && !!known?.people.includes(roster.me.id),
    gone,
    line: line?.value ?? null,
    lineBase: fieldPrint(part?.line ?? []),
    missing: standing.active ? [...standing.missing] : [],
    teachBack: teachBack && {
      words: teachBack.value.words,
      byName: teachBack.value.speaker.name,
      at: teachBack.at,
      current: teachBack.current,
    },
    verdict: verdict && {
      accepted: verdict.value.accepted,
      words: verdict.value.words,
      byName: verdict.value.speaker.name,
      at: verdict.at,
      current: verdict.current,
    },
    reviewedAt: reviewed?.at ?? null,
    reviewedByName: reviewed?.by ?? null,
    stale: [...stale],
  }
}

function acceptanceParts(
  desk: HandoffDesk,
  absence: HandoffAbsence,
  document: HandoffDocument,
): HandoffDetail['acceptance'] {
  const said = shownOf(document.acceptance)
  if (!said) return null
  const { state, words, speaker, hash } = said.value
  const terms = wordsForHandoff(document, desk)
  const window = shownOf(document.window)?.value
  const isMoved = window?.startsAt !== absence.startsAt || window.endsAt !== absence.endsAt
  const moved = state === 'accepted' && isMoved ? [`The absence is ${windowWords(absence, terms)} now.`] : []
  const changed = changesSince(said.value, document, hashOfHandoff(document), terms)
  return {
    ...{ state, words, hash },
    byName: speaker.name,
    at: said.at,
    changedSince: [...new Set([...moved, ...changed])],
  }
}
