import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ZendeskConnection } from '#contract/connections.ts'
import { useWindow } from '../api/window-context.tsx'
import { classNames } from '../ui/class-names.ts'
import { Icon, type IconName } from '../ui/icon.tsx'
import styles from './layout.module.css'

const words: Readonly<
  Record<
    Exclude<ZendeskConnection['state'], 'ready'>,
    { readonly icon: IconName; readonly style: 'lost' | 'away'; readonly what: string; readonly still: string }
  >
> = {
  'sign-in-needed': {
    icon: 'key',
    style: 'lost',
    what: 'Zendesk needs you to sign in again.',
    still: 'What is stored stays readable.',
  },
  unreachable: {
    icon: 'offline',
    style: 'away',
    what: 'Zendesk cannot be reached.',
    still: 'What is stored stays readable, and changes wait until it is back.',
  },
}

/** Says on every screen that Zendesk cannot be asked, and leads to where that is mended. */
export function ZendeskBanner() {
  const { queries } = useWindow()
  const { data: state } = useQuery({ ...queries.connections(), select: ({ zendesk }) => zendesk?.state })
  if (state === undefined || state === 'ready') return null
  const { icon, style, what, still } = words[state]
  return (
    <div className={classNames(styles.banner, styles[style])} role={state === 'sign-in-needed' ? 'alert' : 'status'}>
      <Icon name={icon} />
      <p>
        <strong>{what}</strong> {still}
      </p>
      <Link to="/settings/connections" className={styles.connect}>
        Connections
      </Link>
    </div>
  )
}
