import { useWindow } from '../api/window-context.tsx'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/notice.tsx'
import styles from './connection-screens.module.css'

/** Shown before the first connection. */
export function ConnectingScreen() {
  return (
    <main className={styles.screen}>
      <p role="status" className={styles.waiting}>
        Connecting to Understudy on this machine…
      </p>
    </main>
  )
}

/** Shown when the service does not know this window: the address lacked its token, or the service was started anew. */
export function RefusedScreen() {
  const { connection } = useWindow()
  return (
    <main className={styles.screen}>
      <EmptyState icon="lock" title="This window may not talk to Understudy">
        <p>
          Open the address that <code>npm start</code> printed, the whole of it with the part after <code>#</code>. It
          is made anew each time Understudy starts, so an old bookmark does not work.
        </p>
        <p>
          <Button icon="sync" onClick={connection.retryNow}>
            Try again
          </Button>
        </p>
      </EmptyState>
    </main>
  )
}
