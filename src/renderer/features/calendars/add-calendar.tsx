import { type FormEvent, useRef, useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import type { CalendarPreview } from '#contract/calendars.ts'
import { useConnectionStatus, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { FileButton } from '../../ui/file-button.tsx'
import { Problem } from '../../ui/notice.tsx'
import { TextField } from '../../ui/text-field.tsx'
import styles from './calendars.module.css'

/** The greatest file that is read; the service takes no larger one either. */
const largestBytes = 10 * 1024 * 1024

/** Opens a calendar by its address or from a file, to look at before anything of it is taken in. */
export function AddCalendar({ onPreview }: { readonly onPreview: (preview: CalendarPreview) => void }) {
  const { queries, connection } = useWindow()
  const connected = useConnectionStatus() === 'open'
  const field = useRef<HTMLInputElement>(null)
  const [fault, setFault] = useState<string | undefined>(undefined)
  // SECURITY: whoever has the address can read the calendar. It goes from the field to the service and is kept nowhere in the window.
  const feed = useMutation({
    mutationFn: () => connection.client.calendars.preview({ url: addressIn(field.current) }),
    onSuccess: onPreview,
  })
  const file = useMutation({ ...queries.procedures.calendars.preview.mutationOptions(), onSuccess: onPreview })
  const pending = feed.isPending || file.isPending
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found = faultOf(addressIn(field.current))
    setFault(found)
    file.reset()
    if (found === undefined && connected && !pending) feed.mutate()
  }
  return (
    <form aria-label="Add a calendar" className={styles.form} noValidate onSubmit={submit}>
      <TextField
        ref={field}
        label="Address of the calendar"
        type="password"
        hint="Ends in .ics. Whoever has it can read the calendar, so it is kept like a password: stored where secrets are, and never shown again."
        problem={fault}
        maxLength={2000}
      />
      <div className={styles.buttons}>
        <Button type="submit" look="primary" icon="eye" disabled={!connected || pending}>
          {feed.isPending ? 'Reading it…' : 'Look at it'}
        </Button>
        <span className={styles.soft}>or</span>
        <FileButton
          words={file.isPending ? 'Reading it…' : 'Open a file…'}
          accept=".ics,text/calendar"
          disabled={!connected || pending}
          onText={(text, name) => {
            setFault(text.trim() === '' ? 'The file is empty.' : undefined)
            feed.reset()
            if (text.trim() !== '') file.mutate({ text, name: name.slice(0, 120) })
          }}
          largestBytes={largestBytes}
          onTooLarge={() => {
            setFault('This file is larger than 10 MB, so it was not read. Export a shorter time from your calendar.')
            feed.reset()
            file.reset()
          }}
        />
      </div>
      <p className={styles.soft}>Nothing is stored before you have seen what is in it and chosen what counts.</p>
      <Problem error={feed.error ?? file.error} />
    </form>
  )
}

function addressIn(field: HTMLInputElement | null): string {
  // Calendar programs hand addresses out with a scheme of their own.
  return (field?.value ?? '').trim().replace(/^webcal:/i, 'https:')
}

function faultOf(address: string): string | undefined {
  if (address === '') return 'Enter the address, or open a file.'
  return URL.canParse(address) ? undefined : 'This is not a complete address. It begins with https://.'
}
