import { useQuery } from '@tanstack/react-query'
import { useTimeZone, useWindow } from '../../api/window-context.tsx'
import { dayWords } from '../../ui/wall-time.ts'
import styles from './wrap-up.module.css'

/** Until when the customer's data stays on this machine; nothing where it is the ASE's own. */
export function KeptUntil({ accountId }: { readonly accountId: number }) {
  const { queries } = useWindow()
  const timeZone = useTimeZone()
  const { data, error } = useQuery({
    ...queries.customerData(),
    select: ({ accounts }) => accounts.find((each) => each.accountId === accountId) ?? null,
  })
  if (error) return <p className={styles.soft}>Until when the customer’s data is kept could not be read.</p>
  if (!data) return null
  const { accountName, dueAt, state, waitsFor, proof } = data
  if (state === 'removed') return <p>{proof?.words ?? `What this machine had of ${accountName} is removed.`}</p>
  return (
    <p>
      What this machine has of {accountName} is kept until {dayWords(dueAt, timeZone)} and removed then.
      {state === 'waits' && ` ${waitsFor}`}
    </p>
  )
}
