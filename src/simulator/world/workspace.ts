import type { DescribedWorkspace } from '../description.ts'
import { localDay, localTime, weekdayIn } from '../time.ts'
import { manager } from './gitlab-people.ts'
import { supportProjects } from './gitlab-places.ts'
import { describeCalls } from './calls.ts'
import { describeDesks } from './desks.ts'
import { accounts, aseSince, organizationByKey } from './organizations.ts'
import { callum, dana, engineers, ines, me } from './people.ts'
import { describePlans, newAccounts, newAccountsSince } from './plans.ts'

/**
 * Absences and coverages of the world built around `anchor`: one absence starts on the anchor's day (at local midnight,
 * so it is running at any time of that day), one ends tomorrow, and two weeks of the recent past are not clean, since I
 * was away in one and covered an account in the other. Inés takes a Friday off three weeks from now. What comes in the weeks
 * ahead is still being arranged and lies in plans.
 */
export function describeWorkspace(anchor: number): Omit<DescribedWorkspace, 'handoffs'> {
  const cascadia = organizationByKey('cascadia').id
  const kestrel = organizationByKey('kestrel').id
  const meridian = organizationByKey('meridian').id
  const brandt = organizationByKey('brandt').id
  const weekStart = (weeksBack: number, zone: string) => 1 - weekdayIn(zone, anchor) - 7 * weeksBack
  const span = (zone: string, fromDay: number, toDay: number, toMinute = 0) => ({
    startsAt: localTime(zone, anchor, fromDay),
    endsAt: localTime(zone, anchor, toDay, toMinute),
  })
  const today = span(dana.timeZone, 0, 10)
  const untilTomorrow = span(callum.timeZone, -6, 1, 510)
  const myMonday = weekStart(4, me.timeZone)
  const mine = span(me.timeZone, myMonday, myMonday + 5)
  const callumMonday = weekStart(7, callum.timeZone)
  const earlier = span(callum.timeZone, callumMonday, callumMonday + 5)
  // A long weekend, three weeks ahead of the present one.
  const inesFriday = weekStart(-3, ines.timeZone) + 4
  return {
    meId: me.id,
    people: engineers.map(({ id, name, timeZone, region, workingHours, slackHandle }) => ({
      id,
      name,
      timeZone,
      region,
      workingHours,
      daysOff: id === ines.id ? [localDay(timeZone, anchor, inesFriday)] : [],
      slackHandle,
    })),
    accounts: [
      ...accounts.map((account) => ({
        id: account.id,
        name: account.name,
        aseId: account.ase?.id ?? null,
        aseSince: aseSince(account, anchor),
        label: account.label,
        gitlabGroup: account.gitlabGroup,
      })),
      ...newAccounts.map(({ id, name }) => ({
        id,
        name,
        aseId: ines.id,
        aseSince: newAccountsSince(anchor),
        label: null,
        gitlabGroup: null,
      })),
    ],
    absences: [
      { id: 'absence-dana', personId: dana.id, ...today },
      { id: 'absence-callum', personId: callum.id, ...untilTomorrow },
      { id: 'absence-jonas', personId: me.id, ...mine },
      { id: 'absence-callum-earlier', personId: callum.id, ...earlier },
    ],
    coverages: [
      { id: 'coverage-cascadia', absenceId: 'absence-dana', accountId: cascadia, coverId: me.id, ...today },
      { id: 'coverage-kestrel', absenceId: 'absence-dana', accountId: kestrel, coverId: ines.id, ...today },
      { id: 'coverage-meridian', absenceId: 'absence-callum', accountId: meridian, coverId: me.id, ...untilTomorrow },
      {
        id: 'coverage-meridian-earlier',
        absenceId: 'absence-callum-earlier',
        accountId: meridian,
        coverId: me.id,
        ...earlier,
      },
      { id: 'coverage-brandt-earlier', absenceId: 'absence-jonas', accountId: brandt, coverId: ines.id, ...mine },
    ],
    coverageProject: supportProjects().coverage.path,
    organizationsProject: supportProjects().organizations.path,
    gitlabManager: manager,
    ...describePlans(anchor),
    desks: describeDesks(anchor),
    calls: describeCalls(anchor),
  }
}
