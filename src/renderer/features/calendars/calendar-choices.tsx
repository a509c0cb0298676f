import { type FormEvent, useId, useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import { Toast } from '@base-ui/react/toast'
import type { CalendarPreview } from '#contract/calendars.ts'
import { useConnectionStatus, useTimeZone, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Problem } from '../../ui/notice.tsx'
import { type ChosenPerson, PersonField } from '../../ui/person-field.tsx'
import { Pill } from '../../ui/pill.tsx'
import { takeFocus } from '../../ui/take-focus.ts'
import { TextField } from '../../ui/text-field.tsx'
import { dayAndTime } from '../../ui/time-words.ts'
import { PurposeField } from './purpose-field.tsx'
import { useCalendarsAgain } from './use-calendars-again.ts'
import { usePersonNamed } from './use-person-named.ts'
import table from '../../ui/table.module.css'
import styles from './calendars.module.css'

type Title = CalendarPreview['titles'][number]
type Purpose = CalendarPreview['suggestedPurpose']

/** What is in a calendar, by title: a person says whose it is and what counts, beginning with what Understudy takes it for. */
export function CalendarChoices(props: { readonly preview: CalendarPreview; readonly onClose: () => void }) {
  const { preview, onClose } = props
  const { queries } = useWindow()
  const connected = useConnectionStatus() === 'open'
  const { add } = Toast.useToastManager()
  const again = useCalendarsAgain()
  const suggested = usePersonNamed(preview.suggestedPersonId)
  const [name, setName] = useState(preview.name)
  const [purpose, setPurpose] = useState(preview.suggestedPurpose)
  const [chosen, setChosen] = useState<ChosenPerson | null | undefined>(undefined)
  const [picked, setPicked] = useState<readonly string[] | undefined>(undefined)
  const person = chosen === undefined ? suggested : chosen
  const titles = picked ?? preview.titles.filter((title) => title.suggested === purpose).map(({ title }) => title)
  const { mutate, isPending, error } = useMutation({
    ...queries.procedures.calendars.add.mutationOptions(),
    onSuccess: async (calendar) => {
      onClose()
      add({ title: `${calendar.name} is read from now on` })
      await again()
    },
  })
  const incomplete = name.trim() === '' || person === null || titles.length === 0
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!person || incomplete) return
    mutate({ previewId: preview.previewId, name: name.trim(), purpose, personId: person.id, titles: [...titles] })
  }
  return (
    <form aria-label="What counts of this calendar" className={styles.form} noValidate onSubmit={submit}>
      <p className={styles.soft}>{preview.host === null ? 'From a file' : `From ${preview.host}`}</p>
      <Problems problems={preview.problems} />
      <TextField
        ref={takeFocus}
        label="Name"
        maxLength={120}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <PurposeField purpose={purpose} onChange={setPurpose} />
      <PersonField label="Whose it is" person={person} onChange={setChosen} />
      <Titles titles={preview.titles} purpose={purpose} picked={titles} onPick={setPicked} />
      {person === null && <p className={styles.soft}>Choose whose it is.</p>}
      {titles.length === 0 && <p className={styles.soft}>Tick at least one title.</p>}
      <Problem error={error} />
      <div className={styles.buttons}>
        <Button type="submit" look="primary" disabled={!connected || isPending || incomplete}>
          {isPending ? 'Taking it in…' : 'Take it in'}
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </div>
    </form>
  )
}

function Problems({ problems }: Pick<CalendarPreview, 'problems'>) {
  if (problems.length === 0) return null
  return (
    <ul className={styles.problems}>
      {problems.map((words) => (
        <li key={words}>
          <Icon name="alert" size={14} />
          <span>{words}</span>
        </li>
      ))}
    </ul>
  )
}

const suggestionWords: Readonly<Record<Title['suggested'], string>> = {
  absence: 'An absence',
  'on-call': 'On-call',
  neither: 'Neither',
}

function Titles(props: {
  readonly titles: readonly Title[]
  readonly purpose: Purpose
  readonly picked: readonly string[]
  readonly onPick: (titles: readonly string[]) => void
}) {
  const { titles, purpose, picked, onPick } = props
  const timeZone = useTimeZone()
  const id = useId()
  if (titles.length === 0) return <p>No event is in it.</p>
  return (
    <table className={table.table} aria-label="Events by title">
      <thead>
        <tr>
          <th scope="col">Counts as {purpose === 'absence' ? 'absence' : 'on-call'}</th>
          <th scope="col">Events</th>
          <th scope="col">Next</th>
          <th scope="col">Looks like</th>
        </tr>
      </thead>
      <tbody>
        {titles.map(({ title, occurrences, next, suggested }, index) => (
          <tr key={title}>
            <td>
              <label className={styles.check} htmlFor={`${id}-${index}`}>
                <input
                  id={`${id}-${index}`}
                  type="checkbox"
                  checked={picked.includes(title)}
                  onChange={(event) =>
                    onPick(event.target.checked ? [...picked, title] : picked.filter((other) => other !== title))
                  }
                />
                {title || 'Without a title'}
              </label>
            </td>
            <td>{occurrences}</td>
            <td className={table.soft}>{next ? nextWords(next, timeZone) : 'None to come'}</td>
            <td>
              <Pill tone={suggested === purpose ? 'info' : 'plain'}>{suggestionWords[suggested]}</Pill>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function nextWords(next: NonNullable<Title['next']>, timeZone: string): string {
  const words = `${dayAndTime(next.startsAt, timeZone)} – ${dayAndTime(next.endsAt, timeZone)}`
  return next.allDay ? `${words}, all day` : words
}
