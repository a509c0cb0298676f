import { useRef, useState } from 'react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { HandoffTicket } from '#contract/handoffs.ts'
import type { OutboxEntry, WritePreview } from '#contract/outbox.ts'
import { useConnectionStatus, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { ChangeCard } from '../../ui/change-card.tsx'
import { customerLooks } from '../../ui/change-words.ts'
import { DialogFrame } from '../../ui/dialog-frame.tsx'
import { Icon } from '../../ui/icon.tsx'
import { ErrorNotice, Loading, Problem } from '../../ui/notice.tsx'
import { ticketCount } from './handoff-words.ts'
import styles from './handoff.module.css'

type How = 'add-cc' | 'follow'

/** Puts me on Cc of several tickets, or makes me follow them: who sees it, each ticket, and then what became of each. */
export function CcDialog(props: { readonly tickets: readonly HandoffTicket[]; readonly onClose: () => void }) {
  const { onClose } = props
  // Those that it was opened with stay in it, although each that is done lacks me no more.
  const [tickets] = useState(props.tickets)
  const [how, setHow] = useState<How>('add-cc')
  const { queries } = useWindow()
  const connected = useConnectionStatus() === 'open'
  const preview = useQuery(queries.previews(tickets.map(({ ticketId }) => ({ kind: how, ticketId }))))
  const ordering = useOrdering()
  const list = useRef<HTMLUListElement>(null)
  const previews = preview.data?.previews ?? []
  const possible = previews.filter(({ refusal }) => refusal === null)
  const ready = connected && preview.isSuccess && !preview.isFetching && !ordering.pending && possible.length > 0
  const send = () => {
    // The button goes with the order, and the focus must not go with it.
    list.current?.focus()
    ordering.order(possible)
  }
  return (
    <DialogFrame
      title={how === 'add-cc' ? 'Add me on Cc' : 'Follow the tickets'}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{ordering.done ? 'Close' : 'Cancel'}</Button>
          {!ordering.done && (
            <Button look="primary" icon="send" disabled={!ready} onClick={send}>
              {ordering.pending ? 'Sending…' : `Send for ${ticketCount(possible.length)}`}
            </Button>
          )}
        </>
      }
    >
      {!ordering.done && <HowField how={how} onChange={setHow} />}
      {preview.error ? (
        <ErrorNotice
          what="What this would do could not be found out"
          error={preview.error}
          onRetry={() => void preview.refetch()}
        />
      ) : previews.length === 0 ? (
        <Loading what="Looking what this would do…" />
      ) : (
        <>
          {!ordering.done && <WhoSees previews={previews} />}
          <ul ref={list} tabIndex={-1} className={styles.stack} aria-label="Tickets">
            {previews.map((each, index) => (
              <Row key={index} preview={each} entry={ordering.entryOf(each)} />
            ))}
          </ul>
        </>
      )}
      {ordering.done && <p className={styles.soft}>What is ordered goes on when you close this. Changes lists it.</p>}
      <Problem error={ordering.error} />
    </DialogFrame>
  )
}

function HowField({ how, onChange }: { readonly how: How; readonly onChange: (how: How) => void }) {
  return (
    <fieldset className={styles.modes}>
      <legend className={styles.hidden}>How you are added</legend>
      <label className={styles.check}>
        <input type="radio" name="how" checked={how === 'add-cc'} onChange={() => onChange('add-cc')} />
        On Cc
      </label>
      <label className={styles.check}>
        <input type="radio" name="how" checked={how === 'follow'} onChange={() => onChange('follow')} />
        As a follower
      </label>
    </fieldset>
  )
}

/** Said once, since it is the same for every ticket. */
function WhoSees({ previews }: { readonly previews: readonly WritePreview[] }) {
  const [first] = previews
  if (!first) return null
  const { visible, words } = first.customerSees
  const looks = customerLooks(visible)
  return (
    <p className={visible ? styles.warning : styles.accepted}>
      <Icon name={looks.icon} size={14} />
      <span>
        <strong>{looks.words}</strong> {words}
      </span>
    </p>
  )
}

function Row({ preview, entry }: { readonly preview: WritePreview; readonly entry: OutboxEntry | undefined }) {
  if (entry) return <ChangeCard entry={entry} withTarget />
  const { intent, subject, words, warnings, refusal } = preview
  return (
    <li className={styles.row}>
      <strong>
        {'ticketId' in intent && `#${intent.ticketId} `}
        {subject}
      </strong>
      <span className={styles.soft}>{words}</span>
      {warnings.map((warning) => (
        <span key={warning} className={styles.caution}>
          {warning}
        </span>
      ))}
      {refusal !== null && (
        <span className={styles.refused}>
          <strong>Left out.</strong> {refusal}
        </span>
      )}
    </li>
  )
}

/** Orders changes together, and follows what becomes of each. */
function useOrdering() {
  const { connection, queries } = useWindow()
  const queryClient = useQueryClient()
  const { data: recent } = useQuery(queries.recentChanges())
  const { data: unsettled } = useQuery(queries.unsettledChanges())
  const { mutate, isPending, isSuccess, error, data } = useMutation({
    mutationFn: async (previews: readonly WritePreview[]) => {
      try {
        const orders = previews.map(({ intent, stamp }) => ({ intent, stamp }))
        return await connection.client.outbox.send({ orders })
      } catch (fault) {
        // Without an answer of the service nobody knows; sending again could make the changes twice.
        if (fault instanceof Error && !('code' in fault)) throw new Error(unknownOutcome, { cause: fault })
        throw fault
      }
    },
    onSettled: () => void queryClient.invalidateQueries({ queryKey: queries.procedures.outbox.key() }),
  })
  const entries = [...(unsettled?.entries ?? []), ...(recent?.entries ?? [])].filter(({ id }) => data?.ids.includes(id))
  return {
    order: mutate,
    pending: isPending,
    done: isSuccess,
    error,
    entryOf: ({ intent }: WritePreview) =>
      entries.find((entry) => JSON.stringify(entry.intent) === JSON.stringify(intent)),
  }
}

const unknownOutcome =
  'The connection to Understudy broke off, so it is not known whether this was ordered. Look at Changes before you send it again.'
