import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { WorkloadWeek } from '#contract/workload.ts'
import { useTimeZone, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { ErrorNotice, Loading } from '../../ui/notice.tsx'
import { Pill } from '../../ui/pill.tsx'
import { figure, percent } from '../../ui/time-words.ts'
import { dayWords } from '../../ui/wall-time.ts'
import { weekAfter } from './week-name.ts'
import styles from './load-panel.module.css'

/** My load in any week: what is left of it, how that was worked out, and from which weeks the usual load was measured. */
export function LoadPanel() {
  const { queries } = useWindow()
  const [week, setWeek] = useState<string | undefined>(undefined)
  const { data, error, refetch } = useQuery(queries.weekNamed(week))
  const shown = week ?? data?.week
  const move = (by: number) => shown !== undefined && setWeek(weekAfter(shown, by))
  return (
    <section aria-labelledby="load" className={styles.panel}>
      <div className={styles.head}>
        <h2 id="load">Your load</h2>
        <Button icon="before" aria-label="The week before" onClick={() => move(-1)} />
        <Button icon="after" aria-label="The week after" onClick={() => move(1)} />
        <Button disabled={week === undefined} onClick={() => setWeek(undefined)}>
          This week
        </Button>
        {data && <WeekName week={data} />}
      </div>
      {error ? (
        <ErrorNotice what="This week’s load could not be worked out" error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <WeekLoad week={data} />
      ) : (
        <Loading what="Working out the load…" />
      )}
    </section>
  )
}

function WeekName({ week }: { readonly week: WorkloadWeek }) {
  const timeZone = useTimeZone()
  return (
    <span role="status">
      <strong>{week.week}</strong>{' '}
      <span className={styles.soft}>
        {dayWords(week.startsAt, timeZone)} – {dayWords(week.endsAt - 1, timeZone)}
      </span>
    </span>
  )
}

function WeekLoad({ week }: { readonly week: WorkloadWeek }) {
  const left = Math.max(0, week.allowed - week.taken)
  return (
    <div className={styles.columns}>
      <div className={styles.column}>
        {!week.possible && (
          <p className={styles.impossible}>
            <Icon name="alert" size={14} />
            <span>
              On some day the accounts you cover take more than the whole. Ask your manager who else can cover.
            </span>
          </p>
        )}
        <dl className={styles.figures}>
          <Figure name="Allowed" value={figure(week.allowed)} />
          <Figure name="Taken" value={figure(week.taken)} />
          <Figure name="Left" value={figure(left)} />
        </dl>
        <p>{week.arithmetic}</p>
        <ul className={styles.steps}>
          {week.steps.map((step, index) => (
            <li key={index}>
              {step.days === 1 ? '1 day' : `${step.days} days`} covering{' '}
              {step.coveredAccounts === 1 ? '1 account' : `${step.coveredAccounts} accounts`}: {percent(step.share)}{' '}
              left, {figure(step.perDay)} a day
            </li>
          ))}
        </ul>
        <p className={styles.soft}>{week.source}</p>
      </div>
      <div className={styles.column}>
        <Baseline baseline={week.baseline} />
      </div>
    </div>
  )
}

function Figure({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}

/** Where the usual load comes from, week by week; weeks unlike the others are marked, not left out. */
function Baseline({ baseline }: Pick<WorkloadWeek, 'baseline'>) {
  const most = Math.max(1, ...baseline.weeks.map(({ taken }) => taken))
  const outliers = baseline.weeks.filter(({ outlier }) => outlier).length
  return (
    <>
      <p>
        Usual load: <strong>{figure(baseline.perWeek)} other tickets a week</strong>, {originWords(baseline)}{' '}
        <Link to="/settings">Change</Link>
      </p>
      <ol className={styles.weeks}>
        {baseline.weeks.map(({ week, taken, outlier }) => (
          <li key={week}>
            <span className={styles.weekName}>{week.slice(5)}</span>
            <span className={styles.bar} data-outlier={outlier} style={{ width: `${(taken / most) * 100}%` }} />
            <span>{taken}</span>
            {outlier && (
              <Pill tone="caution" icon="alert">
                Far from the others
              </Pill>
            )}
          </li>
        ))}
      </ol>
      {outliers > 0 && (
        <p className={styles.soft}>
          {outliers === 1 ? 'The marked week counts' : 'The marked weeks count'} like the others: set your usual load by
          hand where that does not describe it.
        </p>
      )}
    </>
  )
}

function originWords({ origin, weeks }: WorkloadWeek['baseline']): string {
  if (origin === 'set') return 'as you set it.'
  if (origin === 'none') return 'because no complete week is known to measure it from.'
  return weeks.length === 1
    ? 'what you took in one week without absence or coverage.'
    : `the mean of ${weeks.length} weeks without absence or coverage.`
}
