import { type FormEvent, useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import type { HandoffDetail } from '#contract/handoffs.ts'
import { useConnectionStatus, useTimeZone, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Problem } from '../../ui/notice.tsx'
import { takeFocus } from '../../ui/take-focus.ts'
import { TextArea } from '../../ui/text-field.tsx'
import { fullTime } from '../../ui/time-words.ts'
import { useDraft } from '../../ui/use-draft.ts'
import { shortHash, ticketCount } from './handoff-words.ts'
import { useHandoffKept } from './use-handoff-kept.ts'
import type { ReviewModeState } from './use-review-mode.ts'
import styles from './handoff.module.css'

interface AcceptanceProps {
  readonly handoff: HandoffDetail
  readonly mode: ReviewModeState
}

/** The end of the review: what is still open, what exactly is accepted, and whose the account is from when. */
export function Acceptance({ handoff, mode }: AcceptanceProps) {
  const { open, ownerWords } = handoff
  // What somebody accepted who covers it no more is not accepted.
  const accepted = handoff.state === 'accepted'
  return (
    <>
      <h2 tabIndex={-1} className={styles.large}>
        {accepted ? 'Accepted' : 'Accept the account'}
      </h2>
      <p className={accepted ? styles.accepted : styles.owner}>
        <Icon name={accepted ? 'check' : 'info'} size={14} />
        <strong>{ownerWords}</strong>
      </p>
      <SoFar handoff={handoff} />
      {open.length > 0 && (
        <section aria-label="Still open" className={styles.section}>
          <h3>Still open</h3>
          <ul className={styles.listed}>
            {open.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </section>
      )}
      {!accepted && (
        <p>
          What is accepted: what is written of the account and of {ticketCount(handoff.lines.length)}, exactly as it
          stands now. Its fingerprint is{' '}
          <code className={styles.hash} title={handoff.hash}>
            {shortHash(handoff.hash)}
          </code>
          .
        </p>
      )}
      <Decide handoff={handoff} mode={mode} accepted={accepted} />
    </>
  )
}

/** What was decided last, by whom, and what was written since. */
function SoFar({ handoff: { acceptance } }: { readonly handoff: HandoffDetail }) {
  const timeZone = useTimeZone()
  if (!acceptance) return null
  const { state, byName, at, words, hash, changedSince } = acceptance
  const did = { accepted: 'Accepted', delayed: 'Put off', withdrawn: 'Taken back' }[state]
  return (
    <section aria-label="So far" className={styles.section}>
      <p>
        {did} by {byName}, {fullTime(at, timeZone)}
        {words && `: “${words}”`}
        {state === 'accepted' && (
          <>
            {' '}
            <span className={styles.soft}>
              Fingerprint of what was accepted:{' '}
              <code className={styles.hash} title={hash}>
                {shortHash(hash)}
              </code>
            </span>
          </>
        )}
      </p>
      {changedSince.length > 0 && (
        <div className={styles.stale}>
          <h3>
            <Icon name="alert" size={14} /> Written since, and not accepted
          </h3>
          <ul className={styles.listed}>
            {changedSince.map((changed) => (
              <li key={changed}>{changed}</li>
            ))}
          </ul>
        </div>
      )}
    </section>
  )
}

function Decide({ handoff, mode, accepted }: AcceptanceProps & { readonly accepted: boolean }) {
  const { queries } = useWindow()
  const connected = useConnectionStatus() === 'open'
  const kept = useHandoffKept()
  const [asking, setAsking] = useState<'delayed' | 'withdrawn' | null>(null)
  const { mutate, isPending, error } = useMutation({
    ...queries.procedures.handoffs.accept.mutationOptions(),
    onSuccess: async (changed) => {
      setAsking(null)
      await kept(changed)
    },
  })
  const disabled = !connected || isPending
  const changedSince = (handoff.acceptance?.changedSince.length ?? 0) > 0
  const decide = (state: 'accepted' | 'delayed' | 'withdrawn', words: string, onDone?: () => void) =>
    mutate(
      // Either may say no, whoever is signed in; only who covers says yes.
      {
        handoffId: handoff.id,
        hash: handoff.hash,
        state,
        words,
        ...(state === 'accepted' ? mode.speaker('cover') : {}),
      },
      { onSuccess: () => onDone?.() },
    )
  if (handoff.role === 'other') return null
  return (
    <>
      <Problem error={error} />
      <div className={styles.buttons}>
        {(!accepted || changedSince) && mode.mayAct('cover') && (
          <Button
            look="primary"
            icon="check"
            disabled={disabled || handoff.open.length > 0}
            title={handoff.open.length > 0 ? 'Something is still open.' : undefined}
            onClick={() => decide('accepted', '')}
          >
            {mode.together ? `${mode.cover?.name ?? 'Who covers'} accepts` : 'Accept'}
          </Button>
        )}
        {!accepted && asking === null && (
          <Button icon="hourglass" onClick={() => setAsking('delayed')}>
            Put off…
          </Button>
        )}
        {accepted && asking === null && (
          <Button icon="return" onClick={() => setAsking('withdrawn')}>
            Take back…
          </Button>
        )}
      </div>
      {!accepted && !mode.mayAct('cover') && (
        <p className={styles.soft}>{handoff.coverNames.join(' or ') || 'Who covers'} accepts it.</p>
      )}
      {asking && (
        <Reason
          key={asking}
          handoffId={handoff.id}
          what={asking}
          disabled={disabled}
          onSay={(words, onDone) => decide(asking, words, onDone)}
          onClose={() => setAsking(null)}
        />
      )}
    </>
  )
}

function Reason(props: {
  readonly handoffId: string
  readonly what: 'delayed' | 'withdrawn'
  readonly disabled: boolean
  /** `onDone` runs once it is stored: until then the words are kept. */
  readonly onSay: (words: string, onDone: () => void) => void
  readonly onClose: () => void
}) {
  const { handoffId, what, disabled, onSay, onClose } = props
  const [words, setWords] = useDraft(`handoff-${what}.${handoffId}`)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!disabled && words.trim() !== '') onSay(words, () => setWords(''))
  }
  return (
    <form className={styles.say} aria-label={what === 'delayed' ? 'Put off' : 'Take back'} onSubmit={submit}>
      <TextArea
        ref={takeFocus}
        label={what === 'delayed' ? 'Why it is put off' : 'Why it is taken back'}
        hint="Until it is accepted, the account stays with its ASE."
        rows={2}
        maxLength={4000}
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      <div className={styles.buttons}>
        <Button type="submit" look="primary" disabled={disabled || words.trim() === ''}>
          {what === 'delayed' ? 'Put off' : 'Take back'}
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </div>
    </form>
  )
}
