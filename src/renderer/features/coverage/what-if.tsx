import { useQuery } from '@tanstack/react-query'
import type { WhatIf as WhatIfAnswer } from '#contract/plans.ts'
import type { CoverWindow } from '../../api/queries.ts'
import { useWindow } from '../../api/window-context.tsx'
import { Icon, type IconName } from '../../ui/icon.tsx'
import { ErrorNotice, Loading } from '../../ui/notice.tsx'
import { Pill } from '../../ui/pill.tsx'
import { figure, percent } from '../../ui/time-words.ts'
import styles from './what-if.module.css'

/** What covering would mean, before saying yes: load per week, what is in the way, and how many tickets to expect. */
export function WhatIf(props: {
  readonly windows: readonly CoverWindow[]
  /** Who would cover; me where nobody is named. */
  readonly cover?: { readonly id: number; readonly name: string }
}) {
  const { windows, cover } = props
  const { queries } = useWindow()
  const { data, error, refetch } = useQuery(queries.whatIf(windows, cover?.id))
  if (error) {
    return (
      <ErrorNotice what="What it would mean could not be worked out" error={error} onRetry={() => void refetch()} />
    )
  }
  if (!data) return <Loading what="Working out what it would mean…" />
  return (
    <div
      role="group"
      aria-label={cover ? `What saying yes would mean for ${cover.name}` : 'What saying yes would mean'}
      className={styles.whatIf}
    >
      <div>
        <h3>{cover ? `${cover.name}’s` : 'Your'} other ticket work, week by week</h3>
        <ul className={styles.weeks}>
          {data.weeks.map((week) => (
            <Week key={week.week} week={week} />
          ))}
        </ul>
      </div>
      <div className={styles.beside}>
        <Collisions collisions={data.collisions} />
        <Expected expected={data.expected} />
      </div>
    </div>
  )
}

/** The usual load as the whole bar, what is left of it now, and what would be left; the words say the same, and all that is known where nobody knows the usual load. */
function Week({ week }: { readonly week: WhatIfAnswer['weeks'][number] }) {
  const { baseline, before, after, possible } = week
  const share = (value: number) => (baseline > 0 ? Math.max(0, Math.min(1, value / baseline)) : 0)
  return (
    <li>
      <div className={styles.weekHead}>
        <strong>{week.week.slice(5)}</strong>
        {baseline > 0 && (
          <>
            <span className={styles.bar} aria-hidden="true">
              <span className={styles.before} style={{ width: `${share(before.value) * 100}%` }} />
              <span className={styles.after} style={{ width: `${share(after.value) * 100}%` }} />
            </span>
            <span>
              {percent(1)} → {percent(share(before.value))} → <strong>{percent(share(after.value))}</strong>
            </span>
            <span>
              {figure(before.value)} → <strong>{figure(after.value)}</strong> tickets
            </span>
          </>
        )}
        {!possible && (
          <Pill tone="danger" icon="alert">
            Impossible
          </Pill>
        )}
      </div>
      <p className={styles.soft}>
        Now {before.words}
        <br />
        Then {after.words}
      </p>
    </li>
  )
}

const collisionLooks: Readonly<
  Record<WhatIfAnswer['collisions'][number]['kind'], { readonly word: string; readonly icon: IconName }>
> = {
  impossible: { word: 'Impossible', icon: 'alert' },
  'on-call': { word: 'On-call', icon: 'phone' },
  'day-off': { word: 'Day off', icon: 'pause' },
  absence: { word: 'Away', icon: 'person' },
  'already-covered': { word: 'Covered already', icon: 'coverage' },
}

function Collisions({ collisions }: Pick<WhatIfAnswer, 'collisions'>) {
  return (
    <div>
      <h3>What is in the way</h3>
      {collisions.length === 0 && <p className={styles.soft}>Nothing: no shift, day off or other absence collides.</p>}
      <ul className={styles.collisions}>
        {collisions.map(({ kind, startsAt, words }) => (
          <li key={`${kind} ${startsAt} ${words}`} data-kind={kind}>
            <Icon name={collisionLooks[kind].icon} size={14} />
            <span>
              <strong>{collisionLooks[kind].word}</strong>
              <br />
              {words}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Expected({ expected }: Pick<WhatIfAnswer, 'expected'>) {
  const most = Math.max(1, ...expected.map(({ high }) => high ?? 0))
  return (
    <div>
      <h3>Tickets to expect from these accounts</h3>
      <ul className={styles.expected}>
        {expected.map(({ accountId, accountName, low, middle, high, words }) => (
          <li key={accountId}>
            {low === null || middle === null || high === null ? (
              <span>{accountName}</span>
            ) : (
              <>
                <span>
                  {accountName}: <strong>{figure(middle)}</strong>, mostly {figure(low)} to {figure(high)}
                </span>
                <span className={styles.spread} aria-hidden="true">
                  <span style={{ left: `${(low / most) * 100}%`, width: `${((high - low) / most) * 100}%` }} />
                  <i style={{ left: `${(middle / most) * 100}%` }} />
                </span>
              </>
            )}
            <span className={styles.soft}>{words}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
