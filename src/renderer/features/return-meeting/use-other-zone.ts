import type { ReturnMeeting } from '#contract/returns.ts'
import { useZoneOf } from '../../ui/use-zone-of.ts'

/** The zone of the other side of a meeting: of the ASE for whoever covered, and of who covered last for the ASE. */
export function useOtherZone({ role, aseTimeZone, covers }: ReturnMeeting): string {
  const covering = useZoneOf(covers.at(-1)?.id)
  return role === 'ase' ? covering : aseTimeZone
}
