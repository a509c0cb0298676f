const dayMs = 24 * 3_600_000

/** The ISO week so many weeks after another one: `2026-W53` and one make `2027-W01`. */
export function weekAfter(week: string, weeks: number): string {
  const [year = 0, number = 0] = week.split('-W').map(Number)
  // The fourth of January always lies in the first week, and the Thursday decides which year a week belongs to.
  const fourth = new Date(Date.UTC(year, 0, 4))
  const monday = fourth.getTime() - ((fourth.getUTCDay() + 6) % 7) * dayMs
  const thursday = monday + (number - 1 + weeks) * 7 * dayMs + 3 * dayMs
  const itsYear = new Date(thursday).getUTCFullYear()
  const inYear = Math.floor((thursday - Date.UTC(itsYear, 0, 1)) / (7 * dayMs)) + 1
  return `${itsYear}-W${String(inYear).padStart(2, '0')}`
}
