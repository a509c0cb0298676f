import { type ReactNode, useId, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { CalendarPreview } from '#contract/calendars.ts'
import { useWindow } from '../../api/window-context.tsx'
import { ErrorNotice, Loading } from '../../ui/notice.tsx'
import { Screen } from '../../ui/screen.tsx'
import { AbsenceForm } from './absence-form.tsx'
import { AbsenceList } from './absence-list.tsx'
import { AddCalendar } from './add-calendar.tsx'
import { CalendarCard } from './calendar-card.tsx'
import { CalendarChoices } from './calendar-choices.tsx'
import styles from './calendars.module.css'

/** Calendars that absences and on-call shifts are read from, and absences entered by hand. */
export function CalendarsScreen() {
  const [preview, setPreview] = useState<CalendarPreview | undefined>(undefined)
  return (
    <Screen title="Settings › Calendars" about={<Link to="/settings">Back to Settings</Link>}>
      <div className={styles.body}>
        <Part title="Calendars">
          <Calendars />
        </Part>
        <Part title={preview ? 'What is in it' : 'Add a calendar'}>
          {preview ? (
            <CalendarChoices key={preview.previewId} preview={preview} onClose={() => setPreview(undefined)} />
          ) : (
            <AddCalendar onPreview={setPreview} />
          )}
        </Part>
        <Part title="Absences">
          <Absences />
          <AbsenceForm />
        </Part>
      </div>
    </Screen>
  )
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId()
  return (
    <section className={styles.part} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <div className={styles.fields}>{children}</div>
    </section>
  )
}

function Calendars() {
  const { queries } = useWindow()
  const { data, error, refetch } = useQuery(queries.calendars())
  if (error) return <ErrorNotice what="The calendars could not be read" error={error} onRetry={() => void refetch()} />
  if (!data) return <Loading what="Reading the calendars…" />
  if (data.calendars.length === 0) {
    return (
      <p className={styles.soft}>
        None is read yet. PagerDuty, Workday, Deel, Google and Outlook each offer an address that ends in .ics, or a
        file.
      </p>
    )
  }
  return (
    <ul className={styles.list}>
      {data.calendars.map((calendar) => (
        <CalendarCard key={calendar.id} calendar={calendar} />
      ))}
    </ul>
  )
}

function Absences() {
  const { queries } = useWindow()
  const { data, error, refetch } = useQuery(queries.absences())
  if (error) return <ErrorNotice what="The absences could not be read" error={error} onRetry={() => void refetch()} />
  if (!data) return <Loading what="Reading the absences…" />
  return <AbsenceList absences={data.absences} />
}
