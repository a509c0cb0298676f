const minuteMs = 60_000
const hourMs = 60 * minuteMs

/** How long something is ago, ms, in whole minutes, hours or days: `3 hours`. */
export function ageWords(ms: number): string {
  const [unit, size] =
    ms < 2 * hourMs
      ? (['minute', minuteMs] as const)
      : ms < 48 * hourMs
        ? (['hour', hourMs] as const)
        : (['day', 24 * hourMs] as const)
  const count = Math.floor(ms / size)
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}

/** The same as a time: `3 hours ago`; `just now` within the first minute. */
export function agoWords(ms: number): string {
  return ms < minuteMs ? 'just now' : `${ageWords(ms)} ago`
}
