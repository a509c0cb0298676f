import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { guideTicket, type GuidanceFacts } from '#core/guidance/guide-ticket.ts'
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
    ticket: { status: 'open', createdAt: wednesday - hourMs, assigneeId: 12, clocks: [], emergency: false, ...ticket },
    account: acme ?? null,
    people: workspace.people,
    absences: workspace.absences,
    coverages: workspace.coverages,
    meId: 11,
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

/** For each situation facts that lead to it. */
const examples: Record<GuidanceSituation, Facts> = {
  finished: { ticket: { status: 'solved' } },
  emergency: { ticket: { emergency: true } },
  'unassigned-account': { account: null },
  'pre-ase': { account: acme ? { ...acme, aseSince: wednesday } : null, ticket: { assigneeId: 99 } },
  'covering-new': { ticket: { status: 'new' } },
  'covering-breach': { ticket: { clocks: [soon] } },
  covering: {},
  'own-away': { account: mine, absences: iAmAway },
  own: { account: mine, absences: [] },
  'org-note': { account: bens, ticket: { assigneeId: 99 }, policy: policyOf('2026-08') },
  'ase-away': { account: bens, absences: benIsAway },
  'breach-before-online': { account: bens, ticket: { clocks: [soon] } },
  'ase-online': { account: bens },
}

describe('each situation of the policy', () => {
  test.each(guidanceSituations)('%s is reached, with its own words and source', (situation) => {
    const given = facts(examples[situation])
    const guidance = guideTicket(given)
    expect(guidance.situation).toBe(situation)
    expect(guidance.source).toBe(given.policy.guidance[situation].source)
    expect(`${guidance.action} ${guidance.reason}`).not.toMatch(/[{}]|undefined|null/)
  })

  test('is listed in the order in which the first one that holds wins', () => {
    const at = (situation: GuidanceSituation) => guidanceSituations.indexOf(situation)
    const winners: [GuidanceSituation, GuidanceSituation, Facts][] = [
      ['finished', 'emergency', { ticket: { status: 'closed', emergency: true } }],
      ['emergency', 'pre-ase', { ...examples['pre-ase'], ticket: { assigneeId: 99, emergency: true } }],
      ['emergency', 'unassigned-account', { account: null, ticket: { emergency: true } }],
      ['pre-ase', 'covering-new', { ...examples['pre-ase'], ticket: { assigneeId: 99, status: 'new' } }],
      ['covering-new', 'covering-breach', { ticket: { status: 'new', clocks: [soon] } }],
      ['covering-breach', 'covering', { ticket: { clocks: [soon] } }],
      ['own-away', 'own', { account: mine, absences: iAmAway }],
      ['ase-away', 'breach-before-online', { account: bens, absences: benIsAway, ticket: { clocks: [soon] } }],
    ]
    for (const [winner, loser, given] of winners) {
      expect(situationOf(given)).toBe(winner)
      if (winner !== 'emergency' || loser !== 'unassigned-account') expect(at(winner)).toBeLessThan(at(loser))
    }
    expect(new Set(guidanceSituations).size).toBe(guidanceSituations.length)
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
    expect(situationOf({ account: bens, ticket: { clocks: [missed] }, aseOnlineAt: wednesday + hourMs })).toBe(
      'breach-before-online',
    )
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
      expect(at({ ticket: { assigneeId: 13 }, absences: benIsAway })).toBe('ase-away')
    }
  })

  test('is mine to cover or my own all the same', () => {
    expect(later({ ticket: { assigneeId: 99 } })).toBe('covering')
    expect(later({ account: mine, absences: [], ticket: { assigneeId: 99 } })).toBe('own')
    expect(later({ account: mine, absences: iAmAway, ticket: { assigneeId: 99 } })).toBe('own-away')
  })
})

describe('a ticket from before the ASE', () => {
  const since = acme ? { ...acme, aseSince: wednesday - hourMs } : null

  test('is one that was opened before the ASE took the account, to the instant', () => {
    const opened = (createdAt: number) => situationOf({ account: since, ticket: { createdAt, assigneeId: 99 } })
    expect(opened(wednesday - hourMs - 1)).toBe('pre-ase')
    expect(opened(wednesday - hourMs)).toBe('covering')
  })

  test('has been decided once the ASE has it', () => {
    expect(situationOf({ account: since, ticket: { createdAt: 0, assigneeId: 12 } })).toBe('covering')
  })
})

describe('the words', () => {
  const shipped = policyOf('2025-04')

  /** What `sentence` becomes, where every situation says it. */
  function filled(sentence: string, given: Facts): string {
    const text = { action: sentence, reason: sentence, source: 'test' }
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
