import { type ReactNode, useId, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { useWindow } from '../api/window-context.tsx'
import { AgentFinder } from './agent-finder.tsx'
import { takeFocus } from './take-focus.ts'
import styles from './person-field.module.css'

/** Somebody by their Zendesk id. */
export interface ChosenPerson {
  readonly id: number
  readonly name: string
}

/** The choice that leads to looking somebody up. */
const other = 'other'

/** Chooses somebody: one of those Understudy knows, me first, or any agent of Zendesk by name. */
export function PersonField(props: {
  readonly label: string
  readonly hint?: ReactNode
  readonly person: ChosenPerson | null
  /** Somebody who is no choice here: nobody covers for themselves. */
  readonly without?: number | undefined
  readonly onChange: (person: ChosenPerson | null) => void
}) {
  const { label, hint, person, without, onChange } = props
  const { queries } = useWindow()
  const { data } = useQuery(queries.people())
  const [looking, setLooking] = useState(false)
  const id = useId()
  const known = (data?.people ?? []).filter((one) => one.id !== without)
  const unlisted = person !== null && !known.some((one) => one.id === person.id)
  const choose = (value: string) => {
    setLooking(value === other)
    const found = known.find((one) => String(one.id) === value)
    onChange(found ? { id: found.id, name: found.name } : null)
  }
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      <select
        id={id}
        className={styles.select}
        value={looking ? other : person === null ? '' : String(person.id)}
        onChange={(event) => choose(event.target.value)}
      >
        <option value="" disabled>
          Choose
        </option>
        {unlisted && <option value={String(person.id)}>{person.name}</option>}
        {known.map((one) => (
          <option key={one.id} value={String(one.id)}>
            {one.me ? `${one.name} (you)` : one.name}
          </option>
        ))}
        <option value={other}>Another agent…</option>
      </select>
      {hint && <p className={styles.hint}>{hint}</p>}
      {looking && (
        <AgentFinder
          ref={takeFocus}
          label="Find the agent"
          onChoose={(agent) => {
            setLooking(false)
            onChange(agent)
          }}
        />
      )}
    </div>
  )
}
