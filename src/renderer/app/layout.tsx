import { useEffect, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link, Outlet, useMatches, useNavigate, useRouterState } from '@tanstack/react-router'
import { useConnectionStatus, useWindow } from '../api/window-context.tsx'
import { Button } from '../ui/button.tsx'
import { classNames } from '../ui/class-names.ts'
import { Icon } from '../ui/icon.tsx'
import { PlaceWorkDialog } from '../features/accounts/place-work-dialog.tsx'
import { useShortcuts } from '../ui/keyboard.tsx'
import { CommandPalette } from './command-palette.tsx'
import { GitlabBanner } from './gitlab-banner.tsx'
import { Navigation } from './navigation.tsx'
import { navigationEntries } from './navigation-entries.ts'
import { ShortcutSheet } from './shortcut-sheet.tsx'
import { StatusBar } from './status-bar.tsx'
import { ZendeskBanner } from './zendesk-banner.tsx'
import { useSyncNow } from './use-sync-now.ts'
import styles from './layout.module.css'

/** What every screen stands in: banner, navigation, status; and what works on all of them by keyboard. */
export function Layout() {
  const [open, setOpen] = useState<'palette' | 'sheet' | 'place' | undefined>(undefined)
  const { syncNow } = useSyncNow()
  const navigate = useNavigate()
  const whole = useMatches({ select: (matches) => matches.some(({ staticData }) => staticData.wholeWindow) })
  useDocumentTitle()
  useShortcuts([
    ...navigationEntries.map(({ to, word, key }) => ({
      keys: `g ${key}`,
      words: `Go to ${word}`,
      group: 'Screens',
      run: () => void navigate({ to }),
    })),
    { keys: 'mod+k', words: 'Command palette', group: 'Everywhere', run: () => setOpen('palette') },
    {
      keys: 'w',
      words: 'Where does this belong: ticket, issue or Slack',
      group: 'Everywhere',
      run: () => setOpen('place'),
    },
    { keys: '?', words: 'This list', group: 'Everywhere', run: () => setOpen('sheet') },
    // The toasts' own part moves the focus; this only lists the key.
    { keys: 'F6', words: 'To the notifications in this window', group: 'Everywhere', run: () => {} },
    { keys: 'r', words: 'Sync now', group: 'Everywhere', run: syncNow },
  ])
  const close = () => setOpen(undefined)
  return (
    <div className={classNames(styles.layout, whole && styles.whole)} data-whole-window={whole}>
      <div className={styles.banners}>
        <ConnectionBar />
        {!whole && <Banners />}
      </div>
      {!whole && <Navigation onPalette={() => setOpen('palette')} onSheet={() => setOpen('sheet')} />}
      <main className={styles.main}>
        <Outlet />
      </main>
      {!whole && <StatusBar />}
      {open === 'palette' && (
        <CommandPalette onClose={close} onSheet={() => setOpen('sheet')} onPlace={() => setOpen('place')} />
      )}
      {open === 'place' && <PlaceWorkDialog onClose={close} />}
      {open === 'sheet' && <ShortcutSheet onClose={close} />}
    </div>
  )
}

function Banners() {
  return (
    <>
      <ZendeskBanner />
      <GitlabBanner />
      <SampleBanner />
    </>
  )
}

function SampleBanner() {
  const { queries } = useWindow()
  const { data: workspace } = useQuery({ ...queries.status(), select: (status) => status.workspace })
  if (workspace !== 'sample') return null
  return (
    <aside className={styles.sample} aria-label="Sample workspace">
      <p>
        <strong>This is the sample workspace:</strong> made-up customers, served by a simulator on this machine. Nothing
        here leaves it.
      </p>
      <Link to="/settings/connections" className={styles.connect}>
        Connect your Zendesk
      </Link>
    </aside>
  )
}

function ConnectionBar() {
  const { connection } = useWindow()
  const status = useConnectionStatus()
  if (status === 'open') return null
  return (
    <div className={classNames(styles.banner, styles.lost)} role="alert">
      <Icon name="offline" />
      <p>
        <strong>The connection to Understudy is lost.</strong> What you see was read before. Trying again by itself.
      </p>
      <Button onClick={connection.retryNow}>Try now</Button>
    </div>
  )
}

/** `(2) Today · Understudy`: the screen, and how many alerts nobody opened. */
function useDocumentTitle(): void {
  const { queries } = useWindow()
  const { data: unopened = 0 } = useQuery({ ...queries.status(), select: (status) => status.unopenedAlerts })
  const path = useRouterState({ select: (state) => state.location.pathname })
  const word = path === '/changes' ? 'Changes' : navigationEntries.find(({ to }) => path.startsWith(to))?.word
  useEffect(() => {
    document.title = `${unopened > 0 ? `(${unopened}) ` : ''}${word ? `${word} · ` : ''}Understudy`
  }, [unopened, word])
}
