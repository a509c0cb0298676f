import { useRef, useState } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Toast } from '@base-ui/react/toast'
import { useNavigate } from '@tanstack/react-router'
import type { ServiceClient } from '../../api/connection.ts'
import { useConnectionStatus, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { DialogFrame } from '../../ui/dialog-frame.tsx'
import { FileButton } from '../../ui/file-button.tsx'
import { Problem } from '../../ui/notice.tsx'
import { TextArea } from '../../ui/text-field.tsx'
import { useDraft } from '../../ui/use-draft.ts'
import styles from './coverage-screen.module.css'

/** Letters a plan may have at most. */
const longestPlan = 2_000_000

type Outcome = Awaited<ReturnType<ServiceClient['plans']['import']>>

/** Takes in a plan that somebody handed over, after showing what it changes. What is pasted outlives the window until then. */
export function ImportDialog({ onClose }: { readonly onClose: () => void }) {
  const { queries } = useWindow()
  const [text, setText] = useDraft('plan-import')
  const [outcome, setOutcome] = useState<Outcome | undefined>(undefined)
  const field = useRef<HTMLTextAreaElement>(null)
  const connected = useConnectionStatus() === 'open'
  const look = useMutation({ ...queries.procedures.plans.import.mutationOptions(), onSuccess: setOutcome })
  const apply = useApply(() => {
    setText('')
    onClose()
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
              onClick={() => apply.mutate({ text, apply: true })}
            >
              {apply.isPending ? 'Taking it in…' : 'Take it in'}
            </Button>
          ) : (
            <Button look="primary" disabled={locked} onClick={() => look.mutate({ text, apply: false })}>
              {look.isPending ? 'Comparing…' : 'Show what changes'}
            </Button>
          )}
        </>
      }
    >
      <TextArea
        ref={field}
        label="The plan"
        hint="Paste all of what you were given, as Markdown or from the file; or open the file. Nothing changes before you have seen what would."
        problem={tooLong ? 'This is far longer than any plan. Paste only what you were given.' : undefined}
        value={text}
        onChange={(event) => edit(event.target.value)}
      />
      {outcome && <WhatChanges outcome={outcome} />}
      <Problem error={look.error ?? apply.error} />
    </DialogFrame>
  )
}

function useApply(onDone: () => void) {
  const { queries } = useWindow()
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const { add } = Toast.useToastManager()
  return useMutation({
    ...queries.procedures.plans.import.mutationOptions(),
    onSuccess: async ({ planId, conflicts }: Outcome) => {
      onDone()
      add({
        title: 'The plan is taken in',
        ...(conflicts.length > 0 ? { description: 'Where both sides changed the same, choose which one stays.' } : {}),
      })
      await queryClient.invalidateQueries({ queryKey: queries.procedures.plans.key() })
      await queryClient.invalidateQueries({ queryKey: queries.procedures.coverage.key() })
      void navigate({ to: '/coverage/plans/$planId', params: { planId } })
    },
  })
}

function WhatChanges({ outcome }: { readonly outcome: Outcome }) {
  const { fresh, changes, conflicts } = outcome
  return (
    <div role="status">
      <h3>{fresh ? 'A plan that is new here' : changes.length === 0 ? 'Nothing is new in it' : 'What changes here'}</h3>
      <ul className={styles.changes}>
        {changes.map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
      {conflicts.length > 0 && (
        <>
          <h3>Changed on both sides</h3>
          <p className={styles.soft}>Both are kept until you choose one in the plan.</p>
          <ul className={styles.changes}>
            {conflicts.map(({ field, about, sides }) => (
              <li key={field}>
                {about}: {sides.map(({ words }) => words).join(' or ')}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}
