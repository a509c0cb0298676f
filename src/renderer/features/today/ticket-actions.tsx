import { useState } from 'react'
import type { WriteIntent } from '#contract/outbox.ts'
import type { TicketDetail } from '#contract/tickets.ts'
import { useConnectionStatus, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import type { IconName } from '../../ui/icon.tsx'
import { useShortcuts } from '../../ui/keyboard.tsx'
import { useWorkspaceName } from '../../ui/use-workspace-name.ts'
import { AssignDialog } from './assign-dialog.tsx'
import { ChangeDialog } from '../../ui/change-dialog.tsx'
import { NoteDialog } from './note-dialog.tsx'
import { TagsDialog } from './tags-dialog.tsx'
import styles from './ticket-panel.module.css'

type ActionKind = 'cc' | 'follow' | 'note' | 'assign' | 'tags'

interface Action {
  readonly kind: ActionKind
  readonly key: string
  readonly word: string
  readonly icon: IconName
}

/** What can be done to a ticket. Each leads to a dialog that shows what would be sent; none sends by itself. */
export function TicketActions({ ticket }: { readonly ticket: TicketDetail }) {
  const { drafts } = useWindow()
  const connected = useConnectionStatus() === 'open'
  const workspace = useWorkspaceName()
  const [open, setOpen] = useState<ActionKind | undefined>(undefined)
  const draftKey = `note.${workspace}.${ticket.id}`
  const { onCc, follows } = ticket.me
  const actions: readonly Action[] = [
    { kind: 'cc', key: 'c', word: onCc ? 'Leave Cc' : 'Put me on Cc', icon: 'person' },
    { kind: 'follow', key: 'f', word: follows ? 'Unfollow' : 'Follow', icon: 'bell' },
    { kind: 'note', key: 'n', word: drafts.read(draftKey) ? 'Note (draft)…' : 'Internal note…', icon: 'lock' },
    { kind: 'assign', key: 'a', word: 'Assign…', icon: 'handoff' },
    { kind: 'tags', key: 't', word: 'Tags…', icon: 'tag' },
  ]
  const start = (kind: ActionKind) => connected && setOpen(kind)
  useShortcuts([
    { keys: 'c', words: 'Put me on Cc, or take me off', group: 'Ticket', run: () => start('cc') },
    { keys: 'f', words: 'Follow or unfollow the ticket', group: 'Ticket', run: () => start('follow') },
    { keys: 'n', words: 'Write an internal note', group: 'Ticket', run: () => start('note') },
    { keys: 'a', words: 'Assign the ticket', group: 'Ticket', run: () => start('assign') },
    { keys: 't', words: 'Change the tags', group: 'Ticket', run: () => start('tags') },
  ])
  return (
    <div role="group" aria-label="Actions" className={styles.actions}>
      {actions.map(({ kind, key, word, icon }) => (
        <Button
          key={kind}
          icon={icon}
          title={`Key: ${key}`}
          aria-keyshortcuts={key}
          disabled={!connected}
          onClick={() => start(kind)}
        >
          {word}
        </Button>
      ))}
      {open && <ActionDialog kind={open} ticket={ticket} draftKey={draftKey} onClose={() => setOpen(undefined)} />}
    </div>
  )
}

function ActionDialog(props: {
  readonly kind: ActionKind
  readonly ticket: TicketDetail
  readonly draftKey: string
  readonly onClose: () => void
}) {
  const { kind, ticket, draftKey, onClose } = props
  // What was begun stays what it was when the ticket changes under it.
  const [{ onCc, follows }] = useState(ticket.me)
  const ticketId = ticket.id
  switch (kind) {
    case 'note':
      return <NoteDialog ticketId={ticketId} draftKey={draftKey} onClose={onClose} />
    case 'assign':
      return <AssignDialog ticket={ticket} onClose={onClose} />
    case 'tags':
      return <TagsDialog ticketId={ticketId} tags={ticket.tags} onClose={onClose} />
    case 'cc':
      return (
        <PlainDialog
          title={onCc ? 'Leave Cc' : 'Put me on Cc'}
          kind={onCc ? 'remove-cc' : 'add-cc'}
          {...{ ticketId, onClose }}
        />
      )
    case 'follow':
      return (
        <PlainDialog
          title={follows ? 'Unfollow' : 'Follow'}
          kind={follows ? 'unfollow' : 'follow'}
          {...{ ticketId, onClose }}
        />
      )
  }
}

/** A change that needs nothing entered. */
function PlainDialog(props: {
  readonly title: string
  readonly kind: 'add-cc' | 'remove-cc' | 'follow' | 'unfollow'
  readonly ticketId: number
  readonly onClose: () => void
}) {
  const { title, kind, ticketId, onClose } = props
  const intent: WriteIntent = { kind, ticketId }
  return <ChangeDialog title={`${title}: #${ticketId}`} intent={intent} onClose={onClose} />
}
