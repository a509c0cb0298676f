import { type FormEvent, useState } from 'react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useConnectionStatus, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Problem } from '../../ui/notice.tsx'
import { type ChosenPerson, PersonField } from '../../ui/person-field.tsx'
import { useZoneOf } from '../../ui/use-zone-of.ts'
import { WindowFields } from '../../ui/window-fields.tsx'
import { windowProblem } from '../../ui/window-problem.ts'
import { useCalendarsAgain } from './use-calendars-again.ts'
import styles from './calendars.module.css'

/** Enters an absence by hand: for knowing when somebody is away, without a plan for who covers. */
export function AbsenceForm() {
  const { queries } = useWindow()
  const connected = useConnectionStatus() === 'open'
  const again = useCalendarsAgain()
  const { data: me } = useQuery({ ...queries.status(), select: (status) => status.me })
  const [chosen, setChosen] = useState<ChosenPerson | null>(null)
  const [window, setWindow] = useState({ startsAt: '', endsAt: '' })
  const person = chosen ?? me ?? null
  const zone = useZoneOf(person?.id)
  const { mutate, isPending, error } = useMutation({
    ...queries.procedures.absences.add.mutationOptions(),
    onSuccess: async () => {
      setWindow({ startsAt: '', endsAt: '' })
      await again()
    },
  })
  const incomplete = person === null || windowProblem(window) !== undefined
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (person && !incomplete) mutate({ personId: person.id, ...window })
  }
  return (
    <form aria-label="Enter an absence" className={styles.form} noValidate onSubmit={submit}>
      <h3>Enter an absence</h3>
      <PersonField label="Who is away" person={person} onChange={setChosen} />
      <WindowFields window={window} timeZone={zone} onChange={setWindow} />
      <Problem error={error} />
      <div>
        <Button type="submit" disabled={!connected || isPending || incomplete}>
          {isPending ? 'Entering…' : 'Enter'}
        </Button>
      </div>
    </form>
  )
}
