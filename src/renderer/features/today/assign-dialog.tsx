import { useRef, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import type { TicketDetail } from '#contract/tickets.ts'
import { useWindow } from '../../api/window-context.tsx'
import { AgentFinder } from '../../ui/agent-finder.tsx'
import { Button } from '../../ui/button.tsx'
import { takeFocus } from '../../ui/take-focus.ts'
import { ChangeDialog } from '../../ui/change-dialog.tsx'
import styles from '../../ui/change-dialog.module.css'

/** Gives a ticket to somebody else: me first, or an agent found by name. */
export function AssignDialog({ ticket, onClose }: { readonly ticket: TicketDetail; readonly onClose: () => void }) {
  const { queries } = useWindow()
  const { data: me } = useQuery({ ...queries.status(), select: (status) => status.me })
  const [agent, setAgent] = useState<{ readonly id: number; readonly name: string } | undefined>(undefined)
  const [again, setAgain] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const chooseAnother = () => {
    setAgent(undefined)
    setAgain(true)
  }
  return (
    <ChangeDialog
      title={`Assign #${ticket.id}`}
      intent={agent ? { kind: 'assign', ticketId: ticket.id, assigneeId: agent.id } : null}
      initialFocus={field}
      onClose={onClose}
    >
      <p>
        Assignee now: <strong>{ticket.assigneeName ?? 'Nobody'}</strong>
      </p>
      {agent ? (
        <p className={styles.chosen}>
          <span>
            New assignee: <strong>{agent.name}</strong>
          </span>
          <Button ref={takeFocus} onClick={chooseAnother}>
            Choose another
          </Button>
        </p>
      ) : (
        <>
          {me && me.id !== ticket.assigneeId && (
            <p>
              <Button icon="person" onClick={() => setAgent(me)}>
                Me ({me.name})
              </Button>
            </p>
          )}
          <AgentFinder ref={again ? takeFocus : field} label="Find an agent" onChoose={setAgent} />
        </>
      )}
    </ChangeDialog>
  )
}
