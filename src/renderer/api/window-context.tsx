import { createContext, use, useSyncExternalStore } from 'react'
import { useQuery } from '@tanstack/react-query'
import type { InstantMs } from '#core/instant.ts'
import type { BrowserNotifications } from './browser-notifications.ts'
import type { Connection, ConnectionStatus } from './connection.ts'
import type { Drafts } from './drafts.ts'
import type { Queries } from './queries.ts'
import type { ServiceClock } from './service-clock.ts'

/** What every screen may use of the window it is in. */
export interface WindowServices {
  readonly connection: Connection
  readonly queries: Queries
  readonly clock: ServiceClock
  readonly notifications: BrowserNotifications
  readonly drafts: Drafts
}

/** Hands the window's services down to the screens. */
export const WindowContext = createContext<WindowServices | null>(null)

/** The window's services; a component outside of a window is a bug. */
export function useWindow(): WindowServices {
  const services = use(WindowContext)
  if (!services) throw new Error('useWindow is called outside of a WindowContext')
  return services
}

/** How the connection stands. */
export function useConnectionStatus(): ConnectionStatus {
  const { connection } = useWindow()
  return useSyncExternalStore(connection.subscribe, connection.status)
}

/** The service's time, ticking once a second. */
export function useNow(): InstantMs {
  const { clock } = useWindow()
  return useSyncExternalStore(clock.subscribe, clock.now)
}

/** The zone times are shown in: mine as the workspace knows it, else this machine's. */
export function useTimeZone(): string {
  const { queries } = useWindow()
  const { data } = useQuery({ ...queries.status(), select: (status) => status.me?.timeZone })
  return data ?? Intl.DateTimeFormat().resolvedOptions().timeZone
}
