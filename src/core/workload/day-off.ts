import { dayNameOf } from '../clocks/iso-week.ts'
import { workingStretches, type WorkingTimes } from '../clocks/working-stretches.ts'
import type { Window } from '../instant.ts'
import type { DayOff } from './week-load.ts'

/**
 * Why somebody does not work on a day: it is a day off of their calendar, or an absence takes all their working hours of it.
 * Where they have no hours on that day, an absence has to take it from midnight to midnight. Undefined when they work.
 *
 * @param day from midnight to midnight in the person's zone.
 * @param absences the person's own absences.
 */
export function dayOffOf(day: Window, person: WorkingTimes, absences: readonly Window[]): DayOff | undefined {
  if (person.daysOff.length > 0 && person.daysOff.includes(dayNameOf(day.startsAt, person.timeZone))) return 'off'
  const touching = absences.filter(({ startsAt, endsAt }) => startsAt < day.endsAt && endsAt > day.startsAt)
  if (touching.length === 0) return undefined
  const anyLeft = (times: WorkingTimes, away: readonly Window[]) =>
    !workingStretches({ ...times, daysOff: [] }, away, day.startsAt, day.endsAt).next().done
  const times = anyLeft(person, []) ? person : roundTheClock(person)
  return anyLeft(times, touching) ? undefined : 'away'
}

function roundTheClock(person: WorkingTimes): WorkingTimes {
  return {
    ...person,
    workingHours: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, fromMinute: 0, toMinute: 1440 })),
  }
}
