import { useRef, useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import { useConnectionStatus, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { DialogFrame } from '../../ui/dialog-frame.tsx'
import { FileButton } from '../../ui/file-button.tsx'
import { Problem } from '../../ui/notice.tsx'
import { TextArea } from '../../ui/text-field.tsx'
import { useTakenIn } from './use-taken-in.ts'
import { type TakingIn, WhatChanges } from './what-changes.tsx'

/** Letters that what is taken in may have at most, as the service has it. */
const longestText = 20_000_000

/** Takes in what somebody handed over, after showing what it changes here. */
export function ImportDialog({ onClose }: { readonly onClose: () => void }) {
  const [text, setText] = useState('')
  const [outcome, setOutcome] = useState<TakingIn | undefined>(undefined)
  const field = useRef<HTMLTextAreaElement>(null)
  const connected = useConnectionStatus() === 'open'
  const { client } = useWindow().connection
  const takenIn = useTakenIn()
  const take = (apply: boolean) =>
    isIssueAddress(text) ? client.handoffs.fetch({ reference: text, apply }) : client.handoffs.import({ text, apply })
  const look = useMutation({ mutationFn: () => take(false), onSuccess: setOutcome })
  const apply = useMutation({
    mutationFn: () => take(true),
    onSuccess: async (result) => {
      onClose()
      await takenIn(result)
    },
  })
  const edit = (next: string) => {
    setText(next)
    setOutcome(undefined)
    look.reset()
    apply.reset()
  }
  const tooLong = text.length > longestText
  const locked = !connected || tooLong || text.trim() === '' || look.isPending || apply.isPending
  return (
    <DialogFrame
      title="Take in a handoff"
      initialFocus={field}
      onClose={onClose}
      aside={<FileButton words="Open a file…" accept=".json,.md,.txt,.html" onText={edit} />}
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
        label="The handoff"
        hint="Paste the address of its GitLab issue, or all of what you were given, as Markdown or from the file; or open the file. Nothing changes before you have seen what would."
        problem={tooLong ? 'This is far longer than any handoff. Paste only what you were given.' : undefined}
        value={text}
        onChange={(event) => edit(event.target.value)}
      />
      {outcome && <WhatChanges outcome={outcome} />}
      <Problem error={look.error ?? apply.error} />
    </DialogFrame>
  )
}

/** Whether what was pasted names an issue: an address or a reference, and nothing else. */
function isIssueAddress(text: string): boolean {
  return /^\s*(?:https?:\/\/\S+|[\w./-]*#\d+)\s*$/.test(text)
}
