import { type KeyboardEvent, useMemo, useRef, useState } from 'react'
import type { RibbonLane, RibbonSpan } from '#contract/coverage.ts'
import type { ServiceClient } from '../../api/connection.ts'
import { useNow, useTimeZone } from '../../api/window-context.tsx'
import { classNames } from '../../ui/class-names.ts'
import { Icon } from '../../ui/icon.tsx'
import { weekday } from '../../ui/time-words.ts'
import { dayOf } from '../../ui/calendar-day.ts'
import { type PlacedLane, type PlacedSpan, placeLanes, stepTo } from './ribbon-lanes.ts'
import { laneWords, spanLabel, spanLooks } from './ribbon-looks.ts'
import { createRibbonScale, type RibbonScale } from './ribbon-scale.ts'
import styles from './ribbon.module.css'

type RibbonData = Awaited<ReturnType<ServiceClient['coverage']['ribbon']>>

const lineHeight = 24
const kinds: readonly RibbonLane['kind'][] = ['ase', 'account', 'on-call']

interface SpanActions {
  readonly onShow: (span: RibbonSpan) => void
  readonly onOpen: (span: RibbonSpan) => void
}

/**
 * The lanes as a grid: a row for each, a cell for each span. One span is in the order of Tab; arrow keys lead to the others, and
 * page keys to other weeks.
 */
export function RibbonGrid(
  props: SpanActions & { readonly data: RibbonData; readonly onMove: (weeks: number) => void },
) {
  const { data, onMove, ...actions } = props
  const timeZone = useTimeZone()
  const grid = useRef<HTMLDivElement>(null)
  const lanes = useMemo(
    () => placeLanes(kinds.flatMap((kind) => data.lanes.filter((lane) => lane.kind === kind))),
    [data.lanes],
  )
  const scale = useMemo(() => createRibbonScale(data, timeZone), [data, timeZone])
  const [focused, setFocused] = useState<string | undefined>(undefined)
  const all = lanes.flatMap(({ spans }) => spans)
  const current = all.some(({ key }) => key === focused) ? focused : (all.find(isNow(data.now)) ?? all[0])?.key
  const focusOn = (key: string) => grid.current?.querySelector<HTMLElement>(`[data-span="${CSS.escape(key)}"]`)?.focus()
  const handleKey = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    if (event.key === 'PageUp' || event.key === 'PageDown') onMove(event.key === 'PageUp' ? -1 : 1)
    else if (/^(Arrow|Home$|End$)/.test(event.key)) {
      const next = stepTo(lanes, current, event.key)
      if (next) focusOn(next.key)
    } else return
    event.preventDefault()
  }
  return (
    <div
      ref={grid}
      role="grid"
      tabIndex={-1}
      aria-label={`${data.weeks.length} weeks of absences, covers and on-call shifts. Arrow keys move, Enter opens, page keys change the weeks.`}
      className={styles.grid}
      onKeyDown={handleKey}
    >
      <Axis data={data} scale={scale} timeZone={timeZone} />
      {kinds.map((kind) => (
        <LaneGroup
          key={kind}
          kind={kind}
          lanes={lanes.filter(({ lane }) => lane.kind === kind)}
          {...{ scale, current, actions }}
          onFocus={setFocused}
        />
      ))}
      <TodayLine scale={scale} />
    </div>
  )
}

function isNow(now: number): (placed: PlacedSpan) => boolean {
  return ({ span }) => span.startsAt <= now && now < span.endsAt
}

/** Weeks and days along the top. Hidden from screen readers: every span says its own days. */
function Axis(props: { readonly data: RibbonData; readonly scale: RibbonScale; readonly timeZone: string }) {
  const { data, scale, timeZone } = props
  const days = scale.days.slice(0, -1)
  const today = dayOf(data.now, timeZone)
  return (
    <div className={styles.axis} aria-hidden="true">
      <div className={styles.weeks}>
        {data.weeks.map(({ week, startsAt, endsAt }) => (
          <span key={week} className={styles.week} style={stretch(scale, startsAt, endsAt)}>
            <strong>{week.slice(5)}</strong> {monthAndDay(startsAt, timeZone)}
          </span>
        ))}
      </div>
      <div className={styles.days}>
        {days.map((day, index) => (
          <span
            key={day}
            className={classNames(
              styles.day,
              weekday(day, timeZone).startsWith('S') && styles.weekend,
              dayOf(day, timeZone) === today && styles.today,
            )}
            title={dayOf(day, timeZone) === today ? 'Today' : undefined}
            style={stretch(scale, day, scale.days[index + 1] ?? day)}
          >
            <span>{Number(dayOf(day, timeZone).slice(8))}</span>
          </span>
        ))}
      </div>
    </div>
  )
}

function monthAndDay(instant: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, day: 'numeric', month: 'short' }).format(instant)
}

function LaneGroup(props: {
  readonly kind: RibbonLane['kind']
  readonly lanes: readonly PlacedLane[]
  readonly scale: RibbonScale
  readonly current: string | undefined
  readonly actions: SpanActions
  readonly onFocus: (key: string) => void
}) {
  const { kind, lanes, ...rest } = props
  if (lanes.length === 0) return null
  return (
    <div role="rowgroup" aria-label={laneWords[kind]} className={styles.group}>
      <div className={styles.groupName} aria-hidden="true">
        {laneWords[kind]}
      </div>
      {lanes.map((placed) => (
        <Lane key={placed.lane.id} placed={placed} {...rest} />
      ))}
    </div>
  )
}

function Lane(props: {
  readonly placed: PlacedLane
  readonly scale: RibbonScale
  readonly current: string | undefined
  readonly actions: SpanActions
  readonly onFocus: (key: string) => void
}) {
  const { placed, scale, current, actions, onFocus } = props
  return (
    <div role="row" className={styles.lane}>
      <div role="rowheader" className={styles.name} title={placed.lane.name}>
        {placed.lane.name}
      </div>
      <div role="presentation" className={styles.track} style={{ height: placed.lines * lineHeight + 4 }}>
        {placed.spans.map((one) => (
          <Span key={one.key} placed={one} {...{ scale, actions, onFocus }} inOrder={one.key === current} />
        ))}
        {placed.spans.length === 0 && (
          <div role="gridcell" className={styles.nothing}>
            Nothing in these weeks
          </div>
        )}
      </div>
    </div>
  )
}

function Span(props: {
  readonly placed: PlacedSpan
  readonly scale: RibbonScale
  readonly actions: SpanActions
  readonly inOrder: boolean
  readonly onFocus: (key: string) => void
}) {
  const { placed, scale, actions, inOrder, onFocus } = props
  const { key, span, line } = placed
  return (
    <div
      role="gridcell"
      className={styles.place}
      style={{ ...stretch(scale, span.startsAt, span.endsAt), top: line * lineHeight + 3 }}
    >
      <button
        type="button"
        data-span={key}
        data-kind={span.kind}
        data-mine={span.mine}
        tabIndex={inOrder ? 0 : -1}
        aria-label={span.words}
        title={span.words}
        className={styles.span}
        onFocus={() => {
          onFocus(key)
          actions.onShow(span)
        }}
        onMouseEnter={() => actions.onShow(span)}
        onClick={() => actions.onOpen(span)}
      >
        <Icon name={spanLooks[span.kind].icon} size={12} />
        <span className={styles.label}>{spanLabel(span)}</span>
      </button>
    </div>
  )
}

function TodayLine({ scale }: { readonly scale: RibbonScale }) {
  const now = useNow()
  const [first = 0, last = 0] = [scale.days[0], scale.days.at(-1)]
  if (now < first || now >= last) return null
  return (
    <div className={styles.overlay} aria-hidden="true">
      <span className={styles.now} style={{ left: `${scale.place(now) * 100}%` }} />
    </div>
  )
}

function stretch(scale: RibbonScale, startsAt: number, endsAt: number): { left: string; width: string } {
  const from = scale.place(startsAt)
  return { left: `${from * 100}%`, width: `${(scale.place(endsAt) - from) * 100}%` }
}
