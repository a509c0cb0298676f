import { useState } from 'react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { OpenAction } from '#contract/calls.ts'
import { useConnectionStatus, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { ChangeDialog } from '../../ui/change-dialog.tsx'
import { ErrorNotice, Loading, Problem } from '../../ui/notice.tsx'
import { Pill } from '../../ui/pill.tsx'
import { useOpenExternal } from '../../ui/use-open-external.ts'
import table from '../../ui/table.module.css'
import styles from './calls.module.css'

/** Action items of calls that are not done, overdue ones first. */
export function OpenActions({ accountId }: { readonly accountId: number | undefined }) {
  const { queries } = useWindow()
  const { data, error, refetch } = useQuery(queries.callActions(accountId))
  const [ticking, setTicking] = useState<OpenAction | undefined>(undefined)
  if (error)
    return <ErrorNotice what="The action items could not be read" error={error} onRetry={() => void refetch()} />
  if (!data) return <Loading what="Reading the action items…" />
  const { actions, overdue } = data
  return (
    <section aria-labelledby="open-actions" className={styles.section}>
      <h2 id="open-actions">
        Action items{' '}
        {overdue > 0 && (
          <Pill tone="danger" icon="alert">
            {overdue} overdue
          </Pill>
        )}
      </h2>
      {actions.length === 0 ? (
        <p className={styles.soft}>Nothing is open from calls.</p>
      ) : (
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">Due</th>
              <th scope="col">What</th>
              <th scope="col">DRI</th>
              <th scope="col">From the call</th>
              <th scope="col" aria-label="Done" />
            </tr>
          </thead>
          <tbody>
            {actions.map((action) => (
              <ActionRow key={keyOf(action)} action={action} onTick={() => setTicking(action)} />
            ))}
          </tbody>
        </table>
      )}
      {ticking?.at.kind === 'issue' && <TickDialog at={ticking.at} onClose={() => setTicking(undefined)} />}
    </section>
  )
}

function ActionRow({ action, onTick }: { readonly action: OpenAction; readonly onTick: () => void }) {
  const { accountName, what, dri, dueOn, overdue, callDay, callPurpose, at } = action
  return (
    <tr>
      <td className={table.whole}>
        {overdue ? (
          <Pill tone="danger" icon="alert">
            {dueOn}
          </Pill>
        ) : (
          dueOn || 'No day'
        )}
      </td>
      <td>{what}</td>
      <td>{dri || 'Nobody named'}</td>
      <td>
        <CallLink action={action} words={`${callDay} ${callPurpose}`} />
        <p className={table.soft}>{accountName}</p>
      </td>
      <td className={styles.right}>
        {at.kind === 'issue' ? (
          <Button icon="check" aria-label={`Done: ${what}`} onClick={onTick}>
            Done…
          </Button>
        ) : (
          <TickHere at={at} what={what} />
        )}
      </td>
    </tr>
  )
}

function CallLink({ action: { at }, words }: { readonly action: OpenAction; readonly words: string }) {
  const openExternal = useOpenExternal()
  if (at.kind === 'call') {
    return (
      <Link to="/calls/$callId" params={{ callId: at.callId }}>
        {words}
      </Link>
    )
  }
  return (
    <button type="button" className={styles.link} title={at.reference} onClick={() => openExternal(at.url)}>
      {words}
    </button>
  )
}

/** An item that is kept here only is done with one press. */
function TickHere({ at, what }: { readonly at: Extract<OpenAction['at'], { kind: 'call' }>; readonly what: string }) {
  const { queries } = useWindow()
  const queryClient = useQueryClient()
  const connected = useConnectionStatus() === 'open'
  const { mutate, isPending, error } = useMutation({
    ...queries.procedures.calls.tick.mutationOptions(),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: queries.procedures.calls.key() }),
  })
  return (
    <>
      <Button
        icon="check"
        aria-label={`Done: ${what}`}
        disabled={!connected || isPending}
        onClick={() => mutate({ id: at.callId, index: at.index, done: true })}
      >
        Done
      </Button>
      <Problem error={error} />
    </>
  )
}

function TickDialog(props: {
  readonly at: Extract<OpenAction['at'], { kind: 'issue' }>
  readonly onClose: () => void
}) {
  const { projectId, iid, text, nth, reference } = props.at
  return (
    <ChangeDialog
      title={`Task of ${reference}`}
      intent={{ kind: 'issue-task', projectId, iid, text, nth, done: true }}
      onClose={props.onClose}
    />
  )
}

function keyOf({ at }: OpenAction): string {
  return at.kind === 'call' ? `${at.callId} ${at.index}` : `${at.projectId} ${at.iid} ${at.nth} ${at.text}`
}
