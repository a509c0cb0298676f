import { memo } from 'react'
import type { InstantMs } from '#core/instant.ts'
import { metricWord } from '#core/tickets/metric-word.ts'
import type { TicketRow } from '#contract/tickets.ts'
import { useNow, useTimeZone } from '../../api/window-context.tsx'
import { classNames } from '../../ui/class-names.ts'
import { timeOfDay, wallClock, weekday } from '../../ui/time-words.ts'
import { urgencyOf, type Urgency, urgencyWords } from '../../ui/urgency.ts'
import styles from './runway.module.css'

const hourMs = 3_600_000
const laneHeight = 18
const axisHeight = 18
const mostLanes = 6
/** What has passed already takes this much of the 48 hours. */
const behindMs = 4 * hourMs
const spanMs = 48 * hourMs
const aheadMs = spanMs - behindMs
const halfHourMs = hourMs / 2
/** So much of the axis the word beside the now-line takes, at the narrowest window. */
const nowWordMs = 3.5 * hourMs
/** And so much half an hour’s word, which would be cut off at the end. */
const halfWordMs = 2 * hourMs

interface Tick {
  readonly at: InstantMs
  readonly word: string
  readonly midnight: boolean
}

interface Lane {
  readonly name: string
  readonly rows: readonly TicketRow[]
}

/**
 * The next two days as a line per account with a mark per ticket where its clock runs out. It is hidden from screen readers
 * and takes no focus: the queue below says the same, row by row, and more.
 */
export function Runway({
  rows,
  onOpen,
}: {
  readonly rows: readonly TicketRow[]
  readonly onOpen: (id: number) => void
}) {
  // A minute is less than a pixel here, so the drawing follows the minute and not the second.
  const now = Math.floor(useNow() / 60_000) * 60_000
  const timeZone = useTimeZone()
  return <Drawing rows={rows} now={now} timeZone={timeZone} onOpen={onOpen} />
}

interface DrawingProps {
  readonly rows: readonly TicketRow[]
  readonly now: InstantMs
  readonly timeZone: string
  readonly onOpen: (id: number) => void
}

const Drawing = memo(function Drawing({ rows, now, timeZone, onOpen }: DrawingProps) {
  const lanes = lanesOf(rows, now)
  if (lanes.length === 0) return null
  const shown = lanes.slice(0, mostLanes)
  const height = axisHeight + shown.length * laneHeight
  return (
    <figure className={styles.runway} aria-hidden="true">
      <ul className={styles.names}>
        {shown.map((lane) => (
          <li key={lane.name} title={lane.name}>
            {lane.name}
          </li>
        ))}
      </ul>
      <svg className={styles.drawing} width="100%" height={height}>
        {ticks(now, timeZone).map(({ at, word, midnight }) => (
          <g key={at} className={classNames(midnight && styles.midnight)}>
            <line x1={place(at, now)} x2={place(at, now)} y1={axisHeight - 4} y2={height} className={styles.tick} />
            <text x={place(at, now)} y={10} className={styles.hour}>
              {word}
            </text>
          </g>
        ))}
        {shown.map((lane, index) => (
          <LaneMarks key={lane.name} lane={lane} top={axisHeight + index * laneHeight} {...{ now, timeZone, onOpen }} />
        ))}
        <line x1={place(now, now)} x2={place(now, now)} y1={0} y2={height} className={styles.now} />
        <text x={place(now, now)} y={10} dx={4} className={styles.nowWord}>
          Now
        </text>
      </svg>
      {lanes.length > shown.length && (
        <figcaption className={styles.more}>and {lanes.length - shown.length} more accounts in the queue</figcaption>
      )}
    </figure>
  )
})

function LaneMarks({ lane, top, now, timeZone, onOpen }: Omit<DrawingProps, 'rows'> & { lane: Lane; top: number }) {
  const middle = top + laneHeight / 2
  return (
    <g>
      <line x1="0%" x2="100%" y1={middle} y2={middle} className={styles.lane} />
      {lane.rows.map((row) => {
        const clock = row.nextClock
        if (!clock || clock.breachAt === null) return null
        const urgency = urgencyOf(clock, now)
        return (
          <g key={row.id} className={styles[urgency]} onClick={() => onOpen(row.id)}>
            <title>
              {`#${row.id} ${row.subject}\n${urgencyWords[urgency].word}: ${metricWord(clock.metric)}, ` +
                wallClock(clock.breachAt, now, timeZone)}
            </title>
            <Mark urgency={urgency} x={place(clock.breachAt, now)} y={middle} />
          </g>
        )
      })}
    </g>
  )
}

/** Shape as well as colour tells the steps apart: a square has breached, a ring is for later. */
function Mark({ urgency, x, y }: { readonly urgency: Urgency; readonly x: string; readonly y: number }) {
  if (urgency === 'breached') {
    return (
      <svg x={x} y={y} overflow="visible">
        <rect x={-4.5} y={-4.5} width={9} height={9} rx={1} className={styles.full} />
      </svg>
    )
  }
  return (
    <circle cx={x} cy={y} r={urgency === 'later' ? 4 : 5} className={urgency === 'later' ? styles.ring : styles.full} />
  )
}

/** Horizontal place of an instant; what lies before the axis stands at its start. */
function place(instant: InstantMs, now: InstantMs): string {
  const share = (instant - (now - behindMs)) / spanMs
  return `${(Math.max(0.006, share) * 100).toFixed(2)}%`
}

/** Instants ahead at which it is midnight, six, noon or eighteen o'clock here, leaving room beside the now-line and at the end. */
function ticks(now: InstantMs, timeZone: string): readonly Tick[] {
  const found: Tick[] = []
  // Half hours, because some zones are half an hour off.
  for (
    let at = Math.ceil((now + nowWordMs) / halfHourMs) * halfHourMs;
    at < now + aheadMs - halfWordMs;
    at += halfHourMs
  ) {
    const time = timeOfDay(at, timeZone)
    if (time === '00:00') found.push({ at, word: weekday(at, timeZone), midnight: true })
    else if (time === '06:00' || time === '12:00' || time === '18:00') found.push({ at, word: time, midnight: false })
  }
  return found
}

function lanesOf(rows: readonly TicketRow[], now: InstantMs): readonly Lane[] {
  const lanes = new Map<string, TicketRow[]>()
  for (const row of rows) {
    const breachAt = row.nextClock?.breachAt ?? null
    if (breachAt === null || breachAt > now + aheadMs) continue
    const name = row.accountName ?? 'No account'
    const lane = lanes.get(name)
    if (lane) lane.push(row)
    else lanes.set(name, [row])
  }
  return [...lanes].map(([name, laneRows]) => ({ name, rows: laneRows })).sort((a, b) => a.name.localeCompare(b.name))
}
