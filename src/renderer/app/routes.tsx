import { createRootRoute, createRoute, createRouter, Link, redirect, type RouterHistory } from '@tanstack/react-router'
import { AccountsScreen } from '../features/accounts/accounts-screen.tsx'
import { readAlertSearch } from '../features/alerts/alert-search.ts'
import { AlertsScreen } from '../features/alerts/alerts-screen.tsx'
import { CalendarsScreen } from '../features/calendars/calendars-screen.tsx'
import { CallScreen } from '../features/calls/call-screen.tsx'
import { CallsScreen } from '../features/calls/calls-screen.tsx'
import { OpenActions } from '../features/calls/open-actions.tsx'
import { CoverageScreen } from '../features/coverage/coverage-screen.tsx'
import { PlanScreen } from '../features/coverage/plan-screen.tsx'
import { DeskScreen } from '../features/desk/desk-screen.tsx'
import { HandoffScreen } from '../features/handoff/handoff-screen.tsx'
import { PrepareScreen } from '../features/handoff/prepare-screen.tsx'
import { ReviewScreen } from '../features/handoff/review-screen.tsx'
import type { ReviewPlace } from '../features/handoff/review-steps.tsx'
import { OrgNoteScreen } from '../features/org-note/org-note-screen.tsx'
import { ChangesScreen } from '../features/outbox/changes-screen.tsx'
import { ReturnScreen } from '../features/return-meeting/return-screen.tsx'
import { RunScreen } from '../features/return-meeting/run-screen.tsx'
import { SecondScreen } from '../features/return-meeting/second-screen.tsx'
import { WrapUpScreen } from '../features/return-meeting/wrap-up-screen.tsx'
import { AlertSettingsScreen } from '../features/settings/alert-settings-screen.tsx'
import { ConnectionsScreen } from '../features/settings/connections-screen.tsx'
import { SettingsScreen } from '../features/settings/settings-screen.tsx'
import { TodayScreen } from '../features/today/today-screen.tsx'
import { EmptyState } from '../ui/notice.tsx'
import { Layout } from './layout.tsx'

const root = createRootRoute({ component: Layout, notFoundComponent: NoSuchScreen })
const index = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    // oxlint-disable-next-line typescript/only-throw-error -- how this router redirects
    throw redirect({ to: '/today' })
  },
})
const today = createRoute({
  getParentRoute: () => root,
  path: '/today',
  validateSearch: accountSearch,
  component: TodayScreen,
})
const ticket = createRoute({ getParentRoute: () => today, path: 'ticket/$ticketId' })
const coverage = createRoute({
  getParentRoute: () => root,
  path: '/coverage',
  validateSearch: (search: Record<string, unknown>): { week?: string } => {
    const week = search['week']
    return typeof week === 'string' && /^\d{4}-W\d{2}$/.test(week) ? { week } : {}
  },
  component: CoverageScreen,
})
const plan = createRoute({ getParentRoute: () => root, path: '/coverage/plans/$planId', component: PlanScreen })
const handoff = createRoute({ getParentRoute: () => root, path: '/handoff', component: HandoffScreen })
const prepare = createRoute({
  getParentRoute: () => root,
  path: '/handoff/$handoffId',
  // The ticket that is open; the account part where none is named.
  validateSearch: (search: Record<string, unknown>): { ticket?: number } => {
    const ticket = wholeNumber(search['ticket'])
    return ticket === undefined ? {} : { ticket }
  },
  component: PrepareScreen,
})
const review = createRoute({
  getParentRoute: () => root,
  path: '/handoff/$handoffId/review',
  validateSearch: (search: Record<string, unknown>): { at?: ReviewPlace } => {
    const at = search['at'] === 'accept' ? 'accept' : wholeNumber(search['at'])
    return at === undefined ? {} : { at }
  },
  component: ReviewScreen,
})
const returning = createRoute({ getParentRoute: () => root, path: '/return', component: ReturnScreen })
const run = createRoute({
  getParentRoute: () => root,
  path: '/return/$coverageId',
  staticData: { wholeWindow: true },
  component: RunScreen,
})
const secondScreen = createRoute({
  getParentRoute: () => root,
  path: '/return/$coverageId/screen',
  staticData: { wholeWindow: true },
  component: SecondScreen,
})
const wrapUp = createRoute({
  getParentRoute: () => root,
  path: '/return/$coverageId/wrap-up',
  component: WrapUpScreen,
})
const accounts = createRoute({ getParentRoute: () => root, path: '/accounts', component: AccountsScreen })
const desk = createRoute({ getParentRoute: () => root, path: '/accounts/$accountId', component: AccountPage })
const calls = createRoute({
  getParentRoute: () => root,
  path: '/calls',
  validateSearch: accountSearch,
  component: CallsScreen,
})
const call = createRoute({ getParentRoute: () => root, path: '/calls/$callId', component: CallScreen })
const orgNote = createRoute({
  getParentRoute: () => root,
  path: '/accounts/$accountId/org-note',
  component: OrgNoteScreen,
})
const alerts = createRoute({
  getParentRoute: () => root,
  path: '/alerts',
  validateSearch: readAlertSearch,
  component: AlertsScreen,
})
const changes = createRoute({ getParentRoute: () => root, path: '/changes', component: ChangesScreen })
const settings = createRoute({ getParentRoute: () => root, path: '/settings', component: SettingsScreen })
const connections = createRoute({
  getParentRoute: () => root,
  path: '/settings/connections',
  component: ConnectionsScreen,
})

const alertSettings = createRoute({
  getParentRoute: () => root,
  path: '/settings/alerts',
  component: AlertSettingsScreen,
})

const calendars = createRoute({
  getParentRoute: () => root,
  path: '/settings/calendars',
  component: CalendarsScreen,
})

const routeTree = root.addChildren([
  index,
  today.addChildren([ticket]),
  coverage,
  plan,
  handoff,
  prepare,
  review,
  returning,
  run,
  secondScreen,
  wrapUp,
  accounts,
  calls,
  call,
  desk,
  orgNote,
  alerts,
  changes,
  settings,
  connections,
  alertSettings,
  calendars,
])

/** Whose tickets or calls are shown; of all where none is named. */
function accountSearch(search: Record<string, unknown>): { account?: number } {
  const account = wholeNumber(search['account'])
  return account === undefined ? {} : { account }
}

function wholeNumber(value: unknown): number | undefined {
  const number = Number(value)
  return Number.isSafeInteger(number) && number > 0 ? number : undefined
}

/** The window's addresses: `#/today`, `#/today/ticket/123?account=7`, `#/coverage` and so on. */
export function createAppRouter(history: RouterHistory) {
  return createRouter({ routeTree, history, defaultPreload: false, scrollRestoration: false })
}

/** The router with the window's own addresses. */
export type AppRouter = ReturnType<typeof createAppRouter>

declare module '@tanstack/react-router' {
  interface Register {
    router: AppRouter
  }
  interface StaticDataRouteOption {
    /** The screen has the window for itself: no navigation, no status, no banner but the one of a lost connection. */
    readonly wholeWindow?: boolean
  }
}

/** The page of an account, with what is still to be done from its calls. */
function AccountPage() {
  return <DeskScreen more={(accountId) => <OpenActions accountId={accountId} />} />
}

function NoSuchScreen() {
  return (
    <EmptyState icon="search" title="There is no such screen">
      <p>
        <Link to="/today">Go to Today</Link>
      </p>
    </EmptyState>
  )
}
