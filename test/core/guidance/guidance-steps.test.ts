import { describe, expect, test } from 'vitest'
import type { GuidanceFacts } from '#core/guidance/find-cell.ts'
import { guidanceSteps } from '#core/guidance/guidance-steps.ts'
import { guideTicket } from '#core/guidance/guide-ticket.ts'
import { guidanceSituations, guidanceStepIds } from '#core/policy/policy.ts'
import { policyOf } from '#test/support/policy-of.ts'
import { aWorkspace, dayMs, hourMs, wednesday } from '#test/support/work-values.ts'

const workspace = aWorkspace()
const [acme] = workspace.accounts

type Parts = Omit<Partial<GuidanceFacts>, 'ticket'> & { readonly ticket?: Partial<GuidanceFacts['ticket']> }

function stepsOf({ ticket, ...parts }: Parts = {}, onCc = false) {
  const facts: GuidanceFacts = {
    ticket: {
      status: 'open',
      createdAt: wednesday - hourMs,
      assigneeId: 12,
      assigneeName: 'Anna',
      clocks: [],
      emergency: false,
      ...ticket,
    },
    account: acme ?? null,
    people: workspace.people.map((person) => (person.id === 12 ? { ...person, slackHandle: '@anna' } : person)),
    absences: workspace.absences,
    coverages: workspace.coverages,
    meId: 11,
    onCall: false,
    preAseChoice: null,
    now: wednesday,
    policy: policyOf('2025-04'),
    aseOnlineAt: wednesday + dayMs,
    aseHasDayOff: false,
    formatInstant: String,
    ...parts,
  }
  return guidanceSteps(guideTicket(facts), facts, { id: 101, subject: 'It is {url} slow', url: 'https://z/101', onCc })
}

const ids = (parts: Parts) => stepsOf(parts).map(({ id }) => id)

describe('the steps of a ticket I cover', () => {
  test('lead to the ticket, put me on Cc and leave the ASE as they are', () => {
    expect(stepsOf()).toMatchObject([
      { id: 'answer', kind: 'open', url: 'https://z/101' },
      { id: 'cc-me', kind: 'change', change: { kind: 'add-cc', ticketId: 101 }, done: false },
      { id: 'leave-ase', kind: 'do', words: 'Leave Anna as the assignee' },
    ])
  })

  test('know that I am on Cc already', () => {
    expect(stepsOf({}, true)[1]).toMatchObject({ id: 'cc-me', done: true })
  })

  test('assign it to the ASE where nobody has it, or somebody else', () => {
    const change = { kind: 'assign', ticketId: 101, assigneeId: 12 }
    expect(ids({ ticket: { assigneeId: null } })).toEqual(['answer', 'cc-me', 'assign-ase'])
    expect(stepsOf({ ticket: { assigneeId: 99 } })[0]).toMatchObject({ id: 'assign-ase', change })
  })
})

describe('the steps of an emergency', () => {
  test('give the ping with the ASE’s Slack handle, and the brief', () => {
    const [ping, tell] = stepsOf({ ticket: { emergency: true }, role: 'on-call' })
    expect(ping).toMatchObject({ id: 'ping-ase', kind: 'copy', words: 'Ping Anna in the emergency’s Slack thread' })
    expect(ping).toHaveProperty(
      'text',
      '@anna emergency from Acme: #101 “It is {url} slow”. The on-call engineer is the DRI; this is to let you know. https://z/101',
    )
    expect(tell).toMatchObject({ id: 'tell-cover', kind: 'copy', words: 'Tell Ines, who covers Acme' })
    // Without a handle it is the name.
    expect(tell).toHaveProperty('text', expect.stringMatching(/^Ines you cover Acme while Anna is away: #101 /))
  })

  test('tell nobody who covers where nobody does', () => {
    const parts = { ticket: { emergency: true }, role: 'on-call', coverages: [] } as const
    expect(ids(parts)).toEqual(['ping-ase', 'brief', 'answer', 'capture'])
  })
})

test('of a ticket from before the ASE, there is a question to copy, and what was chosen', () => {
  const account = acme ? { ...acme, aseSince: wednesday } : null
  const parts = { account, ticket: { assigneeId: 99 } }
  const [question, choice, leave] = stepsOf(parts)
  expect(question).toMatchObject({ kind: 'copy', text: expect.stringContaining('Anna has become') as string })
  expect(choice).toMatchObject({ kind: 'choice', choice: null })
  expect(leave).toMatchObject({ kind: 'do' })
  expect(stepsOf({ ...parts, preAseChoice: 'ase' })).toMatchObject([
    { kind: 'handover' },
    { kind: 'change', change: { kind: 'assign', assigneeId: 12 } },
    { kind: 'choice', choice: 'ase' },
  ])
})

test.each(['2025-04', '2026-08'] as const)('every step is in some advice of the edition of %s', (version) => {
  const { guidance } = policyOf(version)
  const used = new Set(guidanceSituations.flatMap((situation) => guidance[situation].steps))
  expect([...used].toSorted()).toEqual([...guidanceStepIds].toSorted())
})
