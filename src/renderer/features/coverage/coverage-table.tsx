import type { CoverageRow } from '#contract/coverage.ts'
import { useNow, useTimeZone } from '../../api/window-context.tsx'
import { Pill } from '../../ui/pill.tsx'
import { dayAndTime, zoneName } from '../../ui/time-words.ts'
import table from '../../ui/table.module.css'

/** Coverages that hold, in my zone and in the zone of the one who is away. */
export function CoverageTable({ coverages }: { readonly coverages: readonly CoverageRow[] }) {
  const now = useNow()
  const timeZone = useTimeZone()
  if (coverages.length === 0) return <p className={table.soft}>Nobody covers for anybody, now or soon.</p>
  return (
    <table className={table.table}>
      <thead>
        <tr>
          <th scope="col">Account</th>
          <th scope="col">Phase</th>
          <th scope="col">Away → covering</th>
          <th scope="col">Your time, {zoneName(timeZone, now)}</th>
          <th scope="col">Time of who is away</th>
        </tr>
      </thead>
      <tbody>
        {coverages.map((coverage) => (
          <tr key={coverage.id}>
            <td>
              <strong>{coverage.accountName}</strong>
            </td>
            <td>
              <PhasePill phase={coverage.phase} />
            </td>
            <td>
              {coverage.aseName} → {coverage.coverName} {coverage.mine && <Pill tone="info">You</Pill>}
            </td>
            <td>
              <Span coverage={coverage} timeZone={timeZone} />
            </td>
            <td>
              <Span coverage={coverage} timeZone={coverage.aseTimeZone} />
              <div className={table.soft}>{zoneName(coverage.aseTimeZone, coverage.startsAt)}</div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Span({ coverage, timeZone }: { coverage: CoverageRow; timeZone: string }) {
  return (
    <>
      <span className={table.whole}>{dayAndTime(coverage.startsAt, timeZone)} –</span>{' '}
      <span className={table.whole}>{dayAndTime(coverage.endsAt, timeZone)}</span>
    </>
  )
}

function PhasePill({ phase }: { readonly phase: CoverageRow['phase'] }) {
  if (phase === 'running') return <Pill tone="success">Running</Pill>
  return phase === 'upcoming' ? <Pill tone="info">Upcoming</Pill> : <Pill>Past</Pill>
}
