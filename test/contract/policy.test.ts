import { describe, expect, test } from 'vitest'
import { policySchema } from '#contract/policy.ts'
import { guidanceSituations } from '#core/policy/policy.ts'
import { policyOf } from '#test/support/policy-of.ts'

/** A copy of a policy that ships, to spoil. */
function aPolicy(version = '2026-08'): AnyPolicy {
  return JSON.parse(JSON.stringify(policyOf(version))) as AnyPolicy
}

interface AnyPolicy {
  [key: string]: unknown
  version: string
  covering: Record<string, unknown>
  onCall: Record<string, unknown>
  baseline: Record<string, unknown>
  contributing: Record<string, unknown>
  planning: Record<string, unknown>
  pods: Record<string, unknown>
  proactive: Record<string, unknown>
  guidance: Record<string, Record<string, unknown>>
}

const callTemplate = { path: '.gitlab/issue_templates/Call.md', lines: ['/label ~"{label}"'], source: 'Handbook' }

const aStep = { id: 'x', due: 'review', doneBy: null, words: 'Tell them.', source: 'Handbook' }

/** What is wrong with the policy after `spoil`, as path and words. */
function complaints(spoil: (policy: AnyPolicy) => void): string[] {
  const policy = aPolicy()
  spoil(policy)
  const read = policySchema.safeParse(policy)
  return read.success ? [] : read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
}

test.each(['2025-04', '2026-08'])('the policy %s is accepted as it is', (version) => {
  expect(policySchema.parse(aPolicy(version))).toEqual(policyOf(version))
})

describe('a typo', () => {
  test.each<[string, (policy: AnyPolicy) => void]>([
    ['at the top', (policy) => (policy['coverings'] = {})],
    ['in covering', (policy) => (policy.covering['reductionPerAcount'] = 0.2)],
    ['in onCall', (policy) => (policy.onCall['swapFromAccount'] = 3)],
    ['in baseline', (policy) => (policy.baseline['weeks'] = 3)],
    ['in contributing', (policy) => (policy.contributing['notAssigned'] = 'org-note')],
    ['in planning', (policy) => (policy.planning['reviewDay'] = 7)],
    ['in a step', (policy) => (policy.planning['steps'] = [{ ...aStep, dues: 'review' }])],
    ['in pods', (policy) => (policy.pods['postAt'] = 2)],
    ['in the hours of volunteers', (policy) => (policy.pods['volunteerHours'] = { planned: 48, emergency: 4, x: 1 })],
    ['in a guidance text', (policy) => (policy.guidance['own'] = { ...policy.guidance['own'], reasn: '' })],
    ['in proactive', (policy) => (policy.proactive['template'] = {})],
    ['in the call template', (policy) => (policy.proactive['callTemplate'] = { ...callTemplate, line: '' })],
    ['in the name of a situation', (policy) => (policy.guidance['pre-ASE'] = policy.guidance['pre-ase'] ?? {})],
  ])('%s is refused', (_where, spoil) => {
    expect(complaints(spoil)).not.toEqual([])
  })

  test('in a placeholder is refused, because it would stand on the screen', () => {
    expect(
      complaints((policy) => (policy.guidance['own'] = { ...policy.guidance['own'], reason: 'Of {acount}.' })),
    ).toEqual(['guidance.own.reason: has a placeholder other than {ase}, {cover}, {account} and {online}'])
    expect(
      complaints((policy) => (policy.guidance['own'] = { ...policy.guidance['own'], action: '{constructor}' })),
    ).toHaveLength(1)
    expect(complaints((policy) => (policy.proactive['callTemplate'] = { ...callTemplate, lines: ['{ase}'] }))).toEqual([
      'proactive.callTemplate.lines.0: has a placeholder other than {account}, {label}',
    ])
  })
})

describe('a number out of its range', () => {
  test.each<[string, (policy: AnyPolicy) => void]>([
    ['a reduction above the whole', (policy) => (policy.covering['reductionPerAccount'] = 1.01)],
    ['a reduction below nothing', (policy) => (policy.covering['reductionPerAccount'] = -0.01)],
    ['a reduction as text', (policy) => (policy.covering['reductionPerAccount'] = '0.25')],
    ['a reduction that is no number', (policy) => (policy.covering['reductionPerAccount'] = Number.NaN)],
    ['a swap from no account', (policy) => (policy.onCall['swapFromAccounts'] = 0)],
    ['a swap from half an account', (policy) => (policy.onCall['swapFromAccounts'] = 1.5)],
    ['no clean week', (policy) => (policy.baseline['cleanWeeks'] = 0)],
    ['a look-back of three years', (policy) => (policy.baseline['lookBackWeeks'] = 156)],
    ['an eighth day', (policy) => (policy.baseline['workingDays'] = [1, 8])],
    ['a day named twice', (policy) => (policy.baseline['workingDays'] = [1, 2, 1])],
    ['no working day', (policy) => (policy.baseline['workingDays'] = [])],
    ['a ticket that is nobody’s', (policy) => (policy.contributing['notAssignedToAse'] = 'nobody')],
    ['cover found on the day before never', (policy) => (policy.planning['findCoverDays'] = -1)],
    ['a review before cover is found', (policy) => (policy.planning['reviewDays'] = 15)],
    ['a step named twice', (policy) => (policy.planning['steps'] = [aStep, aStep])],
    ['a step at no time', (policy) => (policy.planning['steps'] = [{ ...aStep, due: 'later' }])],
    ['a step without words', (policy) => (policy.planning['steps'] = [{ ...aStep, words: '' }])],
    ['a pod out of which nobody is', (policy) => (policy.pods['coordinateFrom'] = 0)],
    ['more to do with fewer people out', (policy) => (policy.pods['postFrom'] = 4)],
    ['less to do with more people out', (policy) => (policy.pods['coordinateFrom'] = 3)],
    ['no time to volunteer', (policy) => (policy.pods['volunteerHours'] = { planned: 0, emergency: 4 })],
    [
      'a template that GitLab would not find',
      (policy) => (policy.proactive['callTemplate'] = { ...callTemplate, path: 'Call.md' }),
    ],
    ['a title that is none', (policy) => (policy['title'] = '')],
    ['a version that is no month', (policy) => (policy.version = '2025')],
  ])('%s is refused', (_what, spoil) => {
    expect(complaints(spoil)).not.toEqual([])
  })
})

test.each([...guidanceSituations])('a policy without words for %s is refused', (situation) => {
  expect(complaints((policy) => delete policy.guidance[situation])).toHaveLength(1)
})

test('every rule names its source', () => {
  expect(complaints((policy) => (policy.covering['source'] = ''))).toHaveLength(1)
  expect(complaints((policy) => delete policy.baseline['source'])).toHaveLength(1)
  for (const part of ['onCall', 'contributing', 'planning', 'pods'] as const) {
    expect(complaints((policy) => delete policy[part]['source'])).toHaveLength(1)
  }
  expect(complaints((policy) => delete policy.guidance['own']?.['source'])).toHaveLength(1)
})
