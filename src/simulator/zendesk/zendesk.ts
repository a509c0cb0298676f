import type { VendorReply, VendorRequest } from '../http/reply.ts'
import { json } from '../http/reply.ts'
import type { Vendor } from '../http/vendor-server.ts'
import { me } from '../world/people.ts'
import type { World } from '../world/world.ts'
import { createBrowserSessions } from './browser-session.ts'
import type { Caller } from './caller.ts'
import { findCaller } from './caller.ts'
import { createJobs } from './jobs.ts'
import { createOauth } from './oauth.ts'
import { isReply } from './paging.ts'
import { anonymousUser, createPeopleReplies } from './people-replies.ts'
import {
  closedTicket,
  forbidden,
  forbiddenInText,
  notFound,
  notSignedIn,
  tooManyRequests,
  updateConflict,
} from './refusals.ts'
import type { Route } from './routes.ts'
import { createRoutes } from './routes.ts'
import { createSearch } from './search.ts'
import type { ZendeskSwitches } from './settings.ts'
import { createTicketRendering, createTicketReplies } from './ticket-replies.ts'
import { createWriteReplies } from './write-replies.ts'

export interface ZendeskDeps {
  readonly world: World
  readonly seed: number
  readonly anchor: number
  readonly token: string
  readonly switches: ZendeskSwitches
  now(): number
  /** The clock by which allowances are counted, in ms. */
  budgetNow(): number
}

/** Zendesk as an agent sees it: sign-in, and the ticketing API below `/api/v2`, with and without `.json`. */
export function createZendesk(deps: ZendeskDeps) {
  const { world, seed, now, switches } = deps
  const settings = switches.read
  const oauth = createOauth(seed, now)
  const sessions = createBrowserSessions(seed, now, world.users)
  const jobs = createJobs(seed, now, settings)
  const rendering = createTicketRendering({ ...deps, settings })
  const tickets = createTicketReplies({ ...deps, settings }, rendering)
  const routes = createRoutes({
    budgetNow: deps.budgetNow,
    oauth,
    sessions,
    jobs,
    tickets,
    people: createPeopleReplies({ ...deps, settings }),
    writes: createWriteReplies({ ...deps, settings, jobs, rendering }),
    search: createSearch({
      ...deps,
      settings,
      render: (found, request, include) => rendering.render(found, request, include, 'search'),
    }),
  })
  const who = { ...deps, settings, oauth, sessions, meId: me.id }

  const answer = (request: VendorRequest): VendorReply => {
    const page = oauth.answer(request) ?? sessions.answer(request)
    if (page) return page
    jobs.settle()
    const path = request.path.replace(/\.json$/, '')
    const caller = findCaller(request, who)
    if (isReply(caller)) {
      const isHidden = caller.status === 401 && settings().anonymous && path === '/api/v2/users/me'
      return isHidden ? json({ user: anonymousUser }) : caller
    }
    const isOpen = /^\/api\/v2\/(users\/me|oauth\/tokens\/current)/.test(path)
    return settings().role === 'agent' || isOpen ? dispatch(routes, path, request, caller) : forbidden
  }

  const vendor: Vendor = {
    target: 'zendesk',
    answer,
    failure: (status, form) =>
      status === 401
        ? notSignedIn.json
        : status === 403
          ? (form === 'text' ? forbiddenInText : forbidden).json
          : tooManyRequests,
    refusal: (status) => ({ 404: notFound, 409: updateConflict, 422: closedTicket })[status].json,
    budgetHeaders({ limit, remaining, resetsIn }, request) {
      const isIndex = /\/tickets(\.json)?$/.test(request.path)
      return {
        'x-rate-limit': String(limit),
        'x-rate-limit-remaining': String(remaining),
        'ratelimit-limit': String(limit),
        'ratelimit-remaining': String(remaining),
        'ratelimit-reset': String(resetsIn),
        ...(isIndex
          ? { 'zendesk-ratelimit-tickets-index': `total=${limit}; remaining=${remaining}; resets=${resetsIn}` }
          : {}),
        'cache-control': 'max-age=0, private, must-revalidate',
      }
    },
  }
  return { vendor, oauth, sessions }
}

function dispatch(routes: readonly Route[], path: string, request: VendorRequest, caller: Caller): VendorReply {
  const fitting = routes.flatMap((route) => {
    const match = route.pattern.exec(path)
    return match ? [{ route, id: match[1] ?? '' }] : []
  })
  if (fitting.length === 0) return json({ error: 'InvalidEndpoint', description: 'Not found' }, 404)
  const found = fitting.find(({ route }) => route.method === request.method)
  if (!found) return json({ error: 'MethodNotAllowed', description: 'Not imitated' }, 405)
  return found.route.handle(request, found.id, caller)
}
