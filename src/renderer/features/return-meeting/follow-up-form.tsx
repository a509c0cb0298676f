import { type FormEvent, type KeyboardEvent, type Ref, useId, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/text-field.tsx'
import styles from './run.module.css'

/** Who follows up and until when. */
export interface FollowUp {
  readonly owner: string
  readonly dueOn: string
}

/** Asks who follows up and until when, with what is likely filled in; Enter decides it. */
export function FollowUpForm(props: {
  readonly initial: FollowUp
  /** Who is likely to. */
  readonly people: readonly string[]
  readonly onDecide: (followUp: FollowUp) => void
  readonly onClose: () => void
  readonly ref: Ref<HTMLFormElement>
}) {
  const { initial, people, onDecide, onClose, ref } = props
  const [followUp, setFollowUp] = useState(initial)
  const listId = useId()
  const change = (part: Partial<FollowUp>) => setFollowUp((before) => ({ ...before, ...part }))
  const owner = followUp.owner.trim()
  const possible = owner !== '' && followUp.dueOn !== ''
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (possible) onDecide({ owner, dueOn: followUp.dueOn })
  }
  const handleKey = ({ key }: KeyboardEvent) => {
    if (key === 'Escape') onClose()
  }
  return (
    <form ref={ref} className={styles.followUp} aria-label="Follow up" onSubmit={submit} onKeyDown={handleKey}>
      <TextField
        ref={selectAll}
        label="Who follows up"
        maxLength={200}
        list={listId}
        value={followUp.owner}
        onChange={(event) => change({ owner: event.target.value })}
      />
      <datalist id={listId}>
        {people.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </datalist>
      <TextField
        label="Until when"
        type="date"
        value={followUp.dueOn}
        onChange={(event) => change({ dueOn: event.target.value })}
      />
      <Button type="submit" look="primary" icon="calendar" disabled={!possible}>
        Follow up <kbd aria-hidden="true">Enter</kbd>
      </Button>
      <Button look="quiet" onClick={onClose}>
        Leave it <kbd aria-hidden="true">Esc</kbd>
      </Button>
    </form>
  )
}

/** What is filled in is there to be typed over. */
function selectAll(field: HTMLInputElement | null): void {
  if (!field || field === document.activeElement) return
  field.focus()
  field.select()
}
