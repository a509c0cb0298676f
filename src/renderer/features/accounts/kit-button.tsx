import { useState } from 'react'
import type { AccountRow } from '#contract/accounts.ts'
import { classNames } from '../../ui/class-names.ts'
import { KitDialog } from './kit-dialog.tsx'
import styles from './accounts-screen.module.css'
import kit from './kit-dialog.module.css'

/** Leads to setting up an account's project in GitLab. */
export function KitButton({ account }: { readonly account: AccountRow }) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <div>
      <button
        type="button"
        className={classNames(styles.title, kit.opener)}
        aria-label={`GitLab project of ${account.name}`}
        onClick={() => setIsOpen(true)}
      >
        GitLab project…
      </button>
      {isOpen && <KitDialog account={account} onClose={() => setIsOpen(false)} />}
    </div>
  )
}
