import { useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import type { PlanDetail, PlanEntry, PlanFinding } from '#contract/plans.ts'
import { useConnectionStatus, useNow, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Problem } from '../../ui/notice.tsx'
import { Pill } from '../../ui/pill.tsx'
import { takeFocus } from '../../ui/take-focus.ts'
import { ago } from '../../ui/time-words.ts'
import { AnswerForm } from './answer-form.tsx'
import { BothZones } from '../../ui/both-zones.tsx'
import { EntryForm } from './entry-form.tsx'
import { Findings } from './plan-findings.tsx'
import { requestLooks } from './plan-words.ts'
import { usePlanKept } from './use-plan-kept.ts'
import styles from './plan-screen.module.css'

/** One covering engineer of an account: how far asking has come, and what can be done about it. */
export function EntryRow(props: {
  readonly plan: PlanDetail
  readonly entry: PlanEntry
  readonly findings: readonly PlanFinding[]
}) {
  const { plan, entry, findings } = props
  const [open, setOpen] = useState<'edit' | 'answer' | undefined>(undefined)
  const [left, setLeft] = useState(false)
  const leave = () => {
    setOpen(undefined)
    setLeft(true)
  }
  return (
    <li className={styles.entry}>
      <div className={styles.entryHead}>
        <strong>{entry.coverName}</strong>
        {entry.mine && <Pill tone="info">You</Pill>}
        <RequestPill request={entry.request} />
        {open === undefined && <EntryActions {...{ plan, entry, left }} onOpen={setOpen} />}
      </div>
      <BothZones startsAt={entry.startsAt} endsAt={entry.endsAt} timeZone={plan.aseTimeZone} />
      <AnswerWords request={entry.request} />
      <Findings findings={findings} />
      {open === 'edit' && (
        <EntryForm
          plan={plan}
          account={{ id: entry.accountId, name: entry.accountName }}
          entry={entry}
          suggested={entry}
          onClose={leave}
        />
      )}
      {open === 'answer' && <AnswerForm plan={plan} entry={entry} onClose={leave} />}
    </li>
  )
}

function RequestPill({ request }: Pick<PlanEntry, 'request'>) {
  const { word, icon, tone } = requestLooks[request.state]
  return (
    <Pill tone={tone} icon={icon}>
      {word}
    </Pill>
  )
}

function AnswerWords({ request }: Pick<PlanEntry, 'request'>) {
  const now = useNow()
  const { at, byName, words } = request
  if (at === null) return null
  return (
    <span className={styles.soft}>
      {byName === null ? '' : `${byName}, `}
      {ago(at, now)}
      {words !== null && `: “${words}”`}
    </span>
  )
}

function EntryActions(props: {
  readonly plan: PlanDetail
  readonly entry: PlanEntry
  /** Whether a form was left just now, so that the focus comes back to here. */
  readonly left: boolean
  readonly onOpen: (open: 'edit' | 'answer') => void
}) {
  const { plan, entry, left, onOpen } = props
  const { queries } = useWindow()
  const connected = useConnectionStatus() === 'open'
  const kept = usePlanKept()
  const { mutate, isPending, error } = useMutation({
    ...queries.procedures.plans.removeEntry.mutationOptions(),
    onSuccess: kept,
  })
  const about = `${entry.coverName} for ${entry.accountName}`
  return (
    <span className={styles.entryButtons}>
      {entry.request.state === 'asked' && !entry.mine && (
        <Button aria-label={`Record the answer of ${about}`} onClick={() => onOpen('answer')}>
          Record the answer
        </Button>
      )}
      <Button
        ref={left ? takeFocus : undefined}
        look="quiet"
        icon="edit"
        aria-label={`Change ${about}`}
        onClick={() => onOpen('edit')}
      >
        Change
      </Button>
      <Button
        look="quiet"
        icon="trash"
        disabled={!connected || isPending}
        aria-label={`Remove ${about}`}
        onClick={() => mutate({ planId: plan.id, entryId: entry.id })}
      >
        Remove
      </Button>
      <Problem error={error} />
    </span>
  )
}
