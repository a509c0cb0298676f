import { describe, expect, test } from 'vitest'
import { podAdvice } from '#core/coverage/pod-advice.ts'
import { policyOf } from '#test/support/policy-of.ts'

const { pods } = policyOf('2026-08')
const person = (id: number, region: string) => ({
  id,
  name: `P${id}`,
  region,
  timeZone: 'UTC',
  workingHours: [],
  daysOff: [],
  slackHandle: null,
})
const people = [
  person(1, 'AMER'),
  person(2, 'AMER-W'),
  person(3, 'amer'),
  person(4, 'AMER'),
  person(5, 'EMEA'),
  person(6, 'AMERICA'),
]
const accounts = [1, 2, 3, 5, 6].map((aseId) => ({ id: aseId * 10, name: 'A', aseId, aseSince: null }))
const absence = { aseId: 1, startsAt: 100, endsAt: 200 }
const adviceOf = (podMemberIds: readonly number[], ...away: [personId: number, startsAt: number, endsAt: number][]) =>
  podAdvice(pods, absence, {
    people,
    accounts,
    podMemberIds,
    absences: away.map(([personId, startsAt, endsAt], index) => ({ id: `${index}`, personId, startsAt, endsAt })),
  })
const advice = (...away: [personId: number, startsAt: number, endsAt: number][]) => adviceOf([], ...away)
const unsaid =
  'Who is in the pod is not set, so all ASEs in AMER count: name its people in Settings under Handbook rules.'

describe('the advice of a pod', () => {
  test('follows from how many of its ASEs are out at once', () => {
    expect(advice()).toMatchObject({
      out: 1,
      words: `Nobody else of the ASEs in AMER is out then. Coordinate it in the pod. ${unsaid}`,
    })
    expect(advice([2, 150, 300])).toMatchObject({
      out: 2,
      words: `2 of the ASEs in AMER are out then, this absence included. Coordinate it in the pod and post it in the ASE channel too. ${unsaid}`,
    })
    expect(advice([2, 150, 300], [3, 0, 151])).toMatchObject({
      out: 3,
      words: expect.stringContaining('tag the manager before booking') as string,
    })
  })

  test('counts nobody twice, nobody at another time, nobody who is no ASE there', () => {
    expect(advice([2, 100, 120], [2, 110, 130])?.out).toBe(2)
    expect(advice([2, 100, 120], [3, 120, 130])?.out).toBe(2)
    expect(advice([2, 50, 100], [3, 200, 210], [4, 100, 200], [5, 100, 200], [6, 100, 200])?.out).toBe(1)
    expect(advice([1, 100, 200])?.out).toBe(1)
  })

  test('counts those who were named, whoever else is out and whatever region they are written in', () => {
    expect(adviceOf([1, 2, 5], [3, 100, 200], [4, 100, 200])).toMatchObject({
      out: 1,
      words: 'Nobody else of the pod is out then. Coordinate it in the pod.',
    })
    expect(adviceOf([1, 2, 5], [3, 100, 200], [5, 150, 160])).toMatchObject({
      out: 2,
      words:
        '2 of the pod are out then, this absence included. Coordinate it in the pod and post it in the ASE channel too.',
    })
  })

  test('takes all ASEs of the region where the absent one is not in the pod that was named, and says so', () => {
    expect(adviceOf([2, 4], [3, 100, 200])).toMatchObject({
      out: 2,
      words: expect.stringContaining(
        'P1 is not in the pod that is named in Settings, so all ASEs in AMER count.',
      ) as string,
    })
    // Named in another workspace: nobody of them is known here.
    expect(adviceOf([901, 902])?.words).toContain(unsaid)
  })

  test('says how long others have to volunteer, and where that is written', () => {
    expect(advice()?.volunteerWords).toContain(
      'for 48 hours, in an emergency for 4; after that the manager assigns somebody',
    )
    expect(advice()?.source).toBe(pods?.source)
  })
})

test('there is none without pods, and none for other regions', () => {
  expect(podAdvice(null, absence, { people, accounts, absences: [], podMemberIds: [] })).toBeNull()
  for (const aseId of [5, 6, 99]) {
    expect(podAdvice(pods, { ...absence, aseId }, { people, accounts, absences: [], podMemberIds: [] })).toBeNull()
  }
})
