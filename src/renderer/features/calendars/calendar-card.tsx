import { useRef, useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import type { CalendarRow } from '#contract/calendars.ts'
import { useConnectionStatus, useNow, useTimeZone, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { DialogFrame } from '../../ui/dialog-frame.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Problem } from '../../ui/notice.tsx'
import { Pill } from '../../ui/pill.tsx'
import { ago, fullTime, wallClock } from '../../ui/time-words.ts'
import { CalendarForm } from './calendar-form.tsx'
import { useCalendarsAgain } from './use-calendars-again.ts'
import styles from './calendars.module.css'

/** One calendar that is read: whose, what counts, how fresh it is, and what went wrong the last time. */
export function CalendarCard({ calendar }: { readonly calendar: CalendarRow }) {
  const { queries } = useWindow()
  const connected = useConnectionStatus() === 'open'
  const again = useCalendarsAgain()
  const card = useRef<HTMLLIElement>(null)
  const [open, setOpen] = useState<'change' | 'remove' | undefined>(undefined)
  const refresh = useMutation({
    ...queries.procedures.calendars.refresh.mutationOptions(),
    // Refused or not, its freshness and its problem may be others.
    onSettled: again,
  })
  const { id, name, purpose, personName, host, titles, events, problem } = calendar
  return (
    <li ref={card} tabIndex={-1} className={styles.card} data-problem={problem !== null}>
      <div className={styles.cardHead}>
        <strong>{name}</strong>
        <Pill icon={purpose === 'absence' ? 'person' : 'phone'}>{purpose === 'absence' ? 'Absences' : 'On-call'}</Pill>
        <span>{personName}</span>
        <span className={styles.cardButtons}>
          {host !== null && (
            <Button
              look="quiet"
              icon="sync"
              aria-label={`Refresh ${name}`}
              disabled={!connected || refresh.isPending}
              onClick={() => refresh.mutate({ calendarId: id })}
            >
              {refresh.isPending ? 'Reading…' : 'Refresh'}
            </Button>
          )}
          <Button look="quiet" icon="edit" aria-label={`Change ${name}`} onClick={() => setOpen('change')}>
            Change
          </Button>
          <Button look="quiet" icon="trash" aria-label={`Remove ${name}`} onClick={() => setOpen('remove')}>
            Remove
          </Button>
        </span>
      </div>
      <p>
        {events === 1 ? '1 event counts' : `${events} events count`}: {titles.join(', ')}
      </p>
      <ReadWhen calendar={calendar} />
      {problem !== null && (
        <p className={styles.problem}>
          <Icon name="alert" size={14} />
          <span>{problem}</span>
        </p>
      )}
      <Problem error={refresh.error} />
      {open === 'change' && <CalendarForm calendar={calendar} onClose={() => setOpen(undefined)} />}
      {open === 'remove' && <RemoveDialog calendar={calendar} onClose={() => setOpen(undefined)} />}
    </li>
  )
}

function ReadWhen({ calendar }: { readonly calendar: CalendarRow }) {
  const now = useNow()
  const timeZone = useTimeZone()
  const { host, refreshedAt, nextRefreshAt } = calendar
  return (
    <p className={styles.soft}>
      {host === null ? 'From a file' : `From ${host}, its address kept secret`} ·{' '}
      {refreshedAt === null ? (
        'not read yet'
      ) : (
        <time dateTime={new Date(refreshedAt).toISOString()} title={fullTime(refreshedAt, timeZone)}>
          read {ago(refreshedAt, now)}
        </time>
      )}
      {nextRefreshAt !== null && `, again ${wallClock(nextRefreshAt, now, timeZone)}`}
    </p>
  )
}

/** Asks first: its address is kept nowhere else, so it cannot be brought back from here. */
function RemoveDialog({ calendar, onClose }: { readonly calendar: CalendarRow; readonly onClose: () => void }) {
  const { queries } = useWindow()
  const connected = useConnectionStatus() === 'open'
  const again = useCalendarsAgain()
  const { mutate, isPending, error } = useMutation({
    ...queries.procedures.calendars.remove.mutationOptions(),
    onSuccess: async () => {
      onClose()
      await again()
    },
  })
  return (
    <DialogFrame
      title={`Remove ${calendar.name}?`}
      alarming
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button look="primary" disabled={!connected || isPending} onClick={() => mutate({ calendarId: calendar.id })}>
            {isPending ? 'Removing…' : 'Remove'}
          </Button>
        </>
      }
    >
      <p>
        {calendar.purpose === 'absence' ? 'The absences' : 'The on-call shifts'} that came from it go with it. Nothing
        changes where the calendar is kept.
      </p>
      {calendar.host !== null && <p>To add it again you need its address, which is deleted here as well.</p>}
      <Problem error={error} />
    </DialogFrame>
  )
}
