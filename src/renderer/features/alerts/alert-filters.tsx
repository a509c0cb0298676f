import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { AlertKind } from '#contract/alerts.ts'
import { useWindow } from '../../api/window-context.tsx'
import { alertKindGroups, alertKindWords } from '../../ui/alert-kinds.ts'
import type { AlertSearch } from './alert-search.ts'
import styles from './alerts-screen.module.css'

/** Narrows the list to a kind, an account, and what nobody has opened. The address keeps it. */
export function AlertFilters({ search }: { readonly search: AlertSearch }) {
  const { queries } = useWindow()
  const navigate = useNavigate()
  const { data } = useQuery(queries.accounts())
  const { kind, account, open } = search
  const go = (next: AlertSearch) => void navigate({ to: '/alerts', search: next, replace: true })
  const without = (name: 'kind' | 'account' | 'open'): AlertSearch => {
    const { [name]: _dropped, alert: _begin, ...rest } = search
    return rest
  }
  return (
    <div role="group" aria-label="Filters" className={styles.filters}>
      <select
        aria-label="Kind"
        value={kind ?? ''}
        onChange={({ target }) =>
          go({ ...without('kind'), ...(target.value ? { kind: target.value as AlertKind } : {}) })
        }
      >
        <option value="">All kinds</option>
        {alertKindGroups.map((group) => (
          <optgroup key={group.title} label={group.title}>
            {group.kinds.map((one) => (
              <option key={one} value={one}>
                {alertKindWords[one].word}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
      <select
        aria-label="Account"
        value={account ?? ''}
        onChange={({ target }) =>
          go({ ...without('account'), ...(target.value ? { account: Number(target.value) } : {}) })
        }
      >
        <option value="">All accounts</option>
        {data?.accounts.map((row) => (
          <option key={row.id} value={row.id}>
            {row.name}
          </option>
        ))}
      </select>
      <label className={styles.openOnly}>
        <input
          type="checkbox"
          checked={open === true}
          onChange={({ target }) => go({ ...without('open'), ...(target.checked ? { open: true } : {}) })}
        />
        Only what nobody opened
      </label>
    </div>
  )
}
