import { type KeyboardEvent, useRef, useState } from 'react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { WriteIntent, WritePreview } from '#contract/outbox.ts'
import { useConnectionStatus, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { customerLooks, ticketOf } from '../../ui/change-words.ts'
import { DialogFrame } from '../../ui/dialog-frame.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Caution, ErrorNotice, Loading, Problem } from '../../ui/notice.tsx'
import { sendKeys } from '../../ui/send-keys.ts'
import { partWord } from './transfer-words.ts'
import { ticketCount } from './wrap-up-states.ts'
import styles from './wrap-up.module.css'

/** Shows everything that is written to hand tickets over and who sees it, and orders it when a person says so. */
export function TransferDialog(props: {
  readonly coverageId: string
  readonly aseName: string
  readonly intents: readonly WriteIntent[]
  readonly onOrdered: (ticketIds: readonly number[]) => void
  readonly onClose: () => void
}) {
  const { coverageId, aseName, onOrdered, onClose } = props
  // What it was opened with stays in it, although the tickets behind it change.
  const [intents] = useState(props.intents)
  const { queries } = useWindow()
  const connected = useConnectionStatus() === 'open'
  const preview = useQuery({ ...queries.previews(intents), enabled: intents.length > 0 })
  const tickets = byTicket(preview.data?.previews ?? [])
  const wanted = tickets.filter(({ refusal }) => refusal === null)
  const { mutate, isPending, error } = useOrders(coverageId, () => {
    onClose()
    onOrdered(wanted.map(({ ticketId }) => ticketId))
  })
  const ready = connected && preview.isSuccess && !preview.isFetching && !isPending && wanted.length > 0
  const send = () =>
    ready && mutate(wanted.flatMap(({ previews }) => previews.filter(({ refusal }) => refusal === null)))
  const list = useRef<HTMLUListElement>(null)
  const handleKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    if (!event.repeat) send()
  }
  return (
    <DialogFrame
      title={`Transfer ${ticketCount(tickets.length || new Set(intents.map(ticketOf)).size)} to ${aseName}`}
      onClose={onClose}
      onKeyDown={handleKey}
      aside={<span className={styles.soft}>{sendKeys()} transfers</span>}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" icon="send" disabled={!ready} onClick={send}>
            {isPending ? 'Ordering…' : `Transfer ${ticketCount(wanted.length)}`}
          </Button>
        </>
      }
    >
      {preview.error ? (
        <ErrorNotice
          what="What this would do could not be found out"
          error={preview.error}
          onRetry={() => void preview.refetch()}
        />
      ) : tickets.length === 0 ? (
        <Loading what="Looking what this would do…" />
      ) : (
        <>
          <WhoSees tickets={wanted} />
          <ul ref={list} className={styles.stack} aria-label="What is written">
            {tickets.map((ticket) => (
              <Ticket key={ticket.ticketId} ticket={ticket} />
            ))}
          </ul>
        </>
      )}
      <Problem error={error} />
    </DialogFrame>
  )
}

interface TicketPreviews {
  readonly ticketId: number
  readonly subject: string
  readonly previews: readonly WritePreview[]
  /** Why the ticket cannot change hands; nothing else is written to it then. */
  readonly refusal: string | null
}

function byTicket(previews: readonly WritePreview[]): readonly TicketPreviews[] {
  const ids = [...new Set(previews.map(({ intent }) => ticketOf(intent)))].filter((id) => id !== undefined)
  return ids.map((ticketId) => {
    const own = previews.filter(({ intent }) => ticketOf(intent) === ticketId)
    const assign = own.find(({ intent }) => intent.kind === 'assign')
    const refused = own.every(({ refusal }) => refusal !== null) ? own[0] : assign
    return { ticketId, subject: own[0]?.subject ?? '', previews: own, refusal: refused?.refusal ?? null }
  })
}

/** Said once for each kind of change, since it is the same for every ticket. */
function WhoSees({ tickets }: { readonly tickets: readonly TicketPreviews[] }) {
  const previews = tickets.flatMap((ticket) => ticket.previews)
  const said = new Map(previews.map((preview) => [`${preview.intent.kind} ${preview.customerSees.words}`, preview]))
  return (
    <ul className={styles.stack} aria-label="Who sees it">
      {[...said].map(([key, { intent, customerSees }]) => {
        const looks = customerLooks(customerSees.visible)
        return (
          <li key={key} className={customerSees.visible ? styles.visible : styles.hiddenFrom}>
            <Icon name={looks.icon} size={14} />
            <span>
              {partWord(intent.kind)}: <strong>{looks.words}</strong> {customerSees.words}
            </span>
          </li>
        )
      })}
    </ul>
  )
}

function Ticket({ ticket: { ticketId, subject, previews, refusal } }: { readonly ticket: TicketPreviews }) {
  const warnings = [...new Set(previews.flatMap((preview) => preview.warnings))]
  return (
    <li className={styles.row}>
      <strong>
        #{ticketId} {subject}
      </strong>
      {refusal !== null ? (
        <span className={styles.refused}>
          <strong>Left out.</strong> {refusal}
        </span>
      ) : (
        <>
          {previews.map((preview) => (
            <Part key={preview.intent.kind} preview={preview} />
          ))}
          {warnings.map((warning) => (
            <Caution key={warning}>{warning}</Caution>
          ))}
        </>
      )}
    </li>
  )
}

function Part({ preview: { words, refusal } }: { readonly preview: WritePreview }) {
  if (refusal === null) return <span className={styles.previewWords}>{words}</span>
  return (
    <span className={styles.refused}>
      <strong>Left out:</strong> {words} {refusal}
    </span>
  )
}

function useOrders(coverageId: string, onOrdered: () => void) {
  const { connection, queries } = useWindow()
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: async (previews: readonly WritePreview[]) => {
      try {
        const orders = previews.map(({ intent, stamp }) => ({ intent, stamp }))
        return await connection.client.returnWrapUps.transfer({ coverageId, orders })
      } catch (fault) {
        if (fault instanceof Error && !('code' in fault)) throw new Error(unknownOutcome, { cause: fault })
        throw fault
      }
    },
    onSuccess: (wrapUp) => {
      queryClient.setQueryData(queries.returnWrapUp(coverageId).queryKey, wrapUp)
      onOrdered()
    },
    onSettled: () => void queryClient.invalidateQueries({ queryKey: queries.procedures.outbox.key() }),
  })
}

const unknownOutcome =
  'The connection to Understudy broke off, so it is not known whether this was ordered. Transfer again: what was ordered is not ordered twice.'
