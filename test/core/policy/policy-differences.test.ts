import { describe, expect, test } from 'vitest'
import { policyDifferences } from '#core/policy/policy-differences.ts'
import { guidanceSituations, type Policy } from '#core/policy/policy.ts'
import { policyOf } from '#test/support/policy-of.ts'

const earlier = policyOf('2025-04')
const later = policyOf('2026-08')

/** What an edition says otherwise than the earlier one, after a change. */
const after = (change: Partial<Policy>) => policyDifferences({ ...earlier, ...change }, earlier)

test('an edition says nothing otherwise than itself', () => {
  for (const policy of [earlier, later]) expect(policyDifferences(policy, policy)).toEqual([])
})

test('the later edition has org notes, pods and other advice, and the earlier one has them not', () => {
  expect(policyDifferences(later, earlier)).toEqual([
    'A ticket that is not assigned to the ASE is anybody’s, as the account’s org note says.',
    'The checklist of an absence also says: “See that the covering engineers hear of new cases, by the mail of new cases to ' +
      'Slack or by Understudy.”',
    'The checklist of an absence no longer says: “Help the covering engineers to be notified of new tickets; Understudy does ' +
      'so for accounts that are covered through it.”',
    'Coverage pods in AMER: with 1 of a pod out it is coordinated there, with 2 it is posted in the ASE channel too, ' +
      'with 3 or more the manager is asked before booking. Volunteers have 48 hours, in an emergency 4.',
    'An organization note answers 2 questions and says 3 things of every account, and no longer answers 6 questions.',
    'Automatic assignment is asked for by an issue in the Organizations project, no more by a form.',
    'Other steps for taking over an account.',
    'Other advice on new tickets you cover, covered tickets that breach first, other tickets you cover and tickets that ' +
      'are not assigned to the ASE.',
  ])
  expect(policyDifferences(earlier, later)).toEqual([
    'A ticket that is not assigned to the ASE is the ASE’s all the same.',
    expect.stringContaining('also says: “Help'),
    expect.stringContaining('no longer says: “See'),
    'There are no coverage pods.',
    expect.stringContaining('An organization note'),
    'Automatic assignment is asked for by a form, no more by an issue.',
    'Other steps for taking over an account.',
    expect.stringContaining('Other advice on'),
  ])
})

describe('every value that decides something is told when it is another one', () => {
  const { covering, onCall, baseline, planning, proactive } = earlier
  const { callTemplate, announcements } = proactive

  test.each<[Partial<Policy>, string]>([
    [
      { covering: { ...covering, reductionPerAccount: 0.3 } },
      'Each covered account takes 30 % of the other ticket work instead of 25 %: 3 accounts at most instead of 4.',
    ],
    [
      { onCall: { ...onCall, swapFromAccounts: 1 } },
      'On-call shifts change hands from 1 covered account on instead of 2.',
    ],
    [{ baseline: { ...baseline, cleanWeeks: 6 } }, 'The usual load is the mean of 6 weeks instead of 8.'],
    [
      { baseline: { ...baseline, lookBackWeeks: 12 } },
      'The usual load is looked for in the last 12 weeks instead of 26.',
    ],
    [
      { baseline: { ...baseline, outlierDeviations: 4 } },
      'A week is marked as far from the others beyond 4 median deviations instead of 3.',
    ],
    [
      { baseline: { ...baseline, workingDays: [4, 1, 2, 3] } },
      'Working days are Mon, Tue, Wed and Thu instead of Mon, Tue, Wed, Thu and Fri.',
    ],
    [{ planning: { ...planning, findCoverDays: 21 } }, 'Cover is found 21 days before an absence instead of 14.'],
    [{ planning: { ...planning, reviewDays: 5 } }, 'Accounts are reviewed 5 days before an absence instead of 7.'],
    [
      { planning: { ...planning, steps: planning.steps.filter(({ id }) => id !== 'close-issue') } },
      'The checklist of an absence no longer says: “Close the coverage issue.”',
    ],
    [
      { proactive: { ...proactive, callTemplate: { ...callTemplate, lines: ['Notes'] } } },
      'Another issue template for calls.',
    ],
    [
      {
        proactive: {
          ...proactive,
          announcements: { ...announcements, contacts: { ...announcements.contacts, subject: 'News' } },
        },
      },
      'Other announcements of an account’s GitLab project.',
    ],
  ])('%j', (change, sentence) => {
    expect(after(change)).toEqual([sentence])
  })

  test('working days in another order are the same ones', () => {
    expect(after({ baseline: { ...baseline, workingDays: [5, 4, 3, 2, 1] } })).toEqual([])
  })

  test('covering that takes nothing has no most', () => {
    expect(after({ covering: { ...covering, reductionPerAccount: 0 } })).toEqual([
      'Each covered account takes 0 % of the other ticket work instead of 25 %: any number of accounts instead of 4.',
    ])
  })

  test.each(guidanceSituations)('other words or steps on %s are', (situation) => {
    const text = earlier.guidance[situation]
    const saying = (words: object) => after({ guidance: { ...earlier.guidance, [situation]: { ...text, ...words } } })
    const steps = text.steps.length > 0 ? [] : ['answer']
    for (const words of [{ action: 'Wait.' }, { reason: 'It is late.' }, { steps }]) {
      expect(saying(words)).toEqual([expect.stringMatching(/^Other advice on .{5,}\.$/)])
    }
    // Another source is no other advice.
    expect(saying({ source: 'Elsewhere' })).toEqual([])
  })
})
