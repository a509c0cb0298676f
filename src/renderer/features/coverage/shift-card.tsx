import { useRef } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { OnCallShift } from '#contract/on-call.ts'
import { useConnectionStatus, useNow, useTimeZone, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Copyable } from '../../ui/copyable.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Problem } from '../../ui/notice.tsx'
import { Pill } from '../../ui/pill.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { ago, dayAndTime } from '../../ui/time-words.ts'
import { useDraft } from '../../ui/use-draft.ts'
import { useUndo } from '../../ui/use-undo.ts'
import { wallTimeOf } from '../../ui/wall-time.ts'
import { MailLink } from './mail-link.tsx'
import { useZoneOf } from '../../ui/use-zone-of.ts'
import styles from './coverage-screen.module.css'

/** One on-call shift; where it has to change hands: why, the message that asks for it, and who takes it. */
export function ShiftCard({ shift }: { readonly shift: OnCallShift }) {
  const timeZone = useTimeZone()
  const now = useNow()
  const card = useRef<HTMLLIElement>(null)
  const { id, title, personName, mine, startsAt, endsAt, feedName, swap, replacement } = shift
  const over = endsAt <= now
  const open = swap !== null && replacement === null && !over
  return (
    <li ref={card} tabIndex={-1} data-shift={id} data-swap={open} className={styles.card}>
      <div className={styles.cardHead}>
        <strong>
          {dayAndTime(startsAt, timeZone)} – {dayAndTime(endsAt, timeZone)}
        </strong>
        <span>
          {title} · {mine ? 'you' : personName}
        </span>
        {open && (
          <Pill tone="warning" icon="alert">
            Swap this shift
          </Pill>
        )}
        {over && <Pill>Past</Pill>}
        <span className={styles.soft}>{feedName === null ? 'Entered by hand' : `From ${feedName}`}</span>
        {feedName === null && <RemoveShift shift={shift} />}
      </div>
      {swap && !over && <WhySwap shift={shift} swap={swap} />}
      {shift.lapsed !== null && <Lapsed shift={shift} words={shift.lapsed} />}
      {open && <Replace shift={shift} onDone={() => card.current?.focus()} />}
      {replacement && <Replaced shift={shift} replacement={replacement} onUndo={() => card.current?.focus()} />}
    </li>
  )
}

function WhySwap(props: { readonly shift: OnCallShift; readonly swap: NonNullable<OnCallShift['swap']> }) {
  const { shift, swap } = props
  const timeZone = useTimeZone()
  return (
    <>
      <div className={styles.warning}>
        <Icon name="alert" size={14} />
        <div>
          {swap.overlaps.map(({ startsAt, endsAt, accountNames }) => (
            <p key={startsAt}>
              {shift.mine ? 'You cover' : `${shift.personName} covers`}{' '}
              {new Intl.ListFormat('en-GB').format(accountNames)} from {dayAndTime(startsAt, timeZone)} to{' '}
              {dayAndTime(endsAt, timeZone)}, during this shift.
            </p>
          ))}
          <p>Since: {swap.since}</p>
          {shift.replacement === null && (
            <p>
              <strong>
                Until a replacement is recorded, {shift.mine ? 'you are' : `${shift.personName} is`} on duty.
              </strong>
            </p>
          )}
        </div>
      </div>
      <p className={styles.soft}>{swap.source}</p>
    </>
  )
}

function Replace({ shift, onDone }: { readonly shift: OnCallShift; readonly onDone: () => void }) {
  const { queries } = useWindow()
  const connected = useConnectionStatus() === 'open'
  const [name, setName] = useDraft(`replacement-${shift.id}`)
  const onSuccess = useShiftsAgain()
  const { mutate, isPending, error } = useMutation({
    ...queries.procedures.onCall.recordReplacement.mutationOptions(),
    onSuccess: async () => {
      setName('')
      onDone()
      await onSuccess()
    },
  })
  const message = shift.swap?.message
  return (
    <>
      {message && (
        <>
          <Copyable name="message to the manager" text={message.text} />
          <p>
            <MailLink subject={message.subject} text={message.text}>
              Write it as an e-mail
            </MailLink>{' '}
            <span className={styles.soft}>in your mail program; you choose who gets it.</span>
          </p>
        </>
      )}
      <form
        aria-label={`Replacement for ${shift.title}`}
        className={styles.replace}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (name.trim() !== '') mutate({ shiftId: shift.id, name: name.trim() })
        }}
      >
        <TextField
          label="Who takes this shift instead"
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Button type="submit" look="primary" disabled={!connected || isPending || name.trim() === ''}>
          {isPending ? 'Recording…' : 'Record'}
        </Button>
      </form>
      <Problem error={error} />
    </>
  )
}

function Replaced(props: {
  readonly shift: OnCallShift
  readonly replacement: NonNullable<OnCallShift['replacement']>
  readonly onUndo: () => void
}) {
  const { shift, replacement, onUndo } = props
  const { queries } = useWindow()
  const now = useNow()
  const connected = useConnectionStatus() === 'open'
  const onSuccess = useShiftsAgain()
  const { mutate, isPending, error } = useMutation({
    ...queries.procedures.onCall.clearReplacement.mutationOptions(),
    onSuccess,
  })
  return (
    <>
      <p className={styles.buttons}>
        <Icon name="check" size={14} />
        <span>
          <strong>{replacement.name}</strong> takes this shift{' '}
          <span className={styles.soft}>recorded {ago(replacement.at, now)}</span>
        </span>
        <Button
          disabled={!connected || isPending}
          onClick={() => {
            onUndo()
            mutate({ shiftId: shift.id })
          }}
        >
          Undo
        </Button>
      </p>
      <Problem error={error} />
    </>
  )
}

/** A replacement that no longer holds, because the shift was moved after it was recorded. */
function Lapsed({ shift, words }: { readonly shift: OnCallShift; readonly words: string }) {
  const { queries } = useWindow()
  const connected = useConnectionStatus() === 'open'
  const onSuccess = useShiftsAgain()
  const { mutate, isPending, error } = useMutation({
    ...queries.procedures.onCall.clearReplacement.mutationOptions(),
    onSuccess,
  })
  return (
    <>
      <p className={styles.buttons}>
        <Icon name="info" size={14} />
        <span>{words}</span>
        <Button disabled={!connected || isPending} onClick={() => mutate({ shiftId: shift.id })}>
          Seen
        </Button>
      </p>
      <Problem error={error} />
    </>
  )
}

/** Takes a shift away that was entered by hand; undo enters it again. */
function RemoveShift({ shift }: { readonly shift: OnCallShift }) {
  const { queries, connection } = useWindow()
  const connected = useConnectionStatus() === 'open'
  const timeZone = useZoneOf(shift.personId)
  const offerUndo = useUndo()
  const again = useShiftsAgain()
  const { personId, title, startsAt, endsAt } = shift
  const enterAgain = async () => {
    const window = { startsAt: wallTimeOf(startsAt, timeZone), endsAt: wallTimeOf(endsAt, timeZone) }
    await connection.client.onCall.add({ personId, title, ...window })
    await again()
  }
  const { mutate, isPending, error } = useMutation({
    ...queries.procedures.onCall.remove.mutationOptions(),
    onSuccess: async () => {
      offerUndo(`The shift “${title}” is removed`, enterAgain)
      await again()
    },
  })
  return (
    <span className={styles.buttons}>
      <Button
        look="quiet"
        icon="trash"
        disabled={!connected || isPending}
        onClick={() => mutate({ shiftId: shift.id })}
      >
        Remove
      </Button>
      <Problem error={error} />
    </span>
  )
}

function useShiftsAgain(): () => Promise<void> {
  const { queries } = useWindow()
  const queryClient = useQueryClient()
  return async () => {
    await queryClient.invalidateQueries({ queryKey: queries.procedures.onCall.key() })
    await queryClient.invalidateQueries({ queryKey: queries.procedures.coverage.key() })
  }
}
