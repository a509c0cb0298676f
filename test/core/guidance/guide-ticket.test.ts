import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { GuidanceFacts } from '#core/guidance/find-cell.ts'
import { guideTicket } from '#core/guidance/guide-ticket.ts'
import { guidanceSituations, type GuidanceSituation } from '#core/policy/policy.ts'
import { policyOf } from '#test/support/policy-of.ts'
import { aWorkspace, dayMs, hourMs, wednesday } from '#test/support/work-values.ts'

const workspace = aWorkspace()
const [acme, borealis, cormorant] = workspace.accounts
const soon = { metric: 'next_reply_time', stage: 'active', breachAt: wednesday + hourMs }
const missed = { ...soon, breachAt: wednesday - hourMs }

type Facts = Omit<Partial<GuidanceFacts>, 'ticket'> & { readonly ticket?: Partial<GuidanceFacts['ticket']> }

function facts({ ticket, ...parts }: Facts = {}): GuidanceFacts {
  return {
    ticket: {
      status: 'open',
      createdAt: wednesday - hourMs,
      assigneeId: (parts.account === undefined ? acme : parts.account)?.aseId ?? null,
      assigneeName: 'Somebody Else',
      clocks: [],
      emergency: false,
      ...ticket,
    },
    account: acme ?? null,
    people: workspace.people,
    absences: workspace.absences,
    coverages: workspace.coverages,
    meId: 11,
    onCall: false,
    preAseChoice: null,
    now: wednesday,
    policy: policyOf('2025-04'),
    aseOnlineAt: wednesday + dayMs,
    aseHasDayOff: false,
    formatInstant: (instant) => new Date(instant).toISOString(),
    ...parts,
  }
}

const situationOf = (parts: Facts) => guideTicket(facts(parts)).situation

const mine = borealis ?? null
const bens = cormorant ?? null
const iAmAway = [{ id: 'me', personId: 11, startsAt: wednesday - dayMs, endsAt: wednesday + dayMs }]
const benIsAway = [{ id: 'ben', personId: 13, startsAt: wednesday - dayMs, endsAt: wednesday + dayMs }]

const early = acme ? { ...acme, aseSince: wednesday } : null
const byPolicy = policyOf('2026-08')
const covered = [{ id: 'c', absenceId: 'ben', accountId: 3, coverId: 12, startsAt: 0, endsAt: wednesday + dayMs }]
const isEmergency = { ticket: { emergency: true } }

/** For each situation facts that lead to it. */
const examples: Record<GuidanceSituation, Facts> = {
  finished: { ticket: { status: 'solved' } },
  emergency: { ...isEmergency, account: bens },
  'emergency-covered': { ...isEmergency, account: bens, coverages: covered },
  'emergency-on-call': { ...isEmergency, account: bens, onCall: true },
  'emergency-on-call-covered': { ...isEmergency, account: bens, coverages: covered, onCall: true },
  'emergency-covering': isEmergency,
  'emergency-own': { ...isEmergency, account: mine },
  'emergency-without-ase': { ...isEmergency, account: null },
  'unassigned-account': { account: null },
  'pre-ase': { account: early, ticket: { assigneeId: 99 } },
  'pre-ase-asked': { account: early, ticket: { assigneeId: 99 }, preAseChoice: 'asked' },
  'pre-ase-chosen': { account: early, ticket: { assigneeId: 99 }, preAseChoice: 'ase' },
  'pre-ase-kept': { account: early, ticket: { assigneeId: 99 }, preAseChoice: 'assignee' },
  'covering-new': { ticket: { status: 'new' } },
  'covering-breach': { ticket: { clocks: [soon] } },
  covering: {},
  'covering-elsewhere': { ticket: { assigneeId: 99 } },
  'own-away': {
    account: mine,
    absences: iAmAway,
    coverages: covered.map((coverage) => ({ ...coverage, accountId: 2 })),
  },
  'own-uncovered': { account: mine, absences: iAmAway },
  'own-breach': { account: mine, absences: [], ticket: { clocks: [missed] } },
  own: { account: mine, absences: [] },
  'own-by-priority': { account: mine, absences: [], ticket: { assigneeId: null }, policy: byPolicy },
  'own-elsewhere': { account: mine, absences: [], ticket: { assigneeId: 99 } },
  'org-note': { account: bens, ticket: { assigneeId: 99 }, policy: byPolicy },
  'new-unassigned': { account: bens, ticket: { status: 'new', assigneeId: null } },
  'ase-away': { account: bens, absences: benIsAway, coverages: covered },
  'ase-away-breach': { account: bens, absences: benIsAway, coverages: covered, ticket: { clocks: [soon] } },
  uncovered: { account: bens, absences: benIsAway },
  'uncovered-breach': { account: bens, absences: benIsAway, ticket: { clocks: [soon] } },
  'breach-before-online': { account: bens, ticket: { clocks: [soon] } },
  missed: { account: bens, ticket: { clocks: [missed] } },
  'ase-online': { account: bens },
}

describe('each situation of the policy', () => {
  test.each(guidanceSituations)('%s is reached, with its own words and source in both editions', (situation) => {
    const given = examples[situation]
    expect(situationOf(given)).toBe(situation)
    for (const policy of [policyOf('2025-04'), policyOf('2026-08')]) {
      const example = facts({ ...given, policy: { ...policy, contributing: facts(given).policy.contributing } })
      const guidance = guideTicket(example)
      expect(guidance.source).toBe(policy.guidance[situation].source)
      expect(`${guidance.action} ${guidance.reason}`).not.toMatch(/[{}]|undefined|null/)
    }
  })

  test('looks with the eyes of whoever is named', () => {
    const roles = ['cover', 'ase', 'on-call', 'other'] as const
    expect(roles.map((role) => situationOf({ ...isEmergency, role }))).toEqual([
      'emergency-covering',
      'emergency-own',
      'emergency-on-call-covered',
      'emergency-covered',
    ])
  })
})

describe('a ticket of an account I cover', () => {
  test('is mine to cover from the first instant of the window to the last, and not a moment longer', () => {
    const [coverage] = workspace.coverages
    const at = (now: number) => situationOf({ now, absences: [] })
    expect(at(coverage?.startsAt ?? 0)).toBe('covering')
    expect(at((coverage?.endsAt ?? 0) - 1)).toBe('covering')
    expect(at(coverage?.endsAt ?? 0)).toBe('ase-online')
    expect(at((coverage?.startsAt ?? 0) - 1)).toBe('ase-online')
  })

  test('is urgent only when its clock runs out before the ASE is back', () => {
    const covered = (breachAt: number) => situationOf({ ticket: { clocks: [{ ...soon, breachAt }] } })
    expect(covered(wednesday + dayMs - 1)).toBe('covering-breach')
    expect(covered(wednesday + dayMs)).toBe('covering')
    expect(covered(wednesday - hourMs)).toBe('covering-breach')
    expect(situationOf({ ticket: { clocks: [{ ...soon, stage: 'paused' }] } })).toBe('covering')
    expect(situationOf({ ticket: { clocks: [soon] }, aseOnlineAt: undefined })).toBe('covering-breach')
  })
})

describe('a ticket of an ASE who is not away', () => {
  test('is anyone’s when it breaches, or was missed, before the ASE is next online', () => {
    expect(situationOf({ account: bens, ticket: { clocks: [missed] }, aseOnlineAt: wednesday + hourMs })).toBe('missed')
    expect(situationOf({ account: bens, ticket: { clocks: [soon] }, aseOnlineAt: undefined })).toBe(
      'breach-before-online',
    )
  })

  test('stays with an ASE who is online now, also when it was missed', () => {
    expect(situationOf({ account: bens, ticket: { clocks: [missed] }, aseOnlineAt: wednesday })).toBe('ase-online')
    expect(situationOf({ account: bens, ticket: { clocks: [soon] }, aseOnlineAt: wednesday })).toBe('ase-online')
  })
})

describe('a ticket that is not assigned to the ASE', () => {
  const later = (parts: Facts) => situationOf({ policy: policyOf('2026-08'), ...parts })

  test.each([99, null])(
    'is as the org note says in the later edition, and the ASE’s in the earlier one, assigned to %s',
    (assigneeId) => {
      for (const clocks of [[], [soon]]) {
        expect(later({ account: bens, ticket: { assigneeId, clocks } })).toBe('org-note')
        expect(later({ account: bens, absences: benIsAway, ticket: { assigneeId, clocks } })).toBe('org-note')
      }
      expect(situationOf({ account: bens, ticket: { assigneeId } })).toBe('ase-online')
      expect(situationOf({ account: bens, ticket: { assigneeId, clocks: [soon] } })).toBe('breach-before-online')
    },
  )

  test('unlike one that is assigned to them, whose rule is the same in both editions', () => {
    for (const policy of [policyOf('2025-04'), policyOf('2026-08')]) {
      const at = (parts: Facts) => situationOf({ policy, account: bens, ...parts })
      expect(at({ ticket: { assigneeId: 13 } })).toBe('ase-online')
      expect(at({ ticket: { assigneeId: 13, clocks: [soon] } })).toBe('breach-before-online')
      expect(at({ ticket: { assigneeId: 13 }, absences: benIsAway })).toBe('uncovered')
    }
  })

  test('is mine to cover all the same, and my own by the customer’s priorities', () => {
    expect(later({ ticket: { assigneeId: 99 } })).toBe('covering')
    expect(later({ account: mine, absences: [], ticket: { assigneeId: 99 } })).toBe('own-by-priority')
    expect(later({ account: mine, absences: iAmAway, ticket: { assigneeId: 99 } })).toBe('own-uncovered')
  })
})

describe('a ticket from before the ASE', () => {
  const since = acme ? { ...acme, aseSince: wednesday - hourMs } : null

  test('is one that was opened before the ASE took the account, to the instant', () => {
    const opened = (createdAt: number) => situationOf({ account: since, ticket: { createdAt, assigneeId: 99 } })
    expect(opened(wednesday - hourMs - 1)).toBe('pre-ase')
    expect(opened(wednesday - hourMs)).toBe('covering-elsewhere')
  })

  test('that nobody holds is like any other: there is no present assignee to choose', () => {
    expect(situationOf({ account: since, ticket: { createdAt: 0, assigneeId: null } })).toBe('covering')
  })

  test('has been decided once the ASE has it', () => {
    expect(situationOf({ account: since, ticket: { createdAt: 0, assigneeId: 12 } })).toBe('covering')
  })
})

describe('the words', () => {
  const shipped = policyOf('2025-04')

  /** What `sentence` becomes, where every situation says it. */
  function filled(sentence: string, given: Facts): string {
    const text = { action: sentence, reason: sentence, source: 'test', steps: [] }
    const guidance = Object.fromEntries(guidanceSituations.map((situation) => [situation, text]))
    const policy = { ...shipped, guidance: guidance as Record<GuidanceSituation, typeof text> }
    const { action, reason } = guideTicket(facts({ ...given, policy }))
    expect(action).toBe(reason)
    return action
  }

  test('name the ASE, the account, who covers it and when the ASE is back', () => {
    expect(filled('{ase}, {account}, {cover}, {online}, {ase}', {})).toBe(
      'Anna, Acme, Ines, 2026-11-19T09:00:00.000Z, Anna',
    )
  })

  test('say so when nobody covers, when there is no ASE and when nothing is known of their hours', () => {
    expect(filled('{cover}', { account: bens })).toBe('Nobody yet')
    expect(filled('{account} and {ase}', { account: null })).toBe('This customer and the ASE')
    expect(filled('{online}', { aseOnlineAt: undefined })).toBe('not known')
  })

  test('name the assignee, or me', () => {
    expect(filled('{assignee}', {})).toBe('Somebody Else')
    expect(filled('{assignee}', { ticket: { assigneeId: 11 } })).toBe('you')
    expect(filled('{assignee}', { ticket: { assigneeId: null } })).toBe('nobody')
    expect(filled('{assignee}', { ticket: { assigneeName: null } })).toBe('somebody')
  })

  test('say when a day off of the ASE is the reason', () => {
    expect(filled('Back {online}.', { aseHasDayOff: true })).toBe('Back 2026-11-19T09:00:00.000Z, after a day off.')
    expect(filled('{online}', { aseOnlineAt: undefined, aseHasDayOff: true })).toBe('not known')
  })

  test('take a name for a name, whatever it is made of', () => {
    const odd = acme ? { ...acme, name: '{ase} $& <b>' } : null
    expect(filled('{account} of {ase}', { account: odd })).toBe('{ase} $& <b> of Anna')
  })
})

test('any facts at all lead to a situation of the policy, without a placeholder left', () => {
  const instant = fc.integer({ min: wednesday - 3 * dayMs, max: wednesday + 3 * dayMs })
  const window = fc.tuple(instant, fc.integer({ min: 1, max: 2 * dayMs }))
  const personId = fc.constantFrom(11, 12, 13, 77)
  const clock = fc.record({
    metric: fc.constantFrom('first_reply_time', 'odd_time'),
    stage: fc.constantFrom('active', 'paused', 'achieved', 'odd'),
    breachAt: fc.option(instant),
  })
  const reached = new Set<GuidanceSituation>()
  fc.assert(
    fc.property(
      fc.record({
        ticket: fc.record({
          status: fc.constantFrom('new', 'open', 'pending', 'hold', 'solved', 'closed', 'odd'),
          createdAt: instant,
          assigneeId: fc.option(personId),
          assigneeName: fc.option(fc.constant('Somebody')),
          clocks: fc.array(clock, { maxLength: 3 }),
          emergency: fc.boolean(),
        }),
        account: fc.option(
          fc.record({
            id: fc.constantFrom(1, 2),
            name: fc.constant('Acme'),
            aseId: fc.option(personId),
            aseSince: fc.option(instant),
          }),
        ),
        absences: fc.array(
          fc
            .tuple(window, personId)
            .map(([[startsAt, length], id]) => ({ id: 'a', personId: id, startsAt, endsAt: startsAt + length })),
          { maxLength: 3 },
        ),
        coverages: fc.array(
          fc.tuple(window, personId, fc.constantFrom(1, 2)).map(([[startsAt, length], coverId, accountId]) => ({
            id: 'c',
            absenceId: 'a',
            accountId,
            coverId,
            startsAt,
            endsAt: startsAt + length,
          })),
          { maxLength: 3 },
        ),
        now: instant,
        aseOnlineAt: fc.option(instant, { nil: undefined }),
      }),
      (given) => {
        const guidance = guideTicket(facts(given))
        reached.add(guidance.situation)
        expect(guidanceSituations).toContain(guidance.situation)
        expect(`${guidance.action} ${guidance.reason}`).not.toMatch(/[{}]/)
        expect(guideTicket(facts(given))).toEqual(guidance)
      },
    ),
    { numRuns: 3000 },
  )
  expect(reached.size).toBeGreaterThan(8)
})
