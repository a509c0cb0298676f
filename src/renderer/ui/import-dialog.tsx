import { useRef, useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import { useConnectionStatus } from '../api/window-context.tsx'
import { Button } from './button.tsx'
import { DialogFrame } from './dialog-frame.tsx'
import type { Exchange, TakingIn } from './exchange.ts'
import { FileButton } from './file-button.tsx'
import { Problem } from './notice.tsx'
import { TextArea } from './text-field.tsx'
import { useDraft } from './use-draft.ts'
import { WhatChanges } from './what-changes.tsx'

/** Takes in what somebody handed over, after showing what it changes. What is pasted outlives the window until then. */
export function ImportDialog<Outcome extends TakingIn>(props: {
  readonly exchange: Exchange<Outcome>
  readonly onClose: () => void
}) {
  const { exchange, onClose } = props
  const { noun } = exchange
  const [text, setText] = useDraft(`${noun}-import`)
  const [outcome, setOutcome] = useState<Outcome | undefined>(undefined)
  const field = useRef<HTMLTextAreaElement>(null)
  const connected = useConnectionStatus() === 'open'
  const take = (apply: boolean) => exchange.takeIn(isIssueAddress(text) ? { reference: text } : { text }, apply)
  const look = useMutation({ mutationFn: () => take(false), onSuccess: setOutcome })
  const apply = useMutation({
    mutationFn: () => take(true),
    onSuccess: async (result) => {
      setText('')
      onClose()
      await exchange.takenIn(result)
    },
  })
  const edit = (next: string) => {
    setText(next)
    setOutcome(undefined)
    look.reset()
    apply.reset()
  }
  const tooLong = text.length > exchange.longest
  const locked = !connected || tooLong || text.trim() === '' || look.isPending || apply.isPending
  return (
    <DialogFrame
      title={`Take in a ${noun}`}
      initialFocus={field}
      onClose={onClose}
      aside={<FileButton words="Open a file…" accept={exchange.files} onText={edit} />}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          {outcome ? (
            <Button
              look="primary"
              disabled={locked || (outcome.changes.length === 0 && outcome.conflicts.length === 0)}
              onClick={() => apply.mutate()}
            >
              {apply.isPending ? 'Taking it in…' : 'Take it in'}
            </Button>
          ) : (
            <Button look="primary" disabled={locked} onClick={() => look.mutate()}>
              {look.isPending ? 'Comparing…' : 'Show what changes'}
            </Button>
          )}
        </>
      }
    >
      <TextArea
        ref={field}
        label={`The ${noun}`}
        hint="Paste the address of its GitLab issue, or all of what you were given, as Markdown or from the file; or open the file. Nothing changes before you have seen what would."
        problem={tooLong ? `This is far longer than any ${noun}. Paste only what you were given.` : undefined}
        value={text}
        onChange={(event) => edit(event.target.value)}
      />
      {outcome && <WhatChanges outcome={outcome} noun={noun} fresh={exchange.freshWords(outcome)} />}
      <Problem error={look.error ?? apply.error} />
    </DialogFrame>
  )
}

/** Whether what was pasted names an issue: an address or a reference, and nothing else. */
function isIssueAddress(text: string): boolean {
  return /^\s*(?:https?:\/\/\S+|[\w./-]*#\d+)\s*$/.test(text)
}
