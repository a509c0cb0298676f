import type { AccountPolicy } from '#contract/accounts.ts'
import type { PersonRow } from '#contract/people.ts'
import type { PolicyChoice } from '#contract/settings.ts'

/** The rules of an account where none of them is another one. */
export const shippedPolicy: AccountPolicy = {
  reductionPerAccount: { policyValue: 0.25, own: null },
  notAssignedToAse: { policyValue: 'like-assigned', own: null },
}

/** The editions of the handbook's rules that can be chosen. */
export function somePolicies(): PolicyChoice[] {
  return [
    { version: '2025-04', title: 'Handbook of April 2025', standard: true, differences: [], podRegion: null },
    {
      version: '2026-08',
      title: 'Handbook of August 2026',
      standard: false,
      podRegion: 'AMER',
      differences: ['A ticket that is not assigned to the ASE is anybody’s.', 'Coverage pods in AMER.'],
    },
  ]
}

/** Somebody who works here: Northwind's ASE. */
export function aPerson(changes: Partial<PersonRow> = {}): PersonRow {
  return {
    id: 20,
    name: 'Priya Raman',
    me: false,
    timeZone: 'Asia/Kolkata',
    region: 'APAC',
    workingHours: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, fromMinute: 540, toMinute: 1020 })),
    daysOff: [],
    slackHandle: null,
    nextAvailableAt: null,
    ...changes,
  }
}

/** Everybody of the fixture workspace. */
export function somePeople(): PersonRow[] {
  return [
    aPerson({ id: 10, name: 'Tom Okafor', me: true, timeZone: 'Europe/Berlin', region: 'EMEA' }),
    aPerson({ id: 23, name: 'Ines Duarte', timeZone: 'America/Sao_Paulo', region: 'AMER' }),
    aPerson({ id: 21, name: 'Marta Lindqvist', timeZone: 'Europe/Stockholm', region: 'EMEA' }),
    aPerson(),
  ]
}
