import { useRef, useState } from 'react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useConnectionStatus, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { DialogFrame } from '../../ui/dialog-frame.tsx'
import { Problem } from '../../ui/notice.tsx'
import { type ChosenPerson, PersonField } from '../../ui/person-field.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { useZoneOf } from '../../ui/use-zone-of.ts'
import { WindowFields } from '../../ui/window-fields.tsx'
import { windowProblem } from '../../ui/window-problem.ts'

/** Enters an on-call shift that no calendar has. */
export function ShiftDialog({ onClose }: { readonly onClose: () => void }) {
  const { queries } = useWindow()
  const queryClient = useQueryClient()
  const connected = useConnectionStatus() === 'open'
  const first = useRef<HTMLInputElement>(null)
  const [person, setPerson] = useState<ChosenPerson | null>(null)
  const [title, setTitle] = useState('On-call')
  const [window, setWindow] = useState({ startsAt: '', endsAt: '' })
  const { data: me } = useQuery({ ...queries.status(), select: (status) => status.me })
  const { mutate, isPending, error } = useMutation({
    ...queries.procedures.onCall.add.mutationOptions(),
    onSuccess: async () => {
      onClose()
      await queryClient.invalidateQueries({ queryKey: queries.procedures.onCall.key() })
      await queryClient.invalidateQueries({ queryKey: queries.procedures.coverage.key() })
    },
  })
  const engineer = person ?? me ?? null
  const timeZone = useZoneOf(engineer?.id)
  const complete = engineer !== null && title.trim() !== '' && windowProblem(window) === undefined
  return (
    <DialogFrame
      title="Enter an on-call shift"
      initialFocus={first}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            disabled={!connected || isPending || !complete}
            onClick={() => engineer && mutate({ personId: engineer.id, title: title.trim(), ...window })}
          >
            {isPending ? 'Entering…' : 'Enter'}
          </Button>
        </>
      }
    >
      <PersonField label="Who is on call" person={engineer} onChange={setPerson} />
      <TextField label="Name" maxLength={120} value={title} onChange={(event) => setTitle(event.target.value)} />
      <WindowFields ref={first} window={window} timeZone={timeZone} onChange={setWindow} />
      <Problem error={error} />
    </DialogFrame>
  )
}
