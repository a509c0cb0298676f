import type { Ref } from 'react'
import { useQuery } from '@tanstack/react-query'
import type { OnCallShift } from '#contract/on-call.ts'
import { useNow, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { ErrorNotice, Loading } from '../../ui/notice.tsx'
import { ShiftCard } from './shift-card.tsx'
import styles from './coverage-screen.module.css'

/** On-call shifts: those that have to change hands first, then what is to come, then what is over. */
export function ShiftList({ ref, onAdd }: { readonly ref: Ref<HTMLElement>; readonly onAdd: () => void }) {
  const { queries } = useWindow()
  const { data, error, refetch } = useQuery(queries.shifts())
  return (
    <section ref={ref} aria-labelledby="shifts">
      <div className={styles.head}>
        <h2 id="shifts">On-call shifts</h2>
        <span className={styles.buttons}>
          <Button icon="plus" onClick={onAdd}>
            Enter a shift…
          </Button>
        </span>
      </div>
      {data ? (
        <Shifts shifts={data.shifts} />
      ) : error ? (
        <ErrorNotice what="The shifts could not be read" error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading what="Reading the shifts…" />
      )}
    </section>
  )
}

function Shifts({ shifts }: { readonly shifts: readonly OnCallShift[] }) {
  const now = useNow()
  if (shifts.length === 0) {
    return (
      <p className={styles.soft}>
        No shift is known. Add the calendar of your on-call rotation under Settings › Calendars, or enter a shift here:
        Understudy then says which ones have to change hands while you cover.
      </p>
    )
  }
  const urgency = ({ swap, replacement }: OnCallShift) => (swap && !replacement ? 1 : 0)
  const ahead = shifts.filter(({ endsAt }) => endsAt > now).toSorted((a, b) => urgency(b) - urgency(a))
  const over = shifts.filter(({ endsAt }) => endsAt <= now).toReversed()
  return (
    <>
      {ahead.length === 0 && <p className={styles.soft}>No shift is ahead.</p>}
      <ul className={styles.list}>
        {ahead.map((shift) => (
          <ShiftCard key={shift.id} shift={shift} />
        ))}
      </ul>
      {over.length > 0 && (
        <details className={styles.past}>
          <summary>{over.length === 1 ? '1 shift that is over' : `${over.length} shifts that are over`}</summary>
          <ul className={styles.list}>
            {over.map((shift) => (
              <ShiftCard key={shift.id} shift={shift} />
            ))}
          </ul>
        </details>
      )}
    </>
  )
}
