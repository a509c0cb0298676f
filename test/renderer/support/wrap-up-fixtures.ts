import type { WriteIntent } from '#contract/outbox.ts'
import type { FigureDay, ReturnFigures, ReturnTime } from '#contract/return-figures.ts'
import type { ReturnTransfer, ReturnWrapUp } from '#contract/return-wrap-up.ts'
import type { ReturnMeeting } from '#contract/returns.ts'
import { berlin } from './coverage-fixtures.ts'
import { dayMs, hourMs, now } from './fixtures.ts'

/** What a test changes of what follows the list of a return meeting. */
export interface WrapUpsState {
  /** What follows every list. */
  wrapUp: ReturnWrapUp
  /** What would be written into the issue of every absence. */
  issueIntents: WriteIntent[]
  figures: ReturnFigures
  returnTime: ReturnTime
}

/** A wrap-up in which nothing is done yet, and numbers of two weeks. */
export function someWrapUps(): WrapUpsState {
  return { wrapUp: aWrapUp(), issueIntents: [], figures: someFigures(), returnTime: aReturnTime() }
}

/** The return of Fabrikam Health, whose list is at its end. I covered it. */
export function aSettledMeeting(changes: Partial<ReturnMeeting> = {}): ReturnMeeting {
  return {
    coverageId: 'v-fabrikam',
    meetingId: 'p-marta--2',
    absenceId: 'a-marta',
    accountId: 2,
    accountName: 'Fabrikam Health',
    aseId: 21,
    aseName: 'Marta Lindqvist',
    aseTimeZone: 'Europe/Stockholm',
    covers: [
      { coverageId: 'v-fabrikam', id: 10, name: 'Tom Okafor', startsAt: berlin(11, 13, 9), endsAt: now + 2 * dayMs },
    ],
    role: 'cover',
    startsAt: berlin(11, 13, 9),
    endsAt: now + 2 * dayMs,
    stage: 'wrap-up',
    startedAt: now - hourMs,
    handedBackAt: null,
    decided: 40,
    state: 'covered',
    ...changes,
  }
}

/** A ticket that is to become Marta's, ready to be ordered. */
export function aTransfer(changes: Partial<ReturnTransfer> = {}): ReturnTransfer {
  const ticketId = changes.ticketId ?? 4711
  return {
    ticketId,
    url: `https://sample.zendesk.com/agent/tickets/${ticketId}`,
    subject: 'Runners stay offline after the upgrade to 18.6',
    status: 'open',
    assigneeName: 'Tom Okafor',
    standing: 'ready',
    refusal: '',
    note: 'Handed back to Marta Lindqvist from Tom Okafor.\n\nWhat happened:\n- Opened while you were away.',
    onCc: true,
    entries: [],
    ...changes,
  }
}

const subjects = [
  'Runners stay offline after the upgrade to 18.6',
  'Registry answers 500 for images above 2 GB',
  'Geo secondary is 40 minutes behind',
  'SAML groups are not taken over',
]

/** So many tickets that are ready, from #4711 on. */
export function someTransfers(count: number): ReturnTransfer[] {
  return Array.from({ length: count }, (_, index) =>
    aTransfer({ ticketId: 4711 + index, subject: subjects[index % subjects.length] ?? '' }),
  )
}

/** What follows the list of Fabrikam Health’s return. */
export function aWrapUp(changes: Partial<ReturnWrapUp> = {}): ReturnWrapUp {
  return {
    aseId: 21,
    aseName: 'Marta Lindqvist',
    transfers: someTransfers(2),
    call: null,
    lesson: { helped: null, missing: '' },
    contingencies: { written: 3, fired: ['#4711 Runners stay offline: they sent the log.'], wrong: [] },
    coverageIssue: null,
    orgNoteTells: false,
    notices: [
      { to: 'Your contacts at Fabrikam Health', subject: 'Marta is back', text: 'Hello,\n\nMarta is back.' },
      { to: 'The account team of Fabrikam Health', subject: 'Back', text: 'Marta has the tickets again.' },
    ],
    now,
    ...changes,
  }
}

/** Twelve days up to today, with two weekends. */
export function someDays(): FigureDay[] {
  return Array.from({ length: 12 }, (_, index) => {
    const off = [1, 2, 8, 9].includes(index)
    return {
      day: new Date(berlin(11, 13, 12) + index * dayMs).toISOString().slice(0, 10),
      working: !off,
      hours: off ? 0 : 2 + (index % 5),
      replies: off ? 0 : 1 + (index % 3),
      notes: index % 2,
      opened: index % 3 === 0 ? 1 : 0,
      solved: index % 4 === 0 ? 1 : 0,
      otherTaken: off ? 0 : index % 3,
      otherPlanned: off ? 0 : 1.8,
    }
  })
}

/** A coverage in numbers. */
export function someFigures(changes: Partial<ReturnFigures> = {}): ReturnFigures {
  return {
    accountName: 'Fabrikam Health',
    aseName: 'Marta Lindqvist',
    coverNames: ['Tom Okafor'],
    since: berlin(11, 13, 9),
    until: now,
    ticketsHandled: 14,
    opened: 4,
    solved: 3,
    transferred: 2,
    replies: 18,
    notes: 6,
    emergencies: 1,
    breached: 0,
    nearlyMissed: 2,
    breachesAvoided: 9,
    days: someDays(),
    ...changes,
  }
}

/** An hour from now, proposed. */
export function aReturnTime(changes: Partial<ReturnTime> = {}): ReturnTime {
  return {
    startsAt: now + hourMs,
    endsAt: now + 2 * hourMs,
    basis: 'overlap',
    words: 'Tue 24 Nov, 14:20 in Berlin and in Stockholm: the first hour after the absence in which both of you work.',
    ...changes,
  }
}
