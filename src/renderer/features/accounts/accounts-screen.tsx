import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { AccountRow } from '#contract/accounts.ts'
import { useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Freshness } from '../../ui/freshness.tsx'
import { EmptyState, ErrorNotice, Loading } from '../../ui/notice.tsx'
import { Pill } from '../../ui/pill.tsx'
import { Screen } from '../../ui/screen.tsx'
import { AccountCalls } from './account-calls.tsx'
import { AccountIssues } from './account-issues.tsx'
import { MuteButton, MutedPill } from './account-mute.tsx'
import { ownRulesOf } from './account-policy.ts'
import { EditDialog } from './edit-dialog.tsx'
import { FollowDialog } from './follow-dialog.tsx'
import { KitButton } from './kit-button.tsx'
import { PersonDialog } from './person-dialog.tsx'
import { StopDialog } from './stop-dialog.tsx'
import table from '../../ui/table.module.css'
import styles from './accounts-screen.module.css'

/** Every account, how much is open on it, how fresh that is, and its labelled issues. */
export function AccountsScreen() {
  const { queries } = useWindow()
  const { data, error, refetch } = useQuery(queries.accounts())
  const [open, setOpen] = useState<OpenDialog | undefined>(undefined)
  const followButton = (
    <Button icon="plus" onClick={() => setOpen({ kind: 'follow' })}>
      Follow an account
    </Button>
  )
  const empty = data?.accounts.length === 0
  return (
    <Screen
      title="Accounts"
      about="Covered accounts first, then your own, then the others."
      actions={!empty && followButton}
    >
      {empty ? (
        <EmptyState icon="building" title="No account is followed yet">
          <p>Follow the accounts you are the ASE of and those you cover: only their tickets are read.</p>
          <p>{followButton}</p>
        </EmptyState>
      ) : data ? (
        <AccountTable accounts={data.accounts} onOpen={setOpen} />
      ) : error ? (
        <ErrorNotice what="The accounts could not be read" error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading what="Reading the accounts…" />
      )}
      <AccountDialog open={open} onOpen={setOpen} />
    </Screen>
  )
}

type OpenDialog =
  | { readonly kind: 'follow' }
  | { readonly kind: 'edit' | 'stop'; readonly account: AccountRow }
  | { readonly kind: 'person'; readonly personId: number; readonly name: string }

function AccountDialog(props: {
  readonly open: OpenDialog | undefined
  readonly onOpen: (open: OpenDialog | undefined) => void
}) {
  const { open, onOpen } = props
  const close = () => onOpen(undefined)
  if (!open) return null
  if (open.kind === 'follow') return <FollowDialog onClose={close} />
  if (open.kind === 'person') return <PersonDialog personId={open.personId} name={open.name} onClose={close} />
  const { account } = open
  if (open.kind === 'stop') return <StopDialog account={account} onClose={close} />
  return <EditDialog account={account} onStop={() => onOpen({ kind: 'stop', account })} onClose={close} />
}

function AccountTable(props: {
  readonly accounts: readonly AccountRow[]
  readonly onOpen: (open: OpenDialog) => void
}) {
  const { accounts, onOpen } = props
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
          <th scope="col" aria-label="Edit" />
        </tr>
      </thead>
      <tbody>
        {accounts.map((account) => (
          <AccountRows
            key={account.id}
            account={account}
            unfolded={account.id === unfolded}
            onOpen={onOpen}
            onFold={() => setUnfolded(account.id === unfolded ? undefined : account.id)}
          />
        ))}
      </tbody>
    </table>
  )
}

function AccountRows(props: {
  readonly account: AccountRow
  readonly unfolded: boolean
  readonly onFold: () => void
  readonly onOpen: (open: OpenDialog) => void
}) {
  const { account, unfolded, onFold, onOpen } = props
  const onEdit = () => onOpen({ kind: 'edit', account })
  return (
    <>
      <tr>
        <td>
          <Link to="/accounts/$accountId" params={{ accountId: String(account.id) }} className={styles.name}>
            <strong>{account.name}</strong>
          </Link>{' '}
          <RelationPill relation={account.relation} />
          <MutedPill account={account} />
          {ownRulesOf(account.policy).map((rule) => (
            <p key={rule} className={styles.soft}>
              {rule}
            </p>
          ))}
          <AccountCalls account={account} />
          {account.freshness.problem && <p className={table.problem}>Last sync failed: {account.freshness.problem}</p>}
        </td>
        <td>
          <AseName account={account} onOpen={onOpen} />
        </td>
        <td>
          <OpenTickets account={account} />
        </td>
        <td>
          <IssuesFold account={account} unfolded={unfolded} onFold={onFold} />
        </td>
        <td>
          <Freshness at={account.freshness.ticketsSyncedAt} />
        </td>
        <td>
          {account.label ? <Freshness at={account.freshness.issuesSyncedAt} /> : 'No label'}
          <KitButton account={account} />
        </td>
        <td className={styles.edit}>
          <MuteButton account={account} />
          <Button look="quiet" icon="edit" aria-label={`Edit ${account.name}`} title="Edit" onClick={onEdit} />
        </td>
      </tr>
      {unfolded && (
        <tr>
          <td colSpan={7} className={styles.issues}>
            <AccountIssues account={account} />
          </td>
        </tr>
      )}
    </>
  )
}

/** How many issues are open, as a way to unfold them where there may be any. */
function IssuesFold(props: { readonly account: AccountRow; readonly unfolded: boolean; readonly onFold: () => void }) {
  const { account, unfolded, onFold } = props
  if (account.openIssues === 0 && !account.label && !account.gitlabGroup) return 0
  return (
    <button
      type="button"
      className={styles.title}
      aria-expanded={unfolded}
      aria-label={`${unfolded ? 'Hide' : 'Show'} ${account.openIssues} issues of ${account.name}`}
      onClick={onFold}
    >
      {unfolded ? 'Hide' : 'Show'} {account.openIssues}
    </button>
  )
}

/** Who the ASE is, as a way to when they work. */
function AseName(props: { readonly account: AccountRow; readonly onOpen: (open: OpenDialog) => void }) {
  const { aseId, aseName } = props.account
  if (aseId === null || aseName === null) return aseName ?? 'None'
  return (
    <button
      type="button"
      className={styles.title}
      title={`When ${aseName} works`}
      onClick={() => props.onOpen({ kind: 'person', personId: aseId, name: aseName })}
    >
      {aseName}
    </button>
  )
}

/** How many tickets are open, as a way to them where they are in the queue. */
function OpenTickets({ account }: { readonly account: AccountRow }) {
  if (account.relation === 'other') return account.openTickets
  return (
    <Link to="/today" search={{ account: account.id }} aria-label={`${account.openTickets} tickets of ${account.name}`}>
      {account.openTickets}
    </Link>
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
