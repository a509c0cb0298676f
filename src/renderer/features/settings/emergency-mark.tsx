import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import type { EmergencyMark as Mark, Settings } from '#contract/settings.ts'
import { useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { Choice } from './settings-fields.tsx'
import styles from './settings.module.css'

/** What marks the tickets that page the on-call engineer: a tag or a priority, with what the stored tickets suggest. */
export function EmergencyMark(props: {
  readonly value: Mark
  readonly onChange: (part: Pick<Settings, 'emergencyMark'>) => void
}) {
  const { value: mark, onChange } = props
  const { queries } = useWindow()
  const { data } = useQuery(queries.emergencyMarks())
  const [text, setText] = useState<string | undefined>(undefined)
  const set = (emergencyMark: Mark) => {
    setText(undefined)
    onChange({ emergencyMark })
  }
  const word = text?.trim().toLowerCase()
  const fits = word === undefined || /^\S{1,80}$/.test(word)
  const keep = () => word !== undefined && fits && word !== mark.value && set({ ...mark, value: word })
  return (
    <>
      <Choice
        name="Emergencies are known by"
        value={mark.by}
        choices={{ tag: 'A tag', priority: 'Their priority' }}
        onChange={(by) => set(by === 'priority' ? { by, value: 'urgent' } : { by, value: 'emergency' })}
      />
      <TextField
        label={mark.by === 'tag' ? 'Tag of emergencies' : 'Priority of emergencies'}
        hint="As Zendesk writes it: one word in small letters."
        problem={fits ? undefined : 'Not saved: it is one word.'}
        value={text ?? mark.value}
        onChange={(event) => setText(event.target.value)}
        onBlur={keep}
        onKeyDown={(event) => event.key === 'Enter' && keep()}
      />
      {data && data.suggestions.length > 0 && (
        <p className={styles.hint}>
          Your unsolved tickets suggest:{' '}
          {data.suggestions.map(({ mark: other, tickets }) => (
            <Button key={`${other.by} ${other.value}`} onClick={() => set(other)}>
              {other.by} {other.value} ({tickets})
            </Button>
          ))}
        </p>
      )}
    </>
  )
}
