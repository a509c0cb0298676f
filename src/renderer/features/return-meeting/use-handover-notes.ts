import { useState } from 'react'
import type { ReturnTransfer } from '#contract/return-wrap-up.ts'
import { useWindow } from '../../api/window-context.tsx'

/** The internal note that goes with a transfer. */
export interface HandoverNote {
  readonly text: string
  readonly leftOut: boolean
}

/** The handover notes of one meeting, as they stand. */
export interface HandoverNotes {
  /** As it was typed, or else as it would be begun. */
  readonly of: (transfer: ReturnTransfer) => HandoverNote
  readonly change: (ticketId: number, note: HandoverNote) => void
  /** Forgets what was typed: it was ordered. */
  readonly drop: (ticketIds: readonly number[]) => void
}

/** Keeps the notes while they are typed; they outlive the window until they are ordered. */
export function useHandoverNotes(meetingId: string): HandoverNotes {
  const { drafts } = useWindow()
  const [typed, setTyped] = useState<ReadonlyMap<number, HandoverNote>>(new Map())
  const key = (ticketId: number) => `return-note.${meetingId}.${ticketId}`
  return {
    of: ({ ticketId, note }) =>
      typed.get(ticketId) ?? parsed(drafts.read(key(ticketId))) ?? { text: note, leftOut: false },
    change(ticketId, note) {
      drafts.keep(key(ticketId), JSON.stringify(note))
      setTyped((before) => new Map([...before, [ticketId, note]]))
    },
    drop(ticketIds) {
      for (const ticketId of ticketIds) drafts.keep(key(ticketId), '')
      setTyped((before) => new Map([...before].filter(([ticketId]) => !ticketIds.includes(ticketId))))
    },
  }
}

function parsed(kept: string): HandoverNote | null {
  if (kept === '') return null
  try {
    const value: unknown = JSON.parse(kept)
    return isNote(value) ? value : null
  } catch {
    return null
  }
}

function isNote(value: unknown): value is HandoverNote {
  if (typeof value !== 'object' || value === null || !('text' in value) || !('leftOut' in value)) return false
  return typeof value.text === 'string' && typeof value.leftOut === 'boolean'
}
