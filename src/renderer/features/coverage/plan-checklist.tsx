import { useMutation } from '@tanstack/react-query'
import type { PlanDetail, PlanStep } from '#contract/plans.ts'
import { useConnectionStatus, useWindow } from '../../api/window-context.tsx'
import { dayOnly } from '../../ui/calendar-day.ts'
import { Problem } from '../../ui/notice.tsx'
import { Pill } from '../../ui/pill.tsx'
import { usePlanKept } from './use-plan-kept.ts'
import styles from './plan-screen.module.css'

/** What is to be done by when, before and after the absence. What the plan shows by itself is ticked by itself. */
export function PlanChecklist({ plan }: { readonly plan: PlanDetail }) {
  const { queries } = useWindow()
  const connected = useConnectionStatus() === 'open'
  const kept = usePlanKept()
  const { mutate, isPending, error } = useMutation({
    ...queries.procedures.plans.tick.mutationOptions(),
    onSuccess: kept,
  })
  if (plan.checklist.length === 0) return null
  return (
    <section aria-labelledby="checklist">
      <h2 id="checklist">Checklist</h2>
      <ul className={styles.steps}>
        {plan.checklist
          .toSorted((a, b) => a.dueOn.localeCompare(b.dueOn))
          .map((step) => (
            <Step
              key={step.id}
              step={step}
              locked={!connected || isPending}
              onTick={(done) => mutate({ planId: plan.id, stepId: step.id, done })}
            />
          ))}
      </ul>
      <Problem error={error} />
    </section>
  )
}

function Step(props: { readonly step: PlanStep; readonly locked: boolean; readonly onTick: (done: boolean) => void }) {
  const { step, locked, onTick } = props
  const done = step.doneAt !== null
  return (
    <li data-done={done}>
      <label className={styles.step}>
        <input
          type="checkbox"
          checked={done}
          disabled={locked || step.byItself}
          onChange={(event) => onTick(event.target.checked)}
        />
        <span>
          {step.words}
          {step.byItself && (
            <span className={styles.soft}> {done ? 'Seen in the plan.' : 'Ticked by the plan itself.'}</span>
          )}
        </span>
      </label>
      <p className={styles.due} title={step.source}>
        <time dateTime={step.dueOn}>by {dayOnly(step.dueOn)}</time>
        {step.late && !done && (
          <Pill tone="warning" icon="clock">
            Late
          </Pill>
        )}
      </p>
    </li>
  )
}
