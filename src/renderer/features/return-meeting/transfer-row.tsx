import { useId, useState } from 'react'
import { Link } from '@tanstack/react-router'
import type { ReturnTransfer } from '#contract/return-wrap-up.ts'
import { Button } from '../../ui/button.tsx'
import { ChangeCard } from '../../ui/change-card.tsx'
import { changeLooks, needsMe } from '../../ui/change-words.ts'
import type { IconName } from '../../ui/icon.tsx'
import { Pill, type PillTone } from '../../ui/pill.tsx'
import { NoteField } from './note-field.tsx'
import { partWord } from './transfer-words.ts'
import type { HandoverNote } from './use-handover-notes.ts'
import { waitsForMe } from './wrap-up-states.ts'
import styles from './wrap-up.module.css'

interface RowProps {
  readonly transfer: ReturnTransfer
  readonly aseName: string
  readonly note: HandoverNote
  readonly onNote: (note: HandoverNote) => void
}

/** A ticket that goes to the ASE: whose it is now, the note that goes with it, and each change that was ordered of it as it stands. */
export function TransferRow({ transfer, aseName, note, onNote }: RowProps) {
  const { ticketId, subject, status, assigneeName, standing, refusal, entries } = transfer
  const [open, setOpen] = useState(false)
  const id = useId()
  const ready = standing === 'ready'
  const cards = entries.filter((entry) => open || needsMe(entry))
  const isBelow = (ready && open) || refusal !== '' || cards.length > 0
  const name = `#${ticketId}`
  return (
    <>
      <tr className={isBelow ? styles.withMore : undefined}>
        <td>
          <Link to="/today/ticket/$ticketId" params={{ ticketId: String(ticketId) }}>
            {name} {subject}
          </Link>{' '}
          <span className={styles.soft}>{status}</span>
        </td>
        <td>{assigneeName ?? 'Nobody'}</td>
        <td>
          <Standing transfer={transfer} aseName={aseName} />
        </td>
        <td>
          <div className={styles.written}>
            {entries.length > 0 ? <Ordered transfer={transfer} /> : ready ? <NoteBeginning note={note} /> : null}
            {(ready || entries.length > 0) && (
              <Button
                look="quiet"
                icon={ready ? 'edit' : 'info'}
                aria-expanded={open}
                aria-controls={isBelow ? id : undefined}
                aria-label={ready ? `Handover note on ${name}` : `Changes to ${name}`}
                onClick={() => setOpen(!open)}
              >
                {open ? 'Close' : ready ? 'Edit' : 'Show'}
              </Button>
            )}
          </div>
        </td>
      </tr>
      {isBelow && (
        <tr id={id}>
          <td colSpan={4}>
            <div className={styles.more}>
              {refusal !== '' && <p className={styles.refusal}>{refusal}</p>}
              {ready && open && <NoteField ticketId={ticketId} note={note} onNote={onNote} />}
              {cards.length > 0 && (
                <ul className={styles.cards} aria-label={`What was ordered of ${name}`}>
                  {cards.map((entry) => (
                    <ChangeCard key={entry.id} entry={entry} withTarget={false} />
                  ))}
                </ul>
              )}
            </div>
          </td>
        </tr>
      )}
    </>
  )
}

function NoteBeginning({ note: { text, leftOut } }: { readonly note: HandoverNote }) {
  const lines = text.trim().split('\n')
  // How it begins is the same for every ticket; its first item tells them apart.
  const told = lines.find((line) => line.startsWith('- '))?.slice(2) ?? lines[0]
  return <span className={styles.beginning}>{leftOut || text.trim() === '' ? 'No note' : told}</span>
}

/** Each change by itself while any of them is on its way; in one line when all were seen. */
function Ordered({ transfer: { entries } }: Pick<RowProps, 'transfer'>) {
  const live = entries.filter(({ state }) => state !== 'discarded')
  if (live.length > 0 && live.every(({ state }) => state === 'verified')) {
    return <span className={styles.soft}>{live.length === 1 ? 'Seen' : `All ${live.length} seen`} in Zendesk</span>
  }
  return (
    <ul className={styles.entries}>
      {entries.map((entry) => {
        const { word, icon, tone } = changeLooks(entry)
        return (
          <li key={entry.id}>
            <Pill tone={tone} icon={icon}>
              {partWord(entry.intent.kind)}: {word}
            </Pill>
          </li>
        )
      })}
    </ul>
  )
}

function Standing({ transfer, aseName }: Pick<RowProps, 'transfer' | 'aseName'>) {
  const { word, icon, tone } = standingLooks(transfer, aseName)
  return (
    <Pill tone={tone} icon={icon}>
      {word}
    </Pill>
  )
}

function standingLooks(
  transfer: ReturnTransfer,
  aseName: string,
): { readonly word: string; readonly icon: IconName; readonly tone: PillTone } {
  if (transfer.standing === 'done') return { word: `${aseName}’s`, icon: 'check', tone: 'success' }
  if (waitsForMe(transfer)) return { word: 'Needs you', icon: 'alert', tone: 'warning' }
  if (transfer.standing === 'ordered') return { word: 'On its way', icon: 'hourglass', tone: 'info' }
  return transfer.standing === 'ready'
    ? { word: 'Ready', icon: 'dash', tone: 'plain' }
    : { word: 'Left out', icon: 'close', tone: 'danger' }
}
