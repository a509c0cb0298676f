import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Quiet } from '#contract/alerts.ts'
import { useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { quietWords } from '../../ui/quiet-words.ts'
import { useAlertsAgain } from '../../ui/use-alerts-again.ts'
import { useRefusal } from '../../ui/use-refusal.ts'
import styles from './alerts-screen.module.css'

/** Why nothing is announced at present and how to end that. Nothing while alerts come as they come. */
export function QuietLine({ quiet }: { readonly quiet: Quiet }) {
  const { setPause, endMeeting } = usePause()
  const { reason } = quiet
  if (reason === 'none') return null
  return (
    <div role="status" className={styles.quiet}>
      <Icon name={reason === 'quiet-hours' ? 'moon' : 'pause'} />
      <p>{quietWords(quiet)}</p>
      {reason === 'paused' && <Button onClick={() => setPause(null)}>Go on</Button>}
      {reason === 'meeting' && <Button onClick={endMeeting}>Go on</Button>}
      {reason === 'quiet-hours' && <Link to="/settings/alerts">Quiet hours</Link>}
    </div>
  )
}

/** Announces nothing for a while; where that is so already, the line above says it. */
export function PauseButtons({ quiet }: { readonly quiet: Quiet }) {
  const { setPause } = usePause()
  if (quiet.reason === 'paused' || quiet.reason === 'meeting') return null
  return (
    <>
      <Button icon="pause" onClick={() => setPause('hour')}>
        Pause for 1 hour
      </Button>
      <Button icon="pause" title="Until your next working day begins" onClick={() => setPause('tomorrow')}>
        Pause until tomorrow
      </Button>
    </>
  )
}

function usePause(): {
  readonly setPause: (length: 'hour' | 'tomorrow' | null) => void
  readonly endMeeting: () => void
} {
  const { connection } = useWindow()
  const again = useAlertsAgain()
  const refuse = useRefusal()
  const onError = (error: Error) => refuse('Nothing was changed about the alerts', error)
  const { mutate: setPause } = useMutation({
    mutationFn: (length: 'hour' | 'tomorrow' | null) => connection.client.alerts.pause({ for: length }),
    onSuccess: again,
    onError,
  })
  const { mutate: hold } = useMutation({
    mutationFn: (meeting: boolean) => connection.client.alerts.hold({ meeting }),
    onSuccess: again,
    onError,
  })
  return { setPause, endMeeting: () => hold(false) }
}
