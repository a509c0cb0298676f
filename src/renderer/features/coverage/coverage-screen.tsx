import { useQuery } from '@tanstack/react-query'
import type { CoverageRow } from '#contract/coverage.ts'
import { useNow, useTimeZone, useWindow } from '../../api/window-context.tsx'
import { EmptyState, ErrorNotice, Loading } from '../../ui/notice.tsx'
import { Pill } from '../../ui/pill.tsx'
import { Screen } from '../../ui/screen.tsx'
import { dayAndTime, zoneName } from '../../ui/time-words.ts'
import table from '../../ui/table.module.css'

/** Who covers which account, and when, in my zone and in the zone of the one who is away. */
export function CoverageScreen() {
  const { queries } = useWindow()
  const { data, error, refetch } = useQuery(queries.coverages())
  return (
    <Screen title="Coverage" about="Who covers which account, from when to when.">
      {data ? (
        <CoverageTable coverages={data.coverages} />
      ) : error ? (
        <ErrorNotice what="The coverages could not be read" error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading what="Reading the coverages…" />
      )}
      <EmptyState icon="coverage" title="Planning comes in a later version">
        <p>
          A six-week view of absences, covering engineers and on-call shifts, with gaps and swaps marked and a preview
          of your load before you say yes, will be here. Until then absences and coverages come with the workspace and
          cannot be changed in this window.
        </p>
      </EmptyState>
    </Screen>
  )
}

function CoverageTable({ coverages }: { readonly coverages: readonly CoverageRow[] }) {
  const now = useNow()
  const timeZone = useTimeZone()
  if (coverages.length === 0) {
    return (
      <EmptyState icon="check" title="No coverage is known">
        <p>Nobody is away as far as Understudy knows.</p>
      </EmptyState>
    )
  }
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
