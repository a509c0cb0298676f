import { type FormEvent, useRef, useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import type { HandoffDetail, HandoffTicket } from '#contract/handoffs.ts'
import { useConnectionStatus, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { useShortcuts } from '../../ui/keyboard.tsx'
import { Problem } from '../../ui/notice.tsx'
import { TextArea } from '../../ui/text-field.tsx'
import { useDraft } from '../../ui/use-draft.ts'
import { Ago } from './ticket-facts.tsx'
import { useHandoffKept } from './use-handoff-kept.ts'
import type { ReviewModeState } from './use-review-mode.ts'
import styles from './handoff.module.css'

interface TeachBackProps {
  readonly handoff: HandoffDetail
  readonly ticket: HandoffTicket
  readonly mode: ReviewModeState
  readonly onSaid: () => void
}

/** What the covering engineer says back in their own words, so that both know what was understood. */
export function TeachBack(props: TeachBackProps) {
  const { handoff, ticket, mode } = props
  const { teachBack, verdict, line } = ticket
  const [again, setAgain] = useState(false)
  const corrected = verdict?.current === true && !verdict.accepted
  const wanted = teachBack === null || !teachBack.current || corrected || again
  const mayAct = mode.mayAct('cover')
  const said = () => {
    setAgain(false)
    props.onSaid()
  }
  return (
    <section aria-label="Said back" className={styles.section}>
      <h3>Said back</h3>
      {teachBack ? (
        <>
          <p className={styles.told}>“{teachBack.words}”</p>
          <p className={styles.soft}>
            {teachBack.byName}, <Ago at={teachBack.at} />
          </p>
          {!teachBack.current && (
            <p className={styles.caution}>
              {handoff.aseName} wrote something else since: it has to be said back again.
            </p>
          )}
        </>
      ) : (
        !mayAct && <p className={styles.soft}>Nobody has said it back yet.</p>
      )}
      {mayAct && line && wanted && <SayBack {...props} onSaid={said} />}
      {mayAct && line && !wanted && (
        <div>
          <Button look="quiet" icon="edit" onClick={() => setAgain(true)}>
            Say it differently
          </Button>
        </div>
      )}
    </section>
  )
}

function SayBack({ handoff, ticket, mode, onSaid }: TeachBackProps) {
  const { queries } = useWindow()
  const connected = useConnectionStatus() === 'open'
  const kept = useHandoffKept()
  const place = { handoffId: handoff.id, ticketId: ticket.ticketId }
  const [words, setWords] = useDraft(`handoff-teach-back.${place.handoffId}.${place.ticketId}`)
  const field = useRef<HTMLTextAreaElement>(null)
  const { mutate, isPending, error } = useMutation({
    ...queries.procedures.handoffs.teachBack.mutationOptions(),
    onSuccess: async (changed) => {
      setWords('')
      onSaid()
      await kept(changed)
    },
  })
  const disabled = !connected || isPending || words.trim() === ''
  const say = (event?: FormEvent) => {
    event?.preventDefault()
    if (!disabled) mutate({ ...place, words, ...mode.speaker('cover') })
  }
  useShortcuts([
    { keys: 't', words: 'Say it back', group: 'Ticket of the review', run: () => field.current?.focus() },
    { keys: 'mod+enter', words: 'Send what was said back', group: 'Ticket of the review', run: () => say() },
  ])
  const name = mode.cover?.name ?? 'the covering engineer'
  return (
    <form className={styles.say} aria-label="Say it back" onSubmit={say}>
      <TextArea
        ref={field}
        label={mode.together ? `${name} says it back` : 'Say it back in your own words'}
        hint="What matters, what comes next, and what you do if it turns. Key: t"
        rows={3}
        maxLength={4000}
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      <Problem error={error} />
      <div>
        <Button type="submit" look="primary" title="Key: Ctrl Enter" disabled={disabled}>
          {isPending ? 'Saying…' : 'Say it back'}
        </Button>
      </div>
    </form>
  )
}
