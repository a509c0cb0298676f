import { useQuery } from '@tanstack/react-query'
import type { ZendeskConnection } from '#contract/connections.ts'
import { useWindow } from '../api/window-context.tsx'
import type { IconName } from '../ui/icon.tsx'
import { ConnectionBanner } from './connection-banner.tsx'

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
    <ConnectionBanner icon={icon} style={style} role={state === 'sign-in-needed' ? 'alert' : 'status'} what={what}>
      {still}
    </ConnectionBanner>
  )
}
