import { type FormEvent, useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import type { PlanDetail, PlanEntry } from '#contract/plans.ts'
import type { CoverWindow } from '../../api/queries.ts'
import { useConnectionStatus, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Problem } from '../../ui/notice.tsx'
import { type ChosenPerson, PersonField } from '../../ui/person-field.tsx'
import { instantOf, wallTimeOf } from '../../ui/wall-time.ts'
import { usePlanKept } from './use-plan-kept.ts'
import { WindowFields } from '../../ui/window-fields.tsx'
import { type TypedWindow, windowProblem } from '../../ui/window-problem.ts'
import { WhatIf } from './what-if.tsx'
import styles from './plan-screen.module.css'

/** Who covers an account, from when to when: a new one, or another one in the place of what was planned. */
export function EntryForm(props: {
  readonly plan: PlanDetail
  readonly account: { readonly id: number; readonly name: string }
  readonly entry?: PlanEntry
  /** The stretch the fields begin with. */
  readonly suggested: { readonly startsAt: number; readonly endsAt: number }
  readonly onClose: () => void
}) {
  const { plan, account, entry, suggested, onClose } = props
  const { queries } = useWindow()
  const connected = useConnectionStatus() === 'open'
  const kept = usePlanKept()
  const [cover, setCover] = useState<ChosenPerson | null>(entry ? { id: entry.coverId, name: entry.coverName } : null)
  const [window, setWindow] = useState(() => ({
    startsAt: wallTimeOf(suggested.startsAt, plan.aseTimeZone),
    endsAt: wallTimeOf(suggested.endsAt, plan.aseTimeZone),
  }))
  const { mutate, isPending, error } = useMutation({
    ...queries.procedures.plans.putEntry.mutationOptions(),
    onSuccess: async (changed) => {
      onClose()
      await kept(changed)
    },
  })
  const [looking, setLooking] = useState(false)
  const windows = cover && allAskedOf(cover.id, plan, entry, { accountId: account.id, ...window })
  const incomplete = cover === null || windowProblem(window) !== undefined
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!cover || incomplete) return
    const place = { planId: plan.id, accountId: account.id, ...(entry ? { entryId: entry.id } : {}) }
    mutate({ ...place, coverId: cover.id, ...window })
  }
  return (
    <form aria-label={`Who covers ${account.name}`} className={styles.form} noValidate onSubmit={submit}>
      <PersonField label="Covering engineer" person={cover} without={plan.aseId} onChange={setCover} />
      <WindowFields window={window} timeZone={plan.aseTimeZone} onChange={setWindow} />
      {entry && entry.request.state !== 'draft' && (
        <p className={styles.soft}>Saved, this has to be asked anew: what was agreed was something else.</p>
      )}
      {cover && windows && (
        <details onToggle={(event) => setLooking(event.currentTarget.open)}>
          <summary>What it would mean for {cover.name}</summary>
          {looking && <WhatIf windows={windows} cover={cover} />}
        </details>
      )}
      <Problem error={error} />
      <div className={styles.buttons}>
        <Button type="submit" look="primary" disabled={!connected || isPending || incomplete}>
          {isPending ? 'Saving…' : entry ? 'Save' : 'Add'}
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </div>
    </form>
  )
}

/** What somebody is to cover in a plan when this is saved: this, and what else they have not accepted yet. Null while the times do not fit. */
function allAskedOf(
  coverId: number,
  { entries, aseTimeZone }: PlanDetail,
  entry: PlanEntry | undefined,
  typed: TypedWindow & { readonly accountId: number },
): readonly CoverWindow[] | null {
  const { accountId } = typed
  const [startsAt, endsAt] = [instantOf(typed.startsAt, aseTimeZone), instantOf(typed.endsAt, aseTimeZone)]
  if (startsAt === undefined || endsAt === undefined || startsAt >= endsAt) return null
  const others = entries.filter(
    (other) => other.coverId === coverId && other.id !== entry?.id && /^(?:draft|asked)$/.test(other.request.state),
  )
  return [
    { accountId, startsAt, endsAt },
    ...others.map((other) => ({ accountId: other.accountId, startsAt: other.startsAt, endsAt: other.endsAt })),
  ]
}
