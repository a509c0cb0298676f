import { useQuery } from '@tanstack/react-query'
import type { ReturnMeeting } from '#contract/returns.ts'
import { useTimeZone, useWindow } from '../../api/window-context.tsx'
import { dayWords } from '../../ui/wall-time.ts'
import styles from './wrap-up.module.css'

/** Until when the customer's data stays on this machine; nothing where it is the ASE's own. */
export function KeptUntil({ meeting }: { readonly meeting: ReturnMeeting }) {
  const { accountId, role } = meeting
  const { queries } = useWindow()
  const timeZone = useTimeZone()
  const { data, error } = useQuery({
    ...queries.customerData(),
    select: ({ accounts }) => accounts.find((each) => each.accountId === accountId) ?? null,
  })
  if (error) return <p className={styles.soft}>Until when the customer’s data is kept could not be read.</p>
  if (data === undefined || role === 'ase') return null
  if (data === null) {
    return <p>What this machine has of {meeting.accountName} stays, since you cover it again or follow it yourself.</p>
  }
  const { accountName, dueAt, state, waitsFor, proof } = data
  if (state === 'removed') return <p>{proof?.words ?? `What this machine had of ${accountName} is removed.`}</p>
  return (
    <p>
      What this machine has of {accountName} is kept until {dayWords(dueAt, timeZone)} and removed then.
      {state === 'waits' && ` ${waitsFor}`}
    </p>
  )
}
