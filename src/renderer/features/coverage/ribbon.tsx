import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import type { RibbonSpan } from '#contract/coverage.ts'
import type { ServiceClient } from '../../api/connection.ts'
import { useTimeZone, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useShortcuts } from '../../ui/keyboard.tsx'
import { EmptyState, ErrorNotice, Loading } from '../../ui/notice.tsx'
import { dayWords } from '../../ui/wall-time.ts'
import { RibbonGrid } from './ribbon-grid.tsx'
import { spanLooks } from './ribbon-looks.ts'
import { weekAfter } from './week-name.ts'
import styles from './ribbon.module.css'

type RibbonData = Awaited<ReturnType<ServiceClient['coverage']['ribbon']>>

/** Six weeks of absences, covers and on-call shifts; any six, and back to the present ones. */
export function Ribbon({
  onPlan,
  onShift,
}: {
  readonly onPlan: () => void
  readonly onShift: (shiftId: string) => void
}) {
  const { week } = useSearch({ from: '/coverage' })
  const { queries } = useWindow()
  const navigate = useNavigate()
  const { data, error, refetch } = useQuery(queries.ribbon(week))
  const go = (to: string | undefined) =>
    void navigate({ to: '/coverage', search: to === undefined ? {} : { week: to }, replace: true })
  const first = week ?? data?.weeks[0]?.week
  const move = (by: number) => first !== undefined && go(weekAfter(first, by))
  useShortcuts([
    { keys: ',', words: 'One week back', group: 'Ribbon', run: () => move(-1) },
    { keys: '.', words: 'One week on', group: 'Ribbon', run: () => move(1) },
    { keys: 't', words: 'Back to today', group: 'Ribbon', run: () => go(undefined) },
  ])
  if (error && !data) {
    return <ErrorNotice what="The ribbon could not be read" error={error} onRetry={() => void refetch()} />
  }
  if (!data) return <Loading what="Reading absences, covers and shifts…" />
  return (
    <section aria-label="Ribbon">
      <RibbonToolbar data={data} away={week !== undefined} onMove={move} onToday={() => go(undefined)} />
      {error && <ErrorNotice what="These weeks could not be read" error={error} onRetry={() => void refetch()} />}
      {data.lanes.length === 0 ? (
        <NothingKnown onPlan={onPlan} />
      ) : (
        <Drawn data={data} onMove={move} onShift={onShift} />
      )}
    </section>
  )
}

function RibbonToolbar(props: {
  readonly data: RibbonData
  /** Whether other weeks than the present ones are shown. */
  readonly away: boolean
  readonly onMove: (by: number) => void
  readonly onToday: () => void
}) {
  const { data, away, onMove, onToday } = props
  const timeZone = useTimeZone()
  return (
    <div className={styles.toolbar}>
      <Button icon="before" aria-label="One week back" title="One week back ( , )" onClick={() => onMove(-1)} />
      <Button icon="after" aria-label="One week on" title="One week on ( . )" onClick={() => onMove(1)} />
      <Button disabled={!away} onClick={onToday}>
        Today
      </Button>
      <h2 aria-live="polite">
        {dayWords(data.startsAt, timeZone)} – {dayWords(data.endsAt - 1, timeZone)}
      </h2>
    </div>
  )
}

function Legend() {
  const kinds = Object.keys(spanLooks) as RibbonSpan['kind'][]
  return (
    <ul className={styles.legend} aria-label="What the colours and patterns mean">
      {kinds.map((kind) => (
        <li key={kind}>
          <span className={styles.swatch} data-kind={kind}>
            <Icon name={spanLooks[kind].icon} size={10} />
          </span>
          {spanLooks[kind].word}
        </li>
      ))}
    </ul>
  )
}

/** The ribbon with a line under it that says everything about the span that has the focus or is pointed at. */
function Drawn(props: {
  readonly data: RibbonData
  readonly onMove: (by: number) => void
  readonly onShift: (shiftId: string) => void
}) {
  const { data, onMove, onShift } = props
  const navigate = useNavigate()
  const [shown, setShown] = useState<RibbonSpan | undefined>(undefined)
  const open = (span: RibbonSpan) => {
    setShown(span)
    if (span.planId !== null) void navigate({ to: '/coverage/plans/$planId', params: { planId: span.planId } })
    else if (span.shiftId !== null) onShift(span.shiftId)
  }
  return (
    <>
      <RibbonGrid data={data} onShow={setShown} onOpen={open} onMove={onMove} />
      <p className={styles.detail} aria-hidden="true">
        {shown ? (
          <>
            <span className={styles.swatch} data-kind={shown.kind}>
              <Icon name={spanLooks[shown.kind].icon} size={10} />
            </span>
            <span>
              {shown.words} {leadsTo(shown)}
            </span>
          </>
        ) : (
          'Point at something, or reach it with Tab and the arrow keys, to read all of it here. Enter opens it.'
        )}
      </p>
      <Legend />
    </>
  )
}

function leadsTo({ planId, shiftId }: RibbonSpan): string {
  if (planId !== null) return 'Enter opens the plan.'
  return shiftId === null ? '' : 'Enter goes to the shift.'
}

function NothingKnown({ onPlan }: { readonly onPlan: () => void }) {
  return (
    <EmptyState icon="coverage" title="Nobody is known to be away in these weeks">
      <p>Plan an absence to see who covers, where there are gaps and what it costs whom.</p>
      <p>
        <Button icon="plus" look="primary" onClick={onPlan}>
          Plan an absence
        </Button>
      </p>
      <p>
        Absences and on-call shifts also come from <Link to="/settings/calendars">a calendar</Link>, or are entered
        there by hand.
      </p>
    </EmptyState>
  )
}
