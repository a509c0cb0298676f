import type { VendorReply, VendorRequest } from '../http/reply.ts'
import { json } from '../http/reply.ts'
import { myUser } from '../world/gitlab-people.ts'
import type { Issue } from '../world/issue.ts'
import { faultIn, selectIssues } from './issue-query.ts'
import { pageReply } from './listing.ts'
import { noteList, writeNote } from './notes.ts'
import { issueJson } from './rendering.ts'
import type { ProjectQuestion, ProjectRoute, RouteDeps } from './route-deps.ts'
import { createIssue, updateIssue } from './write-issues.ts'

/** Addresses of issues and their notes, below a project. */
export const issueRoutes: readonly ProjectRoute[] = [
  ['GET', /^\/issues$/, (asked) => issueList(asked.request, issuesOf(asked), asked)],
  ['POST', /^\/issues$/, (asked) => withSubscription(asked, createIssue(asked), 201)],
  ['GET', /^\/issues\/(\d+)$/, (asked, iid) => withIssue(asked, iid, (issue) => withSubscription(asked, { issue }))],
  [
    'PUT',
    /^\/issues\/(\d+)$/,
    (asked, iid) => withIssue(asked, iid, (issue) => withSubscription(asked, updateIssue(asked, issue))),
  ],
  ['GET', /^\/issues\/(\d+)\/notes$/, (asked, iid) => withIssue(asked, iid, (issue) => noteList(asked.request, issue))],
  [
    'POST',
    /^\/issues\/(\d+)\/notes$/,
    (asked, iid) => withIssue(asked, iid, (issue) => writeNote(asked.request, issue, asked.world)),
  ],
  ['POST', /^\/issues\/([^/]+)\/subscribe$/, (asked, iid) => subscribe(asked, iid, true)],
  ['POST', /^\/issues\/([^/]+)\/unsubscribe$/, (asked, iid) => subscribe(asked, iid, false)],
]

const issuesOf = ({ world, project }: ProjectQuestion): readonly Issue[] =>
  world.issues.filter((issue) => issue.project.id === project.id)

function withIssue(asked: ProjectQuestion, iid: string | undefined, then: (issue: Issue) => VendorReply): VendorReply {
  const issue = issuesOf(asked).find((one) => String(one.iid) === iid && !one.isGone)
  return issue ? then(issue) : json({ message: '404 Not found' }, 404)
}

/** A list of issues, as projects and groups give it. */
export function issueList(request: VendorRequest, issues: readonly Issue[], deps: RouteDeps): VendorReply {
  const fault = faultIn(request.query)
  if (fault) return json({ error: fault }, 400)
  const type = request.query.get('issue_type')
  const seen = issues.filter(
    (issue) => !issue.isGone && !issue.project.isGone && (type === null || issue.type === type),
  )
  const chosen = selectIssues(seen, request.query, myUser().id)
  const by = request.query.get('order_by') === 'updated_at' ? 'updatedAt' : 'createdAt'
  const isAscending = request.query.get('sort') === 'asc' && deps.switches.read().keyset
  const keyOf = (issue: Issue): string => `${String(issue[by]).padStart(16, '0')} ${String(issue.id).padStart(16, '0')}`
  const cut = deps.switches.read().keyset ? { ...request, query: new URLSearchParams(request.query) } : request
  if (isAscending) cut.query.set('pagination', 'keyset')
  return pageReply(
    cut,
    chosen,
    (issue) => issueJson(issue, request.origin, deps.zendeskUrl()),
    isAscending ? keyOf : null,
  )
}

/** An issue by itself also says whether we are told of it; lists do not. */
function withSubscription(
  asked: ProjectQuestion,
  outcome: { readonly issue: Issue } | { readonly refusal: VendorReply },
  status = 200,
): VendorReply {
  if ('refusal' in outcome) return outcome.refusal
  const { issue } = outcome
  const body = issueJson(issue, asked.request.origin, asked.zendeskUrl())
  return json({ ...body, subscribed: isSubscribed(asked, issue) }, status)
}

/** Whoever takes part in an issue is subscribed, unless they said otherwise. */
function isSubscribed({ world }: ProjectQuestion, { id, author, assignees, notes }: Issue): boolean {
  const takesPart = [author, ...assignees, ...notes.map((note) => note.author)].some((user) => user.id === myUser().id)
  return world.subscribedIssues.get(id) ?? takesPart
}

function subscribe(asked: ProjectQuestion, iid: string | undefined, wanted: boolean): VendorReply {
  return withIssue(asked, iid, (issue) => {
    if (isSubscribed(asked, issue) === wanted) return { status: 304 }
    asked.world.subscribedIssues.set(issue.id, wanted)
    return withSubscription(asked, { issue }, 201)
  })
}
