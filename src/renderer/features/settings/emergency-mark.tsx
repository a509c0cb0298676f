import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import type { EmergencyMarks } from '#contract/guidance.ts'
import type { EmergencyMark as Mark, Settings } from '#contract/settings.ts'
import { useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { Choice } from './settings-fields.tsx'
import styles from './settings.module.css'

type WordMark = Exclude<Mark, { readonly by: 'form' }>
type FormMark = Extract<Mark, { readonly by: 'form' }>

const startWords = { tag: 'emergency', priority: 'urgent' } as const

/** What marks the tickets that page the on-call engineer: a tag, a priority or a form, with what the stored tickets suggest. */
export function EmergencyMark(props: {
  readonly value: Mark
  readonly onChange: (part: Pick<Settings, 'emergencyMark'>) => void
}) {
  const { value: mark, onChange } = props
  const { queries } = useWindow()
  const { data } = useQuery(queries.emergencyMarks())
  /** Until a form is chosen, what was set before stays in force. */
  const [isFormWanted, setFormWanted] = useState(false)
  const shown = isFormWanted ? 'form' : mark.by
  const set = (emergencyMark: Mark) => {
    setFormWanted(emergencyMark.by === 'form')
    onChange({ emergencyMark })
  }
  return (
    <>
      <Choice
        name="Emergencies are known by"
        value={shown}
        choices={{ tag: 'A tag', priority: 'Their priority', form: 'Their form' }}
        onChange={(next) => {
          if (next === 'form') setFormWanted(true)
          else if (next === mark.by) setFormWanted(false)
          else set({ by: next, value: startWords[next] })
        }}
      />
      {shown === 'form' ? (
        <FormField mark={mark.by === 'form' ? mark : null} forms={data?.forms ?? []} onChange={set} />
      ) : (
        mark.by !== 'form' && <WordField key={`${mark.by} ${mark.value}`} mark={mark} onChange={set} />
      )}
      {data && data.suggestions.length > 0 && (
        <p className={styles.hint}>
          Your unsolved tickets suggest:{' '}
          {data.suggestions.map(({ mark: other, tickets }) => (
            <Button key={`${other.by} ${other.value}`} onClick={() => set(other)}>
              {other.by} {other.by === 'form' ? formName(other) : other.value} ({tickets})
            </Button>
          ))}
        </p>
      )}
    </>
  )
}

function WordField({ mark, onChange }: { readonly mark: WordMark; readonly onChange: (mark: Mark) => void }) {
  const [text, setText] = useState<string | undefined>(undefined)
  const word = text?.trim().toLowerCase()
  const fits = word === undefined || /^\S{1,80}$/.test(word)
  const keep = () => {
    if (word === undefined || !fits) return
    setText(undefined)
    if (word !== mark.value) onChange({ ...mark, value: word })
  }
  return (
    <TextField
      label={mark.by === 'tag' ? 'Tag of emergencies' : 'Priority of emergencies'}
      hint="As Zendesk writes it: one word in small letters."
      problem={fits ? undefined : 'Not saved: it is one word.'}
      value={text ?? mark.value}
      onChange={(event) => setText(event.target.value)}
      onBlur={keep}
      onKeyDown={(event) => event.key === 'Enter' && keep()}
    />
  )
}

function FormField(props: {
  readonly mark: FormMark | null
  readonly forms: EmergencyMarks['forms']
  readonly onChange: (mark: Mark) => void
}) {
  const { mark, forms, onChange } = props
  const isListed = mark === null || forms.some(({ value }) => value === mark.value)
  if (forms.length === 0 && mark === null) {
    return <p className={styles.hint}>None of your unsolved tickets has a form to choose.</p>
  }
  return (
    <SelectField
      label="Form of emergencies"
      hint="Forms that your unsolved tickets were opened with, and how many of them."
      value={mark?.value ?? ''}
      onChange={(event) => {
        const form = forms.find(({ value }) => value === event.target.value)
        if (form) onChange({ by: 'form', value: form.value, name: form.name })
      }}
    >
      {mark === null && <option value="">Choose a form</option>}
      {!isListed && <option value={mark.value}>{formName(mark)} (0)</option>}
      {forms.map((form) => (
        <option key={form.value} value={form.value}>
          {formName(form)} ({form.tickets})
        </option>
      ))}
    </SelectField>
  )
}

function formName({ value, name }: { readonly value: string; readonly name: string | null }): string {
  return name ?? `Form ${value}`
}
