import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { AbsenceRow } from '#contract/calendars.ts'
import { useConnectionStatus, useNow, useTimeZone, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Problem } from '../../ui/notice.tsx'
import { dayAndTime } from '../../ui/time-words.ts'
import { useUndo } from '../../ui/use-undo.ts'
import { useZoneOf } from '../../ui/use-zone-of.ts'
import { wallTimeOf } from '../../ui/wall-time.ts'
import { useCalendarsAgain } from './use-calendars-again.ts'
import table from '../../ui/table.module.css'
import styles from './calendars.module.css'

/** Every absence that is known, and where it comes from; those that are over are folded away. */
export function AbsenceList({ absences }: { readonly absences: readonly AbsenceRow[] }) {
  const now = useNow()
  const ahead = absences.filter(({ endsAt }) => endsAt > now)
  const over = absences.filter(({ endsAt }) => endsAt <= now)
  return (
    <>
      {ahead.length === 0 ? (
        <p className={styles.soft}>
          Nobody is known to be away, now or later. Enter an absence here, or plan one under Coverage.
        </p>
      ) : (
        <AbsenceTable name="Absences" absences={ahead} />
      )}
      {over.length > 0 && (
        <details>
          <summary className={styles.summary}>
            {over.length === 1 ? '1 absence that is over' : `${over.length} absences that are over`}
          </summary>
          <AbsenceTable name="Absences that are over" absences={over} />
        </details>
      )}
    </>
  )
}

function AbsenceTable({ name, absences }: { readonly name: string; readonly absences: readonly AbsenceRow[] }) {
  const timeZone = useTimeZone()
  return (
    <table className={table.table} aria-label={name}>
      <thead>
        <tr>
          <th scope="col">Who</th>
          <th scope="col">Your time</th>
          <th scope="col">Where it comes from</th>
          <th scope="col" aria-label="Remove" />
        </tr>
      </thead>
      <tbody>
        {absences.map((absence) => (
          <tr key={absence.id}>
            <td>{absence.personName}</td>
            <td>
              <span className={table.whole}>{dayAndTime(absence.startsAt, timeZone)} –</span>{' '}
              <span className={table.whole}>{dayAndTime(absence.endsAt, timeZone)}</span>
            </td>
            <td>
              <Origin absence={absence} />
            </td>
            <td className={styles.end}>{absence.origin === 'hand' && <RemoveAbsence absence={absence} />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Origin({ absence }: { readonly absence: AbsenceRow }) {
  const { origin, calendarName, planId } = absence
  if (origin === 'plan' && planId !== null) {
    return (
      <Link to="/coverage/plans/$planId" params={{ planId }}>
        A plan
      </Link>
    )
  }
  if (origin === 'calendar') return calendarName ?? 'A calendar'
  return origin === 'hand' ? 'Entered by hand' : 'The workspace'
}

/** Takes an absence away; undo enters it again, by the clock of whose it is. */
function RemoveAbsence({ absence }: { readonly absence: AbsenceRow }) {
  const { queries, connection } = useWindow()
  const connected = useConnectionStatus() === 'open'
  const mine = useTimeZone()
  const again = useCalendarsAgain()
  const offerUndo = useUndo()
  const { personId, personName, startsAt, endsAt } = absence
  const zone = useZoneOf(personId)
  const { mutate, isPending, error } = useMutation({
    ...queries.procedures.absences.remove.mutationOptions(),
    onSuccess: async () => {
      offerUndo(`The absence of ${personName} is removed`, async () => {
        const window = { startsAt: wallTimeOf(startsAt, zone), endsAt: wallTimeOf(endsAt, zone) }
        await connection.client.absences.add({ personId, ...window })
        await again()
      })
      await again()
    },
  })
  return (
    <>
      <Button
        look="quiet"
        icon="trash"
        aria-label={`Remove the absence of ${personName}, ${dayAndTime(startsAt, mine)}`}
        disabled={!connected || isPending}
        onClick={() => mutate({ absenceId: absence.id })}
      >
        Remove
      </Button>
      <Problem error={error} />
    </>
  )
}
