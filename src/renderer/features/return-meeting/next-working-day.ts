import type { PersonRow } from '#contract/people.ts'

const dayMs = 86_400_000
/** Nobody is off for longer without an absence that says so. */
const mostDays = 60

/** The next day after a calendar day on which somebody works; Monday to Friday where their hours are not known. */
export function nextWorkingDay(day: string, person: Pick<PersonRow, 'workingHours' | 'daysOff'> | undefined): string {
  const worked = new Set(person?.workingHours.map(({ weekday }) => weekday))
  const weekdays = worked.size > 0 ? worked : new Set([1, 2, 3, 4, 5])
  let next = Date.parse(`${day}T00:00Z`)
  for (let tried = 0; tried < mostDays; tried += 1) {
    next += dayMs
    const isOff = person?.daysOff.includes(isoDay(next)) ?? false
    if (weekdays.has(new Date(next).getUTCDay() || 7) && !isOff) break
  }
  return isoDay(next)
}

function isoDay(utcMs: number): string {
  return new Date(utcMs).toISOString().slice(0, 10)
}
