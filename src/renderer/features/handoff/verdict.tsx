import { type FormEvent, useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import type { HandoffDetail, HandoffTicket } from '#contract/handoffs.ts'
import { useConnectionStatus, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useShortcuts } from '../../ui/keyboard.tsx'
import { Problem } from '../../ui/notice.tsx'
import { takeFocus } from '../../ui/take-focus.ts'
import { TextArea } from '../../ui/text-field.tsx'
import { useDraft } from '../../ui/use-draft.ts'
import { Ago } from './ticket-facts.tsx'
import { useHandoffKept } from './use-handoff-kept.ts'
import type { ReviewModeState } from './use-review-mode.ts'
import styles from './handoff.module.css'

interface VerdictProps {
  readonly handoff: HandoffDetail
  readonly ticket: HandoffTicket
  readonly mode: ReviewModeState
}

/** The ASE's answer to what was said back: that is it, or what is missing. */
export function Verdict(props: VerdictProps) {
  const { handoff, ticket, mode } = props
  const { verdict, teachBack } = ticket
  const current = verdict?.current === true
  return (
    <section aria-label={`The answer of ${handoff.aseName}`} className={styles.section}>
      <h3>{handoff.aseName}’s answer</h3>
      {current ? (
        <div tabIndex={-1} className={verdict.accepted ? styles.accepted : styles.caution}>
          <Icon name={verdict.accepted ? 'check' : 'return'} size={14} />
          <span>
            <strong>{verdict.accepted ? 'That is it.' : 'Not quite.'}</strong> {verdict.words}{' '}
            <span className={styles.soft}>
              {verdict.byName}, <Ago at={verdict.at} />
            </span>
          </span>
        </div>
      ) : teachBack?.current ? (
        mode.mayAct('ase') ? (
          <Judge {...props} />
        ) : (
          <p tabIndex={-1} className={styles.soft}>
            {handoff.aseName} has not answered yet.
          </p>
        )
      ) : (
        <p className={styles.soft}>It is answered once it was said back.</p>
      )}
    </section>
  )
}

function Judge({ handoff, ticket, mode }: VerdictProps) {
  const { queries } = useWindow()
  const connected = useConnectionStatus() === 'open'
  const kept = useHandoffKept()
  const place = { handoffId: handoff.id, ticketId: ticket.ticketId }
  const [words, setWords] = useDraft(`handoff-verdict.${place.handoffId}.${place.ticketId}`)
  const [correcting, setCorrecting] = useState(words !== '')
  const { mutate, isPending, error } = useMutation({
    ...queries.procedures.handoffs.judge.mutationOptions(),
    onSuccess: async (changed) => {
      setWords('')
      await kept(changed)
    },
  })
  const disabled = !connected || isPending
  const judge = (accepted: boolean) =>
    mutate({ ...place, accepted, words: accepted ? '' : words, ...mode.speaker('ase') })
  const send = () => {
    if (!disabled && words.trim() !== '') judge(false)
  }
  const correct = (event: FormEvent) => {
    event.preventDefault()
    send()
  }
  useShortcuts([
    {
      keys: 'a',
      words: 'Accept what was said back',
      group: 'Ticket of the review',
      run: () => !disabled && judge(true),
    },
    { keys: 'c', words: 'Correct what was said back', group: 'Ticket of the review', run: () => setCorrecting(true) },
  ])
  return (
    <form className={styles.say} aria-label={`${handoff.aseName} answers`} onSubmit={correct}>
      <p className={styles.buttons}>
        <Button look="primary" icon="check" title="Key: a" disabled={disabled} onClick={() => judge(true)}>
          That is it
        </Button>
        {!correcting && (
          <Button icon="return" title="Key: c" onClick={() => setCorrecting(true)}>
            Correct it…
          </Button>
        )}
      </p>
      {correcting && <Correction words={words} disabled={disabled} onChange={setWords} onSend={send} />}
      <Problem error={error} />
    </form>
  )
}

function Correction(props: {
  readonly words: string
  readonly disabled: boolean
  readonly onChange: (words: string) => void
  readonly onSend: () => void
}) {
  const { words, disabled, onChange, onSend } = props
  useShortcuts([{ keys: 'mod+enter', words: 'Send the correction', group: 'Ticket of the review', run: onSend }])
  return (
    <>
      <TextArea
        ref={takeFocus}
        label="What is missing or otherwise"
        rows={3}
        maxLength={4000}
        value={words}
        onChange={(event) => onChange(event.target.value)}
      />
      <div>
        <Button type="submit" title="Key: Ctrl Enter" disabled={disabled || words.trim() === ''}>
          Correct it
        </Button>
      </div>
    </>
  )
}
