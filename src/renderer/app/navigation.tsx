import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useWindow } from '../api/window-context.tsx'
import { classNames } from '../ui/class-names.ts'
import { Icon } from '../ui/icon.tsx'
import { modifierWord } from './modifier-word.ts'
import { navigationEntries, type NavigationTarget } from './navigation-entries.ts'
import styles from './layout.module.css'

/** The screens, the present one marked, with counts where there is something to count. */
export function Navigation({ onPalette, onSheet }: { readonly onPalette: () => void; readonly onSheet: () => void }) {
  const { queries } = useWindow()
  const { data: queued } = useQuery({ ...queries.queueCount(), select: (queue) => queue.total })
  const { data: unopened } = useQuery({ ...queries.status(), select: (status) => status.unopenedAlerts })
  const counts: Partial<Record<NavigationTarget, { count: number | undefined; words: string }>> = {
    '/today': { count: queued, words: 'tickets' },
    '/alerts': { count: unopened, words: 'not opened' },
  }
  return (
    <nav className={styles.navigation} aria-label="Screens">
      <div className={styles.name}>
        <img src="./icon.svg" width={20} height={20} alt="" />
        Understudy
      </div>
      {navigationEntries.map(({ to, word, icon }) => (
        <Link key={to} to={to} className={styles.entry}>
          <Icon name={icon} />
          {word}
          <Count {...counts[to]} unopened={to === '/alerts'} />
        </Link>
      ))}
      <span className={styles.space} />
      <button type="button" className={styles.entry} onClick={onPalette}>
        <Icon name="search" />
        Commands
        <kbd className={styles.key}>{modifierWord()} K</kbd>
      </button>
      <button type="button" className={styles.entry} onClick={onSheet}>
        <Icon name="info" />
        Shortcuts
        <kbd className={styles.key}>?</kbd>
      </button>
    </nav>
  )
}

function Count({ count, words, unopened }: { count?: number | undefined; words?: string; unopened: boolean }) {
  if (!count) return null
  return (
    <span className={classNames(styles.count, unopened && styles.unopened)} aria-label={`${count} ${words}`}>
      {count}
    </span>
  )
}
