import type { z } from 'zod'
import type {
  HandoffDetail,
  HandoffPacket,
  HandoffRow,
  HandoffTicket,
  handoffImport,
  handoffIssue,
  TicketLineValues,
} from '#contract/handoffs.ts'
import { berlin } from './coverage-fixtures.ts'
import { dayMs, hourMs, minuteMs, now } from './fixtures.ts'

/** The words of an *if … then …*. */
export function ifThen(condition: string, consequence: string): { readonly if: string; readonly then: string } {
  // oxlint-disable-next-line unicorn/no-thenable -- a text of the document, never awaited
  return { if: condition, then: consequence }
}

/** What Marta wrote of a ticket: complete. */
export function aLine(changes: Partial<TicketLineValues> = {}): TicketLineValues {
  return {
    severity: 'watcher',
    story: 'Runners drop out after the upgrade; the certificate is suspected.',
    nextAction: 'Ask for the new log',
    nextOwner: 'Tom Okafor',
    nextBy: '2026-12-08',
    contingencies: [{ id: 'c1', ...ifThen('they send the log', 'hand it to the runner team'), trigger: null }],
    nothingForeseen: false,
    askWhom: 'Priya Raman',
    ...changes,
  }
}

/** A ticket of a handoff of which nothing is written yet. */
export function aHandoffTicket(changes: Partial<HandoffTicket> = {}): HandoffTicket {
  const message = { at: now - 3 * hourMs, byName: 'Ada Meyer', words: 'It happens every night.' }
  return {
    ticketId: 4711,
    facts: {
      subject: 'Runners stay offline after the upgrade to 18.6',
      status: 'open',
      priority: 'high',
      assigneeId: 21,
      assigneeName: 'Marta Lindqvist',
      createdAt: now - 5 * dayMs,
      lastCustomer: message,
      lastPublicReply: null,
      lastNote: { at: now - 3 * dayMs, byName: 'Marta Lindqvist', words: 'The certificate has expired.' },
      clocks: [{ metric: 'next_reply_time', breachAt: now + 90 * minuteMs }],
      ccNames: ['Priya Raman'],
      issues: [{ reference: 'collab/fabrikam#9', title: 'Runner fleet', open: true }],
    },
    factsAt: now - 20_000,
    emergency: false,
    breachesBeforeReturn: true,
    iAmOn: false,
    gone: null,
    line: null,
    lineBase: 'b0',
    suggestions: [],
    missing: ['severity', 'story'],
    teachBack: null,
    verdict: null,
    reviewedAt: null,
    reviewedByName: null,
    stale: [],
    ...changes,
  }
}

/** The handoff of Fabrikam Health as a row. */
export function aHandoffRow(changes: Partial<HandoffRow> = {}): HandoffRow {
  return {
    id: 'p-marta--2',
    accountId: 2,
    accountName: 'Fabrikam Health',
    coverNames: ['Tom Okafor'],
    state: 'preparing',
    ownerWords: 'Marta Lindqvist still owns Fabrikam Health: the handoff is not accepted.',
    tickets: 3,
    prepared: 1,
    reviewed: 0,
    stale: 0,
    notReviewed: 0,
    conflicts: 0,
    ...changes,
  }
}

/** Marta's absence, in which I cover Fabrikam Health. */
export function aPacket(changes: Partial<HandoffPacket> = {}): HandoffPacket {
  return {
    absenceId: 'a-marta',
    planId: 'p-marta',
    aseId: 21,
    aseName: 'Marta Lindqvist',
    aseTimeZone: 'Europe/Stockholm',
    startsAt: berlin(12, 7),
    endsAt: berlin(12, 19),
    role: 'cover',
    phase: 'upcoming',
    accounts: [aHandoffRow()],
    ...changes,
  }
}

const noText = { value: '', base: 't0', offered: null }

/** The handoff of Fabrikam Health with three tickets, the second of which is written. I am its covering engineer. */
export function aHandoff(changes: Partial<HandoffDetail> = {}): HandoffDetail {
  const { accounts: _accounts, ...packet } = aPacket()
  const written = { line: aLine(), lineBase: 'b1', missing: [] }
  return {
    ...aHandoffRow(),
    ...packet,
    covers: [{ id: 10, name: 'Tom Okafor' }],
    lessons: [],
    texts: {
      contacts: { ...noText, value: 'Ada Meyer decides.' },
      environment: noText,
      resources: noText,
      mood: noText,
      paused: noText,
      dates: noText,
    },
    lines: [
      aHandoffTicket(),
      aHandoffTicket({ ticketId: 4712, ...written, facts: { ...aHandoffTicket().facts, subject: 'Registry is slow' } }),
      aHandoffTicket({ ticketId: 4713, facts: { ...aHandoffTicket().facts, subject: 'Backup question' }, iAmOn: true }),
    ],
    open: ['#4711 has not been said back.'],
    acceptance: null,
    hash: 'abcdef0123456789'.repeat(4),
    conflictList: [],
    now,
    ...changes,
  }
}

/** The same in the window of Marta, who writes it. */
export function myHandoff(changes: Partial<HandoffDetail> = {}): HandoffDetail {
  return aHandoff({ role: 'ase', ...changes })
}

/** What a stand-in knows of handoffs. */
export interface HandoffsState {
  packets: HandoffPacket[]
  handoffs: HandoffDetail[]
  /** How handoffs stand to their issues, where that is otherwise than in none. */
  handoffIssues: Map<string, Partial<z.infer<typeof handoffIssue>>>
  /** What taking one in changes. */
  handoffImport: z.infer<typeof handoffImport>
}

/** Marta's absence, with one account that I cover. */
export function someHandoffs(): HandoffsState {
  return {
    packets: [aPacket()],
    handoffs: [aHandoff()],
    handoffIssues: new Map(),
    handoffImport: {
      ...{ ids: ['p-marta--2'], fresh: 0, conflicts: [], unread: [] },
      changes: ['Fabrikam Health, #4711: Marta Lindqvist wrote the story.'],
    },
  }
}

/** An issue that a handoff is in, which says something new. */
export function anIssueOfIt(): Partial<z.infer<typeof handoffIssue>> {
  const url = 'https://gitlab.example.com/support/coverage/-/issues/12'
  return {
    issue: {
      ...{ projectId: 7, iid: 12, reference: 'support/coverage#12', url, state: 'opened' },
      ...{ readAt: now - dayMs, problem: null },
    },
    toSend: true,
    waiting: { changes: ['#4711: Tom Okafor said it back.'], conflicts: [] },
  }
}
