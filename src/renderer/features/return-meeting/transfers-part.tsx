import { useRef, useState } from 'react'
import type { ReturnMeeting } from '#contract/returns.ts'
import type { ReturnWrapUp } from '#contract/return-wrap-up.ts'
import { useConnectionStatus } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { useDraft } from '../../ui/use-draft.ts'
import { CcChoice } from './cc-choice.tsx'
import { TransferDialog } from './transfer-dialog.tsx'
import { TransferRow } from './transfer-row.tsx'
import { resultWords, transferIntents } from './transfer-words.ts'
import { useHandoverNotes } from './use-handover-notes.ts'
import { ticketCount } from './wrap-up-states.ts'
import styles from './wrap-up.module.css'
import table from '../../ui/table.module.css'

/** Tickets that go to the ASE: the note with each, what goes for all of them, one step that orders them, and what became of each. */
export function Transfers({ meeting, wrapUp }: { readonly meeting: ReturnMeeting; readonly wrapUp: ReturnWrapUp }) {
  const { transfers, aseId, aseName } = wrapUp
  const connected = useConnectionStatus() === 'open'
  const notes = useHandoverNotes(meeting.meetingId)
  const [cc, keepCc] = useDraft('return-cc', 'off')
  const [ordering, setOrdering] = useState(false)
  const result = useRef<HTMLParagraphElement>(null)
  const ready = transfers.filter(({ standing }) => standing === 'ready')
  const onCc = meeting.role === 'cover' && ready.some((transfer) => transfer.onCc)
  const choice = { aseId, offCc: onCc && cc === 'off' }
  if (transfers.length === 0) return <p className={styles.soft}>No ticket was decided to go to {aseName}.</p>
  return (
    <>
      <p ref={result} tabIndex={-1} role="status" className={styles.result}>
        {resultWords(transfers, aseName)}
      </p>
      {ready.length > 0 && (
        <div className={styles.choices}>
          {onCc && <CcChoice off={cc === 'off'} onOff={(off) => keepCc(off ? 'off' : 'on')} />}
          <Button look="primary" icon="handoff" disabled={!connected} onClick={() => setOrdering(true)}>
            Transfer {ticketCount(ready.length)}…
          </Button>
        </div>
      )}
      <table className={classNames(table.table, styles.tickets)}>
        <thead>
          <tr>
            <th scope="col">Ticket</th>
            <th scope="col">Assigned to now</th>
            <th scope="col">Standing</th>
            <th scope="col">Handover note, or what was ordered</th>
          </tr>
        </thead>
        <tbody>
          {transfers.map((transfer) => (
            <TransferRow
              // What is open in a row is another thing once the ticket was ordered.
              key={`${transfer.ticketId} ${transfer.standing === 'ready'}`}
              {...{ transfer, aseName }}
              note={notes.of(transfer)}
              onNote={(note) => notes.change(transfer.ticketId, note)}
            />
          ))}
        </tbody>
      </table>
      {ordering && (
        <TransferDialog
          coverageId={meeting.coverageId}
          aseName={aseName}
          intents={transferIntents(ready, choice, notes)}
          onOrdered={(ticketIds) => {
            notes.drop(ticketIds)
            // The button may go with the order, and the focus must not go with it.
            result.current?.focus()
          }}
          onClose={() => setOrdering(false)}
        />
      )}
    </>
  )
}
