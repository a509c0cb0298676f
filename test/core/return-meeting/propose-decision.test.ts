import { describe, expect, test } from 'vitest'
import { decisionsFor } from '#core/return-meeting/decisions-for.ts'
import { proposeDecision, type ProposalFacts } from '#core/return-meeting/propose-decision.ts'
import { returnRowKinds, type ReturnRowKind } from '#core/return-meeting/return-row.ts'

const ines = { assigneeId: 11, assigneeName: 'Ines' }
const anna = { assigneeId: 12, assigneeName: 'Anna' }
const open = { status: 'open', ...ines, isOfAccount: true }

/** Ines (11) covered Acme for Anna (12). */
function facts(parts: Partial<ProposalFacts> = {}): ProposalFacts {
  return {
    ...{ accountName: 'Acme', aseId: 12, aseName: 'Anna', coverIds: new Set([11, 13]) },
    ...{ ticket: open, other: null, ...parts },
  }
}

const propose = (kind: ReturnRowKind, parts: Partial<ProposalFacts> = {}, ticketId: number | null = 101) =>
  proposeDecision({ kind, ticketId }, facts(parts))

describe('of a ticket', () => {
  test.each([
    ['open, who covers has it', {}, 'transfer', 'Assigned to Ines and open: Anna takes it.'],
    [
      'waiting, another one who covers has it',
      { ticket: { ...open, status: 'pending', assigneeId: 13, assigneeName: 'Ben' } },
      'transfer',
      'Assigned to Ben and pending: Anna takes it.',
    ],
    [
      'new, nobody has it',
      { ticket: { ...open, status: 'new', assigneeId: null, assigneeName: null } },
      'transfer',
      'Assigned to nobody and new: Anna takes it.',
    ],
    ['the ASE has it', { ticket: { ...open, ...anna } }, 'know', 'Anna has the ticket.'],
    [
      'somebody else has it',
      { ticket: { ...open, assigneeId: 77, assigneeName: 'Erik' } },
      'know',
      'Erik has the ticket, and keeps it.',
    ],
    [
      'somebody nobody knows has it',
      { ticket: { ...open, assigneeId: 77, assigneeName: null } },
      'know',
      'user 77 has the ticket, and keeps it.',
    ],
    ['solved', { ticket: { ...open, status: 'solved' } }, 'know', 'The ticket is solved.'],
    ['closed', { ticket: { ...open, status: 'closed' } }, 'know', 'The ticket is closed.'],
    ['moved away', { ticket: { ...open, isOfAccount: false } }, 'know', 'It is not Acme’s any more.'],
    ['deleted', { ticket: null }, 'know', 'The ticket is not there any more.'],
    [
      'another row of it says who has it',
      { other: { kind: 'new', decision: 'transfer' } },
      'know',
      'Decided with its row “opened”: transfer.',
    ],
  ] as const)('that is %s', (_, parts, kind, why) => {
    for (const row of ['new', 'reopened', 'breached', 'contingency-wrong', 'replied'] as const) {
      expect(propose(row, parts)).toEqual({ kind, why })
    }
  })

  test('what was promised is followed up while the ticket is open, whoever has it and whatever was decided of it', () => {
    const followUp = { kind: 'follow-up', why: 'The ticket is open: Anna sees to it.' }
    expect(propose('promised')).toEqual(followUp)
    expect(propose('promised', { ticket: { ...open, ...anna } })).toEqual(followUp)
    expect(propose('promised', { other: { kind: 'new', decision: 'transfer' } })).toEqual(followUp)
    expect(propose('promised', { ticket: { ...open, status: 'solved' } })).toMatchObject({ kind: 'know' })
  })

  test('that is gone, nothing is left but to know it, also where it came back', () => {
    expect(propose('gone', { ticket: null })).toEqual({ kind: 'know', why: 'It is not Acme’s any more.' })
    expect(propose('gone')).toEqual({ kind: 'know', why: 'It is there again.' })
  })
})

test.each([
  ['gap', 'know', 'Nobody saw it happen: look in Zendesk or GitLab where it matters.'],
  ['action-item', 'follow-up', 'Not done yet: somebody does it, and by a day.'],
  ['issue', 'know', 'Issues stay with Anna: only tickets were handed over.'],
] as const)('of %s, which is no ticket', (kind, decision, why) => {
  expect(propose(kind, { ticket: null }, null)).toEqual({ kind: decision, why })
})

test('whatever happened, what is proposed can be decided, and says why', () => {
  const statuses = ['new', 'open', 'pending', 'hold', 'solved', 'closed']
  const tickets = [
    null,
    ...statuses.flatMap((status) =>
      [null, 11, 12, 77].flatMap((assigneeId) =>
        [true, false].map((isOfAccount) => ({ status, assigneeId, assigneeName: null, isOfAccount })),
      ),
    ),
  ]
  for (const kind of returnRowKinds) {
    for (const ticketId of [null, 101]) {
      for (const ticket of tickets) {
        const proposal = propose(kind, { ticket }, ticketId)
        expect(decisionsFor({ kind, ticketId })).toContain(proposal.kind)
        expect(proposal.why).toMatch(/^\S.*\.$/)
      }
    }
  }
})
