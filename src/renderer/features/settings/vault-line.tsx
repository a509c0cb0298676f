import { Icon } from '../../ui/icon.tsx'
import styles from './connections.module.css'

interface Vault {
  readonly kind: string
  readonly persistent: boolean
  readonly protected: boolean
}

/** Where tokens are kept, and how safe that is, in plain words. */
export function VaultLine({ vault }: { readonly vault: Vault }) {
  return (
    <p className={vault.protected ? styles.line : styles.caution}>
      <Icon name={vault.protected ? 'lock' : 'alert'} size={14} />
      <span>
        {vaultWords(vault)} <span className={styles.soft}>({vault.kind})</span> This window can hand a secret over and
        never read one.
      </span>
    </p>
  )
}

function vaultWords({ persistent, protected: safe }: Vault): string {
  if (persistent && safe) return 'Your sign-in is kept encrypted by this system’s keychain.'
  if (safe)
    return 'Your sign-in is kept in memory only, and ends when Understudy ends: you sign in again after a start.'
  if (persistent) {
    return 'Your sign-in is kept in a file that only your user may read. It is not encrypted: whoever can read your files can use it.'
  }
  return 'Your sign-in is kept nowhere: you sign in again after each start.'
}
