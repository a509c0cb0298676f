import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import type { CallRow } from '#contract/calls.ts'
import { useNow, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { EmptyState, ErrorNotice, Loading, Problem } from '../../ui/notice.tsx'
import { Pill } from '../../ui/pill.tsx'
import { Screen } from '../../ui/screen.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { ago } from '../../ui/time-words.ts'
import { useStartCall } from '../../ui/use-start-call.ts'
import { Became } from './became.tsx'
import { OpenActions } from './open-actions.tsx'
import table from '../../ui/table.module.css'
import styles from './calls.module.css'

/** Calls with customers: drafts to go on with, what was filed, and what is still to be done after them. */
export function CallsScreen() {
  const { account } = useSearch({ from: '/calls' })
  const { queries } = useWindow()
  const { data, error, refetch } = useQuery(queries.calls(account))
  return (
    <Screen title="Calls" about="Notes of calls with customers, and what is to be done after them.">
      <div className={styles.lists}>
        <AccountBar accountId={account} />
        <OpenActions accountId={account} />
        {data ? (
          <CallTable calls={data.calls} />
        ) : error ? (
          <ErrorNotice what="The calls could not be read" error={error} onRetry={() => void refetch()} />
        ) : (
          <Loading what="Reading the calls…" />
        )}
      </div>
    </Screen>
  )
}

/** Of which account calls are shown, and with which one a call is begun. */
function AccountBar({ accountId }: { readonly accountId: number | undefined }) {
  const { queries } = useWindow()
  const navigate = useNavigate()
  const { data } = useQuery(queries.accounts())
  const starting = useStartCall()
  const accounts = data?.accounts ?? []
  const [chosen, setChosen] = useState<number | undefined>(undefined)
  const begun = accountId ?? chosen ?? accounts[0]?.id
  return (
    <div className={styles.bar}>
      <SelectField
        label="Account"
        value={accountId === undefined ? '' : String(accountId)}
        onChange={(event) => {
          const account = Number(event.target.value)
          setChosen(account || undefined)
          void navigate({ to: '/calls', search: account > 0 ? { account } : {} })
        }}
      >
        <option value="">All</option>
        {accounts.map(({ id, name }) => (
          <option key={id} value={String(id)}>
            {name}
          </option>
        ))}
      </SelectField>
      <Button
        look="primary"
        icon="phone"
        disabled={accountId === undefined || begun === undefined || !starting.possible}
        title={accountId === undefined ? 'Choose the account first' : undefined}
        onClick={() => begun !== undefined && starting.start({ accountId: begun })}
      >
        Start a call
      </Button>
      <Problem error={starting.error} />
    </div>
  )
}

function CallTable({ calls }: { readonly calls: readonly CallRow[] }) {
  const now = useNow()
  if (calls.length === 0) {
    return (
      <EmptyState icon="phone" title="No call is written down yet">
        <p>Start one here, from a ticket, or from an account. What you type is kept while you type.</p>
      </EmptyState>
    )
  }
  return (
    <table className={table.table}>
      <thead>
        <tr>
          <th scope="col">Day</th>
          <th scope="col">Account</th>
          <th scope="col">Call</th>
          <th scope="col">What it became</th>
        </tr>
      </thead>
      <tbody>
        {calls.map((call) => (
          <tr key={call.id}>
            <td className={table.whole}>{call.day || 'No day'}</td>
            <td>{call.accountName}</td>
            <td>
              <Link to="/calls/$callId" params={{ callId: call.id }}>
                {call.purpose || 'No purpose yet'}
              </Link>
              {call.ticketIds.length > 0 && (
                <p className={table.soft}>About {call.ticketIds.map((id) => `#${id}`).join(', ')}</p>
              )}
            </td>
            <td>
              {call.state === 'draft' ? (
                <>
                  <Pill tone="caution" icon="edit">
                    Draft
                  </Pill>{' '}
                  <span className={table.soft}>typed {ago(call.updatedAt, now)}</span>
                </>
              ) : (
                <Became became={call.became} />
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
