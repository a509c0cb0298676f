import { useState } from 'react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { PersonRow } from '#contract/people.ts'
import { hoursExample, readHours, writeHours } from '#core/people/hours-words.ts'
import { useConnectionStatus, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { DialogFrame } from '../../ui/dialog-frame.tsx'
import { Loading, Problem } from '../../ui/notice.tsx'
import { TextArea, TextField } from '../../ui/text-field.tsx'

/** Sets when somebody works: their hours and days off, by which tickets know whether a clock outlasts their absence. */
export function PersonDialog(props: {
  readonly personId: number
  readonly name: string
  readonly onClose: () => void
}) {
  const { personId, name, onClose } = props
  const { queries } = useWindow()
  const { data, error } = useQuery(queries.people())
  const person = data?.people.find(({ id }) => id === personId)
  if (person) return <PersonForm person={person} onClose={onClose} />
  return (
    <DialogFrame title={`When ${name} works`} onClose={onClose} actions={<Button onClick={onClose}>Close</Button>}>
      {error ? <Problem error={error} /> : data ? <p>Nothing is known of {name} yet.</p> : <Loading what="Reading…" />}
    </DialogFrame>
  )
}

function PersonForm({ person, onClose }: { readonly person: PersonRow; readonly onClose: () => void }) {
  const { queries } = useWindow()
  const queryClient = useQueryClient()
  const connected = useConnectionStatus() === 'open'
  const [hours, setHours] = useState(() => writeHours(person.workingHours))
  const [days, setDays] = useState(() => person.daysOff.join('\n'))
  const { mutate, isPending, error } = useMutation({
    ...queries.procedures.people.change.mutationOptions(),
    onSuccess: async () => {
      onClose()
      await queryClient.invalidateQueries({ queryKey: queries.procedures.people.key() })
    },
  })
  const workingHours = readHours(hours)
  const daysOff = days.split(/[\s,;]+/).filter((day) => day !== '')
  const wrongDay = daysOff.find((day) => !isDay(day))
  return (
    <DialogFrame
      title={`When ${person.name} works`}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            disabled={!connected || isPending || workingHours === null || wrongDay !== undefined}
            onClick={() => workingHours && mutate({ id: person.id, workingHours, daysOff })}
          >
            {isPending ? 'Saving…' : 'Save'}
          </Button>
        </>
      }
    >
      <TextField
        label="Working hours"
        hint={`By the clock in ${person.timeZone}, which comes from Zendesk. Empty: not known.`}
        problem={workingHours === null ? `Write them like “${hoursExample}”.` : undefined}
        value={hours}
        onChange={(event) => setHours(event.target.value)}
      />
      <TextArea
        label="Days off"
        hint="One a line, like 2026-12-24. Absences with a coverage are known without."
        problem={wrongDay === undefined ? undefined : `${wrongDay} is no day. Write one like 2026-12-24.`}
        rows={4}
        value={days}
        onChange={(event) => setDays(event.target.value)}
      />
      <Problem error={error} />
    </DialogFrame>
  )
}

function isDay(text: string): boolean {
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00Z`) : Number.NaN
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}
