import { type FormEvent, useState } from 'react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReturnTime } from '#contract/return-figures.ts'
import { useConnectionStatus, useTimeZone, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Problem } from '../../ui/notice.tsx'
import { saveFile } from '../../ui/save-file.ts'
import { takeFocus } from '../../ui/take-focus.ts'
import { TextField } from '../../ui/text-field.tsx'
import { zoneName } from '../../ui/time-words.ts'
import { instantOf, wallTimeOf } from '../../ui/wall-time.ts'
import styles from './wrap-up.module.css'

/** When the meeting is held, by the clocks of both, and why then; another time can be chosen, and it can be put into a calendar. */
export function MeetingTime({ coverageId }: { readonly coverageId: string }) {
  const { queries } = useWindow()
  const { data, error } = useQuery(queries.returnTime(coverageId))
  const [choosing, setChoosing] = useState(false)
  const connected = useConnectionStatus() === 'open'
  const file = useMutation({
    ...queries.procedures.returnFigures.calendarFile.mutationOptions(),
    onSuccess: ({ name, text }) => saveFile(name, text),
  })
  if (!data) return <Problem error={error} />
  return (
    <div className={styles.time}>
      <p>
        <strong>Return meeting:</strong> {data.words}
      </p>
      {choosing ? (
        <ChooseTime coverageId={coverageId} time={data} onClose={() => setChoosing(false)} />
      ) : (
        <p className={styles.line}>
          <Button icon="clock" disabled={!connected} onClick={() => setChoosing(true)}>
            Choose another time
          </Button>
          <Button icon="calendar" disabled={!connected || file.isPending} onClick={() => file.mutate({ coverageId })}>
            Save for the calendar
          </Button>
        </p>
      )}
      <Problem error={file.error} />
    </div>
  )
}

function ChooseTime(props: { readonly coverageId: string; readonly time: ReturnTime; readonly onClose: () => void }) {
  const { coverageId, time, onClose } = props
  const timeZone = useTimeZone()
  const { queries } = useWindow()
  const queryClient = useQueryClient()
  const connected = useConnectionStatus() === 'open'
  const [typed, setTyped] = useState(() => wallTimeOf(time.startsAt, timeZone))
  const { mutate, isPending, error } = useMutation({
    ...queries.procedures.returnFigures.schedule.mutationOptions(),
    onSuccess: (kept) => {
      queryClient.setQueryData(queries.returnTime(coverageId).queryKey, kept)
      onClose()
    },
  })
  const startsAt = instantOf(typed, timeZone)
  const locked = !connected || isPending
  const choose = (event: FormEvent) => {
    event.preventDefault()
    if (startsAt !== undefined && !locked) mutate({ coverageId, startsAt })
  }
  return (
    <form className={styles.choose} aria-label="Another time" onSubmit={choose}>
      <TextField
        ref={takeFocus}
        type="datetime-local"
        label="Day and time"
        hint={`Your time, in ${zoneName(timeZone, startsAt ?? time.startsAt)}.`}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <Problem error={error} />
      <p className={styles.line}>
        <Button type="submit" look="primary" disabled={locked || startsAt === undefined}>
          {isPending ? 'Choosing…' : 'Choose this time'}
        </Button>
        {time.basis === 'chosen' && (
          <Button disabled={locked} onClick={() => mutate({ coverageId, startsAt: null })}>
            Back to the proposal
          </Button>
        )}
        <Button onClick={onClose}>Cancel</Button>
      </p>
    </form>
  )
}
