import { useId } from 'react'
import type { FigureDay } from '#contract/return-figures.ts'
import { dayOnly } from '../../ui/calendar-day.ts'
import { figure } from '../../ui/time-words.ts'
import { DayTable } from './day-table.tsx'
import { dayLine } from './figure-words.ts'
import styles from './numbers.module.css'

/** A row of bars with its title above. */
const rowHeight = 64
const titleHeight = 26
const axisHeight = 18
/** The drawing is as wide as the days need: not so wide that it looks like a wall, nor so narrow that no bar is told from the next. */
const widest = 720
const mostPerDay = 36
const leastPerDay = 8
/** The titles over the bars need so much room. */
const leastWidth = 240
/** A day's number needs so much room. */
const labelWidth = 20

interface ChartProps {
  readonly days: readonly FigureDay[]
  /** Whether anything is known of other tickets; of a colleague nothing is. */
  readonly withOthers: boolean
}

/** Day by day: hours in which something was done for the account, and other tickets as planned and as taken. The same stands in a table. */
export function DayChart({ days, coverName }: { readonly days: readonly FigureDay[]; readonly coverName: string }) {
  if (days.length === 0) return null
  const withOthers = days.some(({ otherTaken }) => otherTaken !== null)
  return (
    <figure className={styles.chart}>
      <figcaption className={styles.caption}>
        <strong>Day by day</strong>
        <span className={styles.legend}>
          <span className={styles.key} data-kind="hours" /> Hours in which {coverName} did something on a ticket; not
          hours worked
        </span>
        {withOthers && (
          <>
            <span className={styles.legend}>
              <span className={styles.key} data-kind="taken" /> Other tickets taken
            </span>
            <span className={styles.legend}>
              <span className={styles.key} data-kind="planned" /> Other tickets planned, by the load
            </span>
          </>
        )}
      </figcaption>
      <div className={styles.scroll}>
        <Drawing {...{ days, withOthers }} />
      </div>
      <DayTable {...{ days, withOthers }} />
    </figure>
  )
}

function Drawing({ days, withOthers }: ChartProps) {
  const pattern = useId()
  const perDay = Math.max(leastPerDay, Math.min(mostPerDay, Math.floor(widest / days.length)))
  const mostHours = Math.max(1, ...days.map(({ hours }) => hours))
  const mostOthers = Math.max(
    1,
    ...days.flatMap(({ otherTaken, otherPlanned }) => [otherTaken ?? 0, otherPlanned ?? 0]),
  )
  const every = Math.ceil(labelWidth / perDay)
  const width = Math.max(leastWidth, perDay * days.length)
  const upper = titleHeight + rowHeight
  const foot = withOthers ? upper * 2 : upper
  return (
    <svg className={styles.drawing} width={width} height={foot + axisHeight} role="img" aria-label={inShort(days)}>
      <defs>
        <pattern id={pattern} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line x1="0" y1="0" x2="0" y2="5" className={styles.hatch} />
        </pattern>
      </defs>
      {days.map((day, index) => (
        <g key={day.day} transform={`translate(${index * perDay} 0)`}>
          <title>{dayLine(day)}</title>
          {!day.working && <rect width={perDay} y={titleHeight} height={foot - titleHeight} className={styles.off} />}
          <Bar value={day.hours} most={mostHours} foot={upper} width={perDay - 2} className={styles.hours} />
          {withOthers && (
            <>
              <Bar
                value={day.otherPlanned}
                most={mostOthers}
                foot={foot}
                width={perDay - 2}
                fill={`url(#${pattern})`}
                className={styles.planned}
              />
              <Bar
                value={day.otherTaken}
                most={mostOthers}
                foot={foot}
                x={perDay / 4}
                width={perDay / 2 - 2}
                className={styles.taken}
              />
            </>
          )}
          {index % every === 0 && (
            <text x={perDay / 2 - 1} y={foot + axisHeight - 4} className={styles.day}>
              {Number(day.day.slice(-2))}
            </text>
          )}
        </g>
      ))}
      <RowFrame title={`Hours with activity, at most ${mostHours}`} foot={upper} width={width} />
      {withOthers && <RowFrame title={`Other tickets, at most ${figure(mostOthers)}`} foot={foot} width={width} />}
    </svg>
  )
}

function Bar(props: {
  readonly value: number | null
  readonly most: number
  readonly foot: number
  readonly x?: number
  readonly width: number
  readonly fill?: string
  readonly className: string | undefined
}) {
  const { value, most, foot, ...rest } = props
  if (value === null || value === 0) return null
  const height = (value / most) * (rowHeight - 4)
  return <rect {...rest} y={foot - height} height={height} />
}

function RowFrame({ title, foot, width }: { readonly title: string; readonly foot: number; readonly width: number }) {
  return (
    <>
      <text x={0} y={foot - rowHeight - titleHeight / 2 + 2} className={styles.title}>
        {title}
      </text>
      <line x1={0} x2={width} y1={foot} y2={foot} className={styles.foot} />
    </>
  )
}

/** The chart in a sentence. */
function inShort(days: readonly FigureDay[]): string {
  const sum = (of: (day: FigureDay) => number | null) => days.reduce((total, day) => total + (of(day) ?? 0), 0)
  const most = days.reduce((best, day) => (day.hours > best.hours ? day : best))
  const hours = `${days.length} days: ${sum((day) => day.hours)} hours with activity, most on ${dayOnly(most.day)} with ${most.hours}`
  if (days.every(({ otherTaken }) => otherTaken === null)) return `${hours}.`
  return `${hours}; ${sum((day) => day.otherTaken)} other tickets taken, ${figure(sum((day) => day.otherPlanned))} planned.`
}
