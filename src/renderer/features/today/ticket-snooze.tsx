import { useRef, useState } from 'react'
import { useConnectionStatus } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { useShortcuts } from '../../ui/keyboard.tsx'
import { Pill } from '../../ui/pill.tsx'
import { SnoozeMenu } from '../../ui/snooze-menu.tsx'
import { useSnooze, useSnoozeOf } from '../../ui/use-snooze.ts'
import styles from './ticket-snooze.module.css'

/** Lets a ticket keep still: a button, or `s`, with a menu of until when. */
export function SnoozeButton({ ticketId }: { readonly ticketId: number }) {
  const connected = useConnectionStatus() === 'open'
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const { snooze } = useSnooze()
  const start = () => connected && setOpen(true)
  useShortcuts([{ keys: 's', words: 'Snooze the ticket', group: 'Ticket', run: start }])
  return (
    <>
      <Button
        ref={button}
        icon="moon"
        title="Key: s"
        aria-keyshortcuts="s"
        aria-haspopup="menu"
        aria-expanded={open}
        disabled={!connected}
        onClick={start}
      >
        Snooze
      </Button>
      {open && (
        <SnoozeMenu
          anchor={button}
          onClose={() => setOpen(false)}
          onChoose={(until) => {
            setOpen(false)
            snooze(ticketId, until)
          }}
        />
      )}
    </>
  )
}

/** That a ticket keeps still, until when, and the way back. Nothing while it does not. */
export function SnoozedLine({ ticketId }: { readonly ticketId: number }) {
  const snooze = useSnoozeOf(ticketId)
  const { wake } = useSnooze()
  if (!snooze) return null
  return (
    <div className={styles.line}>
      <Pill tone="caution" icon="moon">
        Snoozed
      </Pill>
      <p>{snooze.words}. Its alerts wait until then.</p>
      <Button onClick={() => wake(snooze)}>Wake now</Button>
    </div>
  )
}

/** The same in a row of the queue. */
export function SnoozedPill({ ticketId }: { readonly ticketId: number }) {
  const snooze = useSnoozeOf(ticketId)
  if (!snooze) return null
  return (
    <span title={snooze.words}>
      <Pill tone="caution" icon="moon">
        Snoozed
      </Pill>
    </span>
  )
}
