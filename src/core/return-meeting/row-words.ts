const minuteMs = 60_000
const hourMs = 60 * minuteMs

/** How long something took, ms: `20 min`, `3 h`, `2 days`. */
export function durationWords(ms: number): string {
  if (ms < minuteMs) return 'less than a minute'
  if (ms < 2 * hourMs) return `${Math.floor(ms / minuteMs)} min`
  if (ms < 48 * hourMs) return `${Math.floor(ms / hourMs)} h`
  return `${Math.floor(ms / (24 * hourMs))} days`
}

/** A value of a field as people read it; `none` for an empty one. */
export function plainWord(value: unknown): string {
  return typeof value === 'string' && value !== '' ? value : 'none'
}

/** `1 reply`, `3 replies`. */
export function counted(count: number, one: string, more: string): string {
  return `${count} ${count === 1 ? one : more}`
}
