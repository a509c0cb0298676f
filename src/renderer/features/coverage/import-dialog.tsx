import { useRef, useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import { useConnectionStatus, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { DialogFrame } from '../../ui/dialog-frame.tsx'
import { FileButton } from '../../ui/file-button.tsx'
import { Problem } from '../../ui/notice.tsx'
import { TextArea } from '../../ui/text-field.tsx'
import { useDraft } from '../../ui/use-draft.ts'
import { useTakenIn, type TakingIn } from './use-taken-in.ts'
import { WhatChanges } from './what-changes.tsx'

/** Letters a plan may have at most. */
const longestPlan = 2_000_000

/** Takes in a plan that somebody handed over, after showing what it changes. What is pasted outlives the window until then. */
export function ImportDialog({ onClose }: { readonly onClose: () => void }) {
  const [text, setText] = useDraft('plan-import')
  const [outcome, setOutcome] = useState<TakingIn | undefined>(undefined)
  const field = useRef<HTMLTextAreaElement>(null)
  const connected = useConnectionStatus() === 'open'
  const { client } = useWindow().connection
  const takenIn = useTakenIn()
  const take = (apply: boolean) =>
    isIssueAddress(text) ? client.plans.fetch({ reference: text, apply }) : client.plans.import({ text, apply })
  const look = useMutation({ mutationFn: () => take(false), onSuccess: setOutcome })
  const apply = useMutation({
    mutationFn: () => take(true),
    onSuccess: async (result) => {
      setText('')
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
  const tooLong = text.length > longestPlan
  const locked = !connected || tooLong || text.trim() === '' || look.isPending || apply.isPending
  return (
    <DialogFrame
      title="Take in a plan"
      initialFocus={field}
      onClose={onClose}
      aside={<FileButton words="Open a file…" accept=".json,.md,.txt" onText={edit} />}
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
        label="The plan"
        hint="Paste the address of its GitLab issue, or all of what you were given, as Markdown or from the file; or open the file. Nothing changes before you have seen what would."
        problem={tooLong ? 'This is far longer than any plan. Paste only what you were given.' : undefined}
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
