import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { AccountRow } from '#contract/accounts.ts'
import { useWindow } from '../../api/window-context.tsx'
import { Pill } from '../../ui/pill.tsx'
import styles from './accounts-screen.module.css'

/** Leads to the calls with an account, and says what of them is open and overdue. */
export function AccountCalls({ account }: { readonly account: AccountRow }) {
  const { queries } = useWindow()
  const { data } = useQuery({
    ...queries.callActions(undefined),
    select: ({ actions }) => actions.filter(({ accountId }) => accountId === account.id),
  })
  const open = data?.length ?? 0
  const overdue = data?.filter((action) => action.overdue).length ?? 0
  return (
    <p className={styles.soft}>
      <Link to="/calls" search={{ account: account.id }} aria-label={`Calls with ${account.name}`}>
        Calls{open > 0 && `: ${open} action item${open === 1 ? '' : 's'}`}
      </Link>{' '}
      {overdue > 0 && (
        <Pill tone="danger" icon="alert">
          {overdue} overdue
        </Pill>
      )}
    </p>
  )
}
