import type { InstantMs } from '../instant.ts'
import type { SlaClock } from '../tickets/ticket.ts'

/**
 * Whether a clock runs out before the ASE can answer (rules 11 and 12). Never while they are at work, also not for a clock
 * that has run out already; and always, when nobody knows when they will be.
 *
 * @param onlineAt when the ASE is next at work, from `nextAvailable`; undefined when that is not known.
 */
export function breachesBeforeOnline(
  clock: SlaClock & { readonly breachAt: InstantMs },
  onlineAt: InstantMs | undefined,
  now: InstantMs,
): boolean {
  if (onlineAt === undefined) return true
  return onlineAt > now && clock.breachAt < onlineAt
}
