import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { AccountRow } from '#contract/accounts.ts'
import { useWindow } from '../../api/window-context.tsx'
import { Freshness } from '../../ui/freshness.tsx'
import { EmptyState, ErrorNotice, Loading } from '../../ui/notice.tsx'
import { Pill } from '../../ui/pill.tsx'
import { Screen } from '../../ui/screen.tsx'
import { AccountIssues } from './account-issues.tsx'
import table from '../../ui/table.module.css'
import styles from './accounts-screen.module.css'

/** Every account, how much is open on it, how fresh that is, and its labelled issues. */
export function AccountsScreen() {
  const { queries } = useWindow()
  const { data, error, refetch } = useQuery(queries.accounts())
  return (
    <Screen title="Accounts" about="Covered accounts first, then your own, then the others.">
      {data?.accounts.length === 0 ? (
        <EmptyState icon="building" title="No account is known yet">
          <p>Accounts show up after the first sync of a connected Zendesk.</p>
        </EmptyState>
      ) : data ? (
        <AccountTable accounts={data.accounts} />
      ) : error ? (
        <ErrorNotice what="The accounts could not be read" error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading what="Reading the accounts…" />
      )}
    </Screen>
  )
}

function AccountTable({ accounts }: { readonly accounts: readonly AccountRow[] }) {
  const [unfolded, setUnfolded] = useState<number | undefined>(undefined)
  return (
    <table className={table.table}>
      <thead>
        <tr>
          <th scope="col">Account</th>
          <th scope="col">ASE</th>
          <th scope="col">Open tickets</th>
          <th scope="col">Open issues</th>
          <th scope="col">Tickets read</th>
          <th scope="col">Issues read</th>
        </tr>
      </thead>
      <tbody>
        {accounts.map((account) => (
          <AccountRows
            key={account.id}
            account={account}
            unfolded={account.id === unfolded}
            onFold={() => setUnfolded(account.id === unfolded ? undefined : account.id)}
          />
        ))}
      </tbody>
    </table>
  )
}

function AccountRows(props: { readonly account: AccountRow; readonly unfolded: boolean; readonly onFold: () => void }) {
  const { account, unfolded, onFold } = props
  return (
    <>
      <tr>
        <td>
          <strong className={styles.name}>{account.name}</strong> <RelationPill relation={account.relation} />
          {account.freshness.problem && <p className={table.problem}>Last sync failed: {account.freshness.problem}</p>}
        </td>
        <td>{account.aseName ?? 'None'}</td>
        <td>
          {account.relation === 'other' ? (
            account.openTickets
          ) : (
            <Link
              to="/today"
              search={{ account: account.id }}
              aria-label={`${account.openTickets} tickets of ${account.name}`}
            >
              {account.openTickets}
            </Link>
          )}
        </td>
        <td>
          {account.openIssues === 0 ? (
            0
          ) : (
            <button
              type="button"
              className={styles.title}
              aria-expanded={unfolded}
              aria-label={`${unfolded ? 'Hide' : 'Show'} ${account.openIssues} issues of ${account.name}`}
              onClick={onFold}
            >
              {unfolded ? 'Hide' : 'Show'} {account.openIssues}
            </button>
          )}
        </td>
        <td>
          <Freshness at={account.freshness.ticketsSyncedAt} />
        </td>
        <td>{account.label ? <Freshness at={account.freshness.issuesSyncedAt} /> : 'No label'}</td>
      </tr>
      {unfolded && (
        <tr>
          <td colSpan={6} className={styles.issues}>
            <AccountIssues account={account} />
          </td>
        </tr>
      )}
    </>
  )
}

function RelationPill({ relation }: { readonly relation: AccountRow['relation'] }) {
  if (relation === 'covering') {
    return (
      <Pill tone="info" icon="coverage">
        Covering
      </Pill>
    )
  }
  return relation === 'own' ? <Pill tone="success">Yours</Pill> : null
}
