import { useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import type { PlanDetail, PlanEntry } from '#contract/plans.ts'
import { useConnectionStatus, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Problem } from '../../ui/notice.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { useDraft } from '../../ui/use-draft.ts'
import { wallTimeOf } from '../../ui/wall-time.ts'
import { usePlanKept } from './use-plan-kept.ts'
import { WindowFields } from '../../ui/window-fields.tsx'
import { type TypedWindow, windowProblem } from '../../ui/window-problem.ts'
import styles from './plan-screen.module.css'

/** Answers a request: my own, or one that was given to me in words. What is typed outlives the window until it is sent. */
export function AnswerForm(props: {
  readonly plan: PlanDetail
  readonly entry: PlanEntry
  readonly onClose?: () => void
}) {
  const { plan, entry, onClose } = props
  const { queries } = useWindow()
  const connected = useConnectionStatus() === 'open'
  const kept = usePlanKept()
  const [words, setWords] = useDraft(`answer-${entry.id}`)
  const [part, setPart] = useState<TypedWindow | undefined>(undefined)
  const { mutate, isPending, error } = useMutation({
    ...queries.procedures.plans.answer.mutationOptions(),
    onSuccess: async (changed) => {
      setWords('')
      onClose?.()
      await kept(changed)
    },
  })
  const said = words.trim() === '' ? {} : { words: words.trim() }
  const answer = (choice: 'accept' | 'decline', window?: TypedWindow) =>
    mutate({ planId: plan.id, entryId: entry.id, answer: choice, ...said, ...(window ? { part: window } : {}) })
  const locked = !connected || isPending
  return (
    <div role="group" aria-label={`Answer for ${entry.accountName}`} className={styles.form}>
      <TextField
        label={entry.mine ? 'Words with your answer' : `What ${entry.coverName} said`}
        hint="Kept with the answer. May stay empty."
        maxLength={500}
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      {part && (
        <>
          <WindowFields window={part} timeZone={plan.aseTimeZone} onChange={setPart} />
          <p className={styles.soft}>The rest becomes a gap again, for somebody else to cover.</p>
        </>
      )}
      <Problem error={error} />
      <div className={styles.buttons}>
        {part ? (
          <>
            <Button
              look="primary"
              disabled={locked || windowProblem(part) !== undefined}
              onClick={() => answer('accept', part)}
            >
              Accept this part
            </Button>
            <Button onClick={() => setPart(undefined)}>Back to all of it</Button>
          </>
        ) : (
          <WholeAnswers locked={locked} onAnswer={answer} onPart={() => setPart(typedWindow(plan, entry))} />
        )}
        {onClose && <Button onClick={onClose}>Cancel</Button>}
      </div>
    </div>
  )
}

function WholeAnswers(props: {
  readonly locked: boolean
  readonly onAnswer: (choice: 'accept' | 'decline') => void
  readonly onPart: () => void
}) {
  const { locked, onAnswer, onPart } = props
  return (
    <>
      <Button look="primary" icon="check" disabled={locked} onClick={() => onAnswer('accept')}>
        Accept
      </Button>
      <Button disabled={locked} onClick={onPart}>
        Accept a part…
      </Button>
      <Button icon="close" disabled={locked} onClick={() => onAnswer('decline')}>
        Decline
      </Button>
    </>
  )
}

/** All that was asked for, to cut a part from. */
function typedWindow({ aseTimeZone }: PlanDetail, { startsAt, endsAt }: PlanEntry): TypedWindow {
  return { startsAt: wallTimeOf(startsAt, aseTimeZone), endsAt: wallTimeOf(endsAt, aseTimeZone) }
}
