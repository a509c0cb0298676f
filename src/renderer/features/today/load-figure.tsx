import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Popover } from '@base-ui/react/popover'
import type { WorkloadDay, WorkloadWeek } from '#contract/workload.ts'
import { useWindow } from '../../api/window-context.tsx'
import { figure, percent } from '../../ui/time-words.ts'
import { Icon } from '../../ui/icon.tsx'
import styles from './load-figure.module.css'

/** How much work on other tickets this week leaves room for, with the sum written out and explained on hover or focus. */
export function LoadFigure() {
  const { queries } = useWindow()
  const { data: week, isError } = useQuery(queries.week())
  const { data: day } = useQuery(queries.day())
  if (isError && !week) return <p className={styles.sum}>This week’s load could not be worked out.</p>
  if (!week) return <div className={styles.place} />
  return (
    <Popover.Root>
      <Popover.Trigger openOnHover delay={300} className={styles.figure}>
        <StepBar week={week} />
        <span className={styles.words}>
          <span className={styles.headline}>
            {headline(week)}
            {day && <span className={styles.today}> · {dayWords(day)}</span>}
          </span>
          <span className={styles.sum}>{week.arithmetic}</span>
        </span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner side="bottom" align="end" sideOffset={6}>
          <Popover.Popup className={styles.popup}>
            <Explanation week={week} day={day} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}

function headline(week: WorkloadWeek): string {
  if (!week.possible) return 'More accounts than one engineer can cover'
  if (week.baseline.origin === 'none') return 'No usual load known yet'
  return `${figure(week.taken)} of ${figure(week.allowed)} other tickets this week`
}

/** `today 1 of 1.2`. */
function dayWords({ working, allowed, taken, possible }: WorkloadDay): string {
  if (!working) return taken > 0 ? `today off, ${figure(taken)} taken` : 'today off'
  return possible ? `today ${figure(taken)} of ${figure(allowed)}` : 'today too many'
}

/** A column per working day, as high as the share of other work that is left on it. */
function StepBar({ week }: { readonly week: WorkloadWeek }) {
  const days = week.steps.flatMap((step, index) =>
    Array.from({ length: step.days }, (_, day) => ({ key: `${index}.${day}`, share: step.share })),
  )
  return (
    <svg className={styles.bar} width={Math.max(1, days.length) * 14 - 2} height="32" aria-hidden="true">
      {days.map(({ key, share }, index) => (
        <g key={key}>
          <rect x={index * 14} y="0" width="12" height="32" rx="2" className={styles.whole} />
          <rect x={index * 14} y={32 - share * 32} width="12" height={share * 32} rx="2" className={styles.left} />
        </g>
      ))}
    </svg>
  )
}

function Explanation({ week, day }: { readonly week: WorkloadWeek; readonly day: WorkloadDay | undefined }) {
  return (
    <>
      <Popover.Title className={styles.title}>Non-ASE ticket work in {week.week}</Popover.Title>
      {!week.possible && (
        <p className={styles.impossible}>
          <Icon name="alert" /> On some day the accounts you cover take more than the whole. Ask your manager who else
          can cover.
        </p>
      )}
      <ul className={styles.steps}>
        {week.steps.map((step, index) => (
          <li key={index}>
            {step.days === 1 ? '1 day' : `${step.days} days`} covering{' '}
            {step.coveredAccounts === 1 ? '1 account' : `${step.coveredAccounts} accounts`}: {percent(step.share)} left,{' '}
            {figure(step.perDay)} a day
          </li>
        ))}
      </ul>
      <p>{week.arithmetic}</p>
      {day && (
        <p>
          Today{day.coveredAccounts.length > 0 && `, covering ${names(day)}, ${percent(day.share)} left`}:{' '}
          {day.arithmetic}
        </p>
      )}
      <p>{baselineWords(week)}</p>
      {week.baseline.weeks.length > 0 && (
        <p className={styles.sum}>
          {week.baseline.weeks
            .map(
              ({ week: name, taken, outlier }) => `${name.slice(5)}: ${taken}${outlier ? ' (unlike the others)' : ''}`,
            )
            .join(' · ')}
        </p>
      )}
      <p className={styles.sum}>{week.source}</p>
      <p className={styles.links}>
        <Link to="/coverage">Any week, and what is to come</Link>
        <Link to="/settings">Set your usual load</Link>
      </p>
    </>
  )
}

function names({ coveredAccounts }: WorkloadDay): string {
  return new Intl.ListFormat('en-GB').format(coveredAccounts.map(({ name }) => name))
}

function baselineWords({ baseline }: WorkloadWeek): string {
  const perWeek = figure(baseline.perWeek)
  if (baseline.origin === 'set') return `Your usual load is ${perWeek} a week, as you set it in Settings.`
  if (baseline.origin === 'none') return 'No complete weeks to measure your usual load from. Set it in Settings.'
  const weeks = baseline.weeks.length === 1 ? 'one week' : `${baseline.weeks.length} weeks`
  return `Your usual load is ${perWeek} a week: the mean of ${weeks} without absence or coverage.`
}
