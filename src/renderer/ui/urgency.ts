import type { InstantMs } from '#core/instant.ts'
import type { SlaClock } from '#contract/tickets.ts'
import type { IconName } from './icon.tsx'

const minuteMs = 60_000

/** How soon a clock runs out, in the steps people act on. */
export type Urgency = 'breached' | 'under-30-min' | 'under-2-h' | 'later' | 'paused' | 'met' | 'no-clock'

/** The step a clock is on. `null` is a ticket without a running clock. */
export function urgencyOf(clock: SlaClock | null, now: InstantMs): Urgency {
  if (!clock) return 'no-clock'
  if (clock.stage === 'achieved') return 'met'
  if (clock.stage === 'paused') return 'paused'
  if (clock.breachAt === null) return 'no-clock'
  const leftMs = clock.breachAt - now
  if (leftMs <= 0) return 'breached'
  if (leftMs < 30 * minuteMs) return 'under-30-min'
  if (leftMs < 120 * minuteMs) return 'under-2-h'
  return 'later'
}

/** Word and sign of each step: colour never stands alone. */
export const urgencyWords: Readonly<Record<Urgency, { readonly word: string; readonly icon: IconName }>> = {
  breached: { word: 'Breached', icon: 'flame' },
  'under-30-min': { word: 'Under 30 min', icon: 'alert' },
  'under-2-h': { word: 'Under 2 h', icon: 'hourglass' },
  later: { word: 'Later', icon: 'clock' },
  paused: { word: 'Paused', icon: 'pause' },
  met: { word: 'Met', icon: 'check' },
  'no-clock': { word: 'No clock', icon: 'dash' },
}
