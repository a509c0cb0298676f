import { type FormEvent, useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import type { CalendarRow } from '#contract/calendars.ts'
import { useConnectionStatus, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Problem } from '../../ui/notice.tsx'
import { type ChosenPerson, PersonField } from '../../ui/person-field.tsx'
import { takeFocus } from '../../ui/take-focus.ts'
import { TextField } from '../../ui/text-field.tsx'
import { PurposeField } from './purpose-field.tsx'
import { useCalendarsAgain } from './use-calendars-again.ts'
import styles from './calendars.module.css'

/** Changes what a calendar is called, what its events are, whose it is, and which titles count no longer. */
export function CalendarForm({ calendar, onClose }: { readonly calendar: CalendarRow; readonly onClose: () => void }) {
  const { queries } = useWindow()
  const connected = useConnectionStatus() === 'open'
  const again = useCalendarsAgain()
  const [name, setName] = useState(calendar.name)
  const [purpose, setPurpose] = useState(calendar.purpose)
  const [person, setPerson] = useState<ChosenPerson | null>({ id: calendar.personId, name: calendar.personName })
  const [titles, setTitles] = useState(calendar.titles)
  const { mutate, isPending, error } = useMutation({
    ...queries.procedures.calendars.change.mutationOptions(),
    onSuccess: async () => {
      onClose()
      await again()
    },
  })
  const incomplete = name.trim() === '' || person === null || titles.length === 0
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!person || incomplete) return
    mutate({ calendarId: calendar.id, name: name.trim(), purpose, personId: person.id, titles })
  }
  return (
    <form aria-label={`Change ${calendar.name}`} className={styles.form} noValidate onSubmit={submit}>
      <TextField
        ref={takeFocus}
        label="Name"
        maxLength={120}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <PurposeField purpose={purpose} onChange={setPurpose} />
      <PersonField label="Whose it is" person={person} onChange={setPerson} />
      <fieldset className={styles.checks}>
        <legend>Titles that count</legend>
        {calendar.titles.map((title) => (
          <label key={title} className={styles.check}>
            <input
              type="checkbox"
              checked={titles.includes(title)}
              onChange={(event) =>
                setTitles(event.target.checked ? [...titles, title] : titles.filter((other) => other !== title))
              }
            />
            {title || 'Without a title'}
          </label>
        ))}
      </fieldset>
      <p className={styles.soft}>For titles that are not listed here, add the calendar once more.</p>
      <Problem error={error} />
      <div className={styles.buttons}>
        <Button type="submit" look="primary" disabled={!connected || isPending || incomplete}>
          {isPending ? 'Saving…' : 'Save'}
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </div>
    </form>
  )
}
