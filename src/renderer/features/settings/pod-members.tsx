import { useId } from 'react'
import { useQuery } from '@tanstack/react-query'
import { useWindow } from '../../api/window-context.tsx'
import styles from './settings.module.css'

/** Who shares a coverage pod: nobody else knows, and it rotates. Somebody of another workspace who is in it stays in it. */
export function PodMembers(props: {
  readonly region: string
  readonly value: readonly number[]
  readonly onChange: (ids: number[]) => void
}) {
  const { region, value, onChange } = props
  const { queries } = useWindow()
  const { data } = useQuery(queries.people())
  const id = useId()
  const put = (personId: number, isIn: boolean) =>
    onChange(isIn ? [...value, personId] : value.filter((each) => each !== personId))
  return (
    <div role="group" aria-labelledby={id} aria-describedby={`${id}-hint`} className={styles.field}>
      <span id={id}>Coverage pod</span>
      <div>
        <div className={styles.choices}>
          {data?.people.map((person) => (
            <label key={person.id} className={styles.choice}>
              <input
                type="checkbox"
                checked={value.includes(person.id)}
                onChange={(event) => put(person.id, event.target.checked)}
              />
              {person.name}
            </label>
          ))}
        </div>
        <p id={`${id}-hint`} className={styles.hint}>
          Who is in your pod, you included; change it when it rotates. Nobody ticked: all ASEs in {region} count, and
          plans say so.
        </p>
      </div>
    </div>
  )
}
