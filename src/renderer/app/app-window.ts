import { QueryClient } from '@tanstack/react-query'
import type { RouterHistory } from '@tanstack/react-router'
import { Toast } from '@base-ui/react/toast'
import { createAlertInbox } from '../api/alert-inbox.ts'
import type { BrowserNotifications } from '../api/browser-notifications.ts'
import { createConnection, type Delay } from '../api/connection.ts'
import type { Door } from '../api/door.ts'
import { createDrafts, type DraftStorage } from '../api/drafts.ts'
import { createLiveUpdates } from '../api/live-updates.ts'
import { createQueries, refreshAreas } from '../api/queries.ts'
import { createServiceClock } from '../api/service-clock.ts'
import type { WindowServices } from '../api/window-context.tsx'
import { createKeyboard, type Keyboard } from '../ui/keyboard.tsx'
import { createNoticeBoard, type ToastData } from './notice-board.ts'
import { createAppRouter, type AppRouter } from './routes.tsx'

/** What a window is given; tests bring their own of each. */
export interface AppWindowPorts {
  readonly door: Door
  readonly history: RouterHistory
  readonly notifications: BrowserNotifications
  /** Where drafts outlive this window. Throws where the browser has nothing of the kind. */
  readonly draftStorage: () => DraftStorage
  readonly delay?: Delay
}

/** Everything of a window that is not drawing, made once and wired together. */
export interface AppWindow {
  readonly services: WindowServices
  readonly queryClient: QueryClient
  readonly router: AppRouter
  readonly keyboard: Keyboard
  readonly toasts: ReturnType<typeof Toast.createToastManager<ToastData>>
  /** Connects and begins to listen for changes. */
  start(): void
  stop(): void
}

/** Puts a window together: connection, questions and answers, live updates, addresses, keyboard, alerts. */
export function createAppWindow(ports: AppWindowPorts): AppWindow {
  const { door, history, notifications, draftStorage, delay = browserDelay } = ports
  const connection = createConnection(door, delay)
  const queryClient = createQueryClient()
  const clock = createServiceClock({
    elapsedMs: () => performance.now(),
    wallMs: () => Date.now(),
    everySecond,
    onJump: () => void queryClient.invalidateQueries(),
  })
  const queries = createQueries(connection.client, clock)
  const router = createAppRouter(history)
  const toasts = Toast.createToastManager<ToastData>()
  const openTicket = (ticketId: number) =>
    void router.navigate({ to: '/today/ticket/$ticketId', params: { ticketId: String(ticketId) } })
  const board = createNoticeBoard({ client: connection.client, notifications, toasts, router })
  const inbox = createAlertInbox({
    client: connection.client,
    mine: async () => {
      const status = await queryClient.ensureQueryData(queries.status())
      return !status.capabilities.nativeNotifications
    },
    show: (notices) => notices.forEach(board.show),
  })
  const live = createLiveUpdates(
    connection,
    {
      refresh: (areas) => refreshAreas(queryClient, queries, areas),
      refreshAll: () => void queryClient.invalidateQueries(),
      openTicket,
      openAlerts: () => void router.navigate({ to: '/alerts' }),
      alertsChanged() {
        inbox.look()
        // What stays on screen for a moment too long leads to an alert that is in the list all the same.
        void board.takeBackSettled().catch(() => {})
      },
    },
    delay,
  )
  return {
    services: { connection, queries, clock, notifications, drafts: createDrafts(draftStorage, () => Date.now()) },
    queryClient,
    router,
    keyboard: createKeyboard(),
    toasts,
    start() {
      connection.start()
      live.start()
      inbox.look()
    },
    stop() {
      live.stop()
      connection.stop()
      queryClient.clear()
    },
  }
}

function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // Answers stay good until a change notice says otherwise.
        staleTime: Infinity,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        // The service is on this machine, whatever the network is.
        networkMode: 'always',
        // An answer that is an error stays one; a broken connection is asked again when it is back.
        retry: (failures, error) => !('code' in error) && failures < 5,
        retryDelay: 250,
      },
      mutations: { networkMode: 'always' },
    },
  })
}

const browserDelay: Delay = (ms, run) => {
  const timer = setTimeout(run, ms)
  return () => clearTimeout(timer)
}

function everySecond(run: () => void): () => void {
  const timer = setInterval(run, 1000)
  return () => clearInterval(timer)
}
