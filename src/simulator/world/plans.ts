import type { DescribedPlan, DescribedWorkspace } from '../description.ts'
import { DAY, localTime, weekdayIn } from '../time.ts'
import type { Organization } from './organizations.ts'
import { organizationByKey } from './organizations.ts'
import { callum, dana, ines, me } from './people.ts'

/** Customers that Inés has just become the ASE of; they have not written yet. */
export const newAccounts: readonly Organization[] = ['vantaa', 'wexford'].map(organizationByKey)

/** When Inés took them, for a world built around `anchor`. */
export function newAccountsSince(anchor: number): number {
  return Math.floor((anchor - 19 * DAY) / DAY) * DAY
}

type Entry = DescribedPlan['entries'][number]

/**
 * What is being arranged for the weeks ahead of `anchor`, told in weeks and days of my calendar: 1 is the coming week, its day 1 the
 * Monday. In the third I cover two accounts and am on call (one shift has to be swapped); in the fourth I cover three, and the two
 * more that Inés asks for would make five, one more than an engineer can cover; in the fifth I am away and nobody has my account on the last
 * two days.
 */
export function describePlans(anchor: number): Pick<DescribedWorkspace, 'plans' | 'shifts'> {
  const monday = 1 - weekdayIn(me.timeZone, anchor)
  /** An instant of a day of my calendar, where the day is counted by midnights of another zone. */
  const at = (zone: string, week: number, day: number, minute = 0) =>
    localTime(zone, localTime(me.timeZone, anchor, monday + 7 * week + day - 1, 720), 0, minute)
  const id = (key: string) => organizationByKey(key).id
  const asked = { state: 'asked' as const, at: anchor - 2 * DAY }
  const accepted = { state: 'accepted' as const, at: anchor - DAY }

  const plan = (who: typeof me, keys: readonly string[], from: number, to: number, entries: readonly Entry[]) => ({
    id: `sample-${who.username}`,
    aseId: who.id,
    startsAt: from,
    endsAt: to,
    accountIds: keys.map(id),
    plannedAt: anchor - 4 * DAY,
    entries,
  })
  const entry = (
    key: string,
    coverId: number,
    startsAt: number,
    endsAt: number,
    said: typeof asked | typeof accepted,
  ) => ({
    id: `${key}-${said.state}`,
    accountId: id(key),
    coverId,
    startsAt,
    endsAt,
    ...said,
  })

  const callums = [at(callum.timeZone, 3, 1), at(callum.timeZone, 4, 6)] as const
  const danas = [at(dana.timeZone, 3, 3), at(dana.timeZone, 4, 1), at(dana.timeZone, 4, 6)] as const
  const iness = [at(ines.timeZone, 4, 1), at(ines.timeZone, 4, 6)] as const
  const mine = [at(me.timeZone, 5, 1), at(me.timeZone, 5, 4), at(me.timeZone, 5, 6)] as const
  const shift = (person: typeof me, week: number, fromDay: number, toDay: number) => ({
    id: `shift-${person.username}-${week}`,
    personId: person.id,
    title: 'Customer emergencies, EMEA',
    startsAt: at(person.timeZone, week, fromDay, 540),
    endsAt: at(person.timeZone, week, toDay, 1020),
  })

  return {
    plans: [
      plan(callum, ['meridian'], callums[0], callums[1], [entry('meridian', me.id, callums[0], callums[1], accepted)]),
      plan(dana, ['cascadia', 'kestrel'], danas[0], danas[2], [
        entry('kestrel', me.id, danas[0], danas[2], accepted),
        entry('cascadia', me.id, danas[0], danas[1], asked),
        entry('cascadia', me.id, danas[1], danas[2], accepted),
      ]),
      plan(ines, ['vantaa', 'wexford'], iness[0], iness[1], [
        entry('vantaa', me.id, iness[0], iness[1], asked),
        entry('wexford', me.id, iness[0], iness[1], asked),
      ]),
      plan(me, ['brandt'], mine[0], mine[2], [entry('brandt', ines.id, mine[0], mine[1], accepted)]),
    ],
    shifts: [shift(me, 1, 3, 5), shift(ines, 2, 1, 3), shift(me, 3, 3, 5)],
  }
}
