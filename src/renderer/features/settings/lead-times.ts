/** The most times there are for one priority. */
const mostLeads = 4
/** A week, in minutes. */
const longest = 7 * 24 * 60

/** What was typed as lead times, in minutes, longest first, or why it is none. */
export type LeadTimes =
  | { readonly kind: 'read'; readonly minutes: readonly number[] }
  | { readonly kind: 'wrong'; readonly problem: string }

/** Reads `2 h, 30 min`, `90 min`, `1 h 30 min`, `1 day`; a bare number is minutes. Nothing, or `never`, is no time at all. */
export function readLeadTimes(text: string): LeadTimes {
  const parts = text
    .split(/[,;]/)
    .map((part) => part.trim())
    .filter((part) => part !== '' && part.toLocaleLowerCase() !== 'never')
  const found = new Set<number>()
  for (const part of parts) {
    const minutes = minutesOf(part)
    if (minutes === undefined)
      return wrong(`“${part}” is no stretch of time. Write hours or minutes, like 2 h, 30 min.`)
    if (minutes < 1 || minutes > longest) return wrong(`“${part}” is not between 1 minute and 7 days.`)
    found.add(minutes)
  }
  if (found.size > mostLeads) return wrong(`Choose at most ${mostLeads} times.`)
  return { kind: 'read', minutes: [...found].toSorted((a, b) => b - a) }
}

/** `2 h, 30 min`; `never` for none. */
export function leadTimesWords(minutes: readonly number[]): string {
  return minutes.length === 0 ? 'never' : minutes.map(spanWords).join(', ')
}

const unitMinutes: Readonly<Record<string, number>> = { d: 24 * 60, h: 60, m: 1, '': 1 }

function minutesOf(text: string): number | undefined {
  const shape = /^(?:\d+\s*(?:d|days?|h|hrs?|hours?|m|min|mins|minutes?)\s*)+$|^\d+$/i
  if (!shape.test(text)) return undefined
  return [...text.matchAll(/(\d+)\s*([a-z]?)/gi)].reduce(
    (sum, [, digits, unit = '']) => sum + Number(digits) * (unitMinutes[unit.toLowerCase()] ?? 1),
    0,
  )
}

function spanWords(minutes: number): string {
  const days = Math.floor(minutes / (24 * 60))
  const hours = Math.floor((minutes % (24 * 60)) / 60)
  const rest = minutes % 60
  return [
    ...(days > 0 ? [days === 1 ? '1 day' : `${days} days`] : []),
    ...(hours > 0 ? [`${hours} h`] : []),
    ...(rest > 0 ? [`${rest} min`] : []),
  ].join(' ')
}

function wrong(problem: string): LeadTimes {
  return { kind: 'wrong', problem }
}
