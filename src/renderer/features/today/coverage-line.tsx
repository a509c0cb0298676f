import { useQuery } from '@tanstack/react-query'
import type { CoverageRow } from '#contract/coverage.ts'
import { useNow, useTimeZone, useWindow } from '../../api/window-context.tsx'
import { wallClock } from '../../ui/time-words.ts'

/** Whom I cover now and until when, or what comes next, in one line. */
export function CoverageLine() {
  const { queries } = useWindow()
  const now = useNow()
  const timeZone = useTimeZone()
  const { data } = useQuery(queries.coverages())
  if (!data) return <>&nbsp;</>
  return coverageWords(
    data.coverages.filter((coverage) => coverage.mine),
    (instant) => wallClock(instant, now, timeZone),
  )
}

/** `Covering Acme until Fri 17:00 and Globex until Mon 09:00 (your time)`. */
export function coverageWords(mine: readonly CoverageRow[], wall: (instant: number) => string): string {
  const running = mine.filter((coverage) => coverage.phase === 'running')
  const next = mine.filter((coverage) => coverage.phase === 'upcoming').sort((a, b) => a.startsAt - b.startsAt)[0]
  const parts = running.map((coverage) => `${coverage.accountName} until ${wall(coverage.endsAt)}`)
  const following = next ? `${next.accountName} from ${wall(next.startsAt)}` : ''
  if (parts.length > 0) {
    const list = new Intl.ListFormat('en-GB').format(parts)
    return `Covering ${list}${following ? `, then ${following}` : ''} (your time)`
  }
  return following ? `Covering nobody now; ${following} (your time)` : 'Covering nobody at the moment'
}
