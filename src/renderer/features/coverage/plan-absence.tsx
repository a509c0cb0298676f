import { type FormEvent, useState } from 'react'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { PlanDetail } from '#contract/plans.ts'
import { useConnectionStatus, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Problem } from '../../ui/notice.tsx'
import { takeFocus } from '../../ui/take-focus.ts'
import { wallTimeOf } from '../../ui/wall-time.ts'
import { BothZones } from '../../ui/both-zones.tsx'
import { usePlanKept } from './use-plan-kept.ts'
import { WindowFields } from '../../ui/window-fields.tsx'
import { windowProblem } from '../../ui/window-problem.ts'
import styles from './plan-screen.module.css'

/** When the ASE is away and which accounts that leaves, to read or to change. */
export function PlanAbsence({ plan }: { readonly plan: PlanDetail }) {
  const [editing, setEditing] = useState(false)
  const [left, setLeft] = useState(false)
  const leave = () => {
    setEditing(false)
    setLeft(true)
  }
  return (
    <section aria-labelledby="absence">
      <div className={styles.head}>
        <h2 id="absence">Absence</h2>
        {!editing && (
          <Button ref={left ? takeFocus : undefined} icon="edit" onClick={() => setEditing(true)}>
            Change
          </Button>
        )}
      </div>
      {editing ? (
        <AbsenceForm plan={plan} onClose={leave} />
      ) : (
        <>
          <p>
            <BothZones startsAt={plan.startsAt} endsAt={plan.endsAt} timeZone={plan.aseTimeZone} />
          </p>
          <p>{plan.accountList.map(({ name }) => name).join(', ') || 'No account needs cover.'}</p>
        </>
      )}
    </section>
  )
}

function AbsenceForm({ plan, onClose }: { readonly plan: PlanDetail; readonly onClose: () => void }) {
  const { queries } = useWindow()
  const connected = useConnectionStatus() === 'open'
  const kept = usePlanKept()
  const [window, setWindow] = useState(() => ({
    startsAt: wallTimeOf(plan.startsAt, plan.aseTimeZone),
    endsAt: wallTimeOf(plan.endsAt, plan.aseTimeZone),
  }))
  const [chosen, setChosen] = useState(() => plan.accountList.map(({ id }) => id))
  const offered = useOfferedAccounts(plan)
  const { mutate, isPending, error } = useMutation({
    ...queries.procedures.plans.change.mutationOptions(),
    onSuccess: async (changed) => {
      onClose()
      await kept(changed)
    },
  })
  const incomplete = windowProblem(window) !== undefined || chosen.length === 0
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!incomplete) mutate({ planId: plan.id, ...window, accountIds: chosen })
  }
  return (
    <form aria-label="Change the absence" className={styles.form} noValidate onSubmit={submit}>
      <WindowFields ref={takeFocus} window={window} timeZone={plan.aseTimeZone} onChange={setWindow} />
      <fieldset className={styles.checks}>
        <legend>Accounts that need cover</legend>
        {offered.map(({ id, name }) => (
          <label key={id} className={styles.check}>
            <input
              type="checkbox"
              checked={chosen.includes(id)}
              onChange={(event) =>
                setChosen(event.target.checked ? [...chosen, id] : chosen.filter((other) => other !== id))
              }
            />
            {name}
          </label>
        ))}
      </fieldset>
      {chosen.length === 0 && <p className={styles.problem}>Leave at least one account, or delete the plan.</p>}
      <p className={styles.soft}>What was accepted stays accepted as far as it lies inside the absence.</p>
      <Problem error={error} />
      <div className={styles.buttons}>
        <Button type="submit" look="primary" disabled={!connected || isPending || incomplete}>
          {isPending ? 'Saving…' : 'Save'}
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </div>
    </form>
  )
}

/** The accounts of the plan, and the others of its ASE. */
function useOfferedAccounts(plan: PlanDetail): readonly { readonly id: number; readonly name: string }[] {
  const { queries } = useWindow()
  const { data } = useQuery(queries.accounts())
  const others = (data?.accounts ?? []).filter(
    ({ id, aseId }) => aseId === plan.aseId && !plan.accountList.some((account) => account.id === id),
  )
  return [...plan.accountList, ...others]
}
