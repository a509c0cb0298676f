import type { Issue, IssueNote } from '#core/issues/issue.ts'
import type { GitlabApi, GitlabPlace } from '#service/gitlab/gitlab-api.ts'
import type { GitlabPage } from '#service/gitlab/gitlab-page.ts'
import type { KnownEtag } from '#service/gitlab/gitlab-client.ts'
import { RemoteFailure } from '#service/transport/remote-failure.ts'
import { silentGitlab } from '#test/support/scripted-sources.ts'
import { anIssue } from '#test/support/work-values.ts'

/** An issue or epic of the model, with its notes. */
export interface ModelIssue {
  readonly issue: Issue
  readonly notes: readonly IssueNote[]
  readonly isGone: boolean
}

/** What can happen to an issue without its `updated_at` moving, since no document says that it does. */
export interface QuietChange {
  /** True: `updated_at` stays. */
  readonly quiet?: boolean
  /** Lists show the change so many ms later. */
  readonly lagMs?: number
}

/**
 * A GitLab in memory with small numbered pages whose rows move between them, and lists that may lag behind, for tests of what can happen
 * between two requests. Group 1 and 2 have two projects each, 10 and 11, 20 and 21, and a group below them each, 6 and 7, which has
 * epics too. An epic has one id in the REST API and another one as a work item.
 */
export interface ModelGitlab {
  readonly api: GitlabApi
  readonly items: ReadonlyMap<number, ModelIssue>
  /** Whether it is where we can see it: its project and its group, and it itself. */
  isInSight(one: ModelIssue): boolean
  /** Whether a project is in the group that it began in. */
  isAtHome(projectId: number): boolean
  open(kind: Issue['kind'], projectId: number, labels: readonly string[]): number
  change(id: number, parts: Partial<Issue>, how?: QuietChange): boolean
  note(id: number): boolean
  /** Moves an issue to another project, where it goes on as another one. */
  move(id: number, projectId: number): boolean
  /** Deletes an issue or takes it from our sight, or brings it back. */
  lose(id: number, isGone: boolean, lagMs?: number): void
  loseProject(projectId: number, isGone: boolean): void
  loseGroup(groupId: number, isGone: boolean): void
  rename(projectId: number): void
  /** Moves a project to a group that is nobody's, or back. */
  transfer(projectId: number): void
  pageSize: number
  /** Numbers that one address may hold; more are refused with a 414. */
  longestList: number
  epicsWay: 'rest' | 'graphql' | 'none'
  /** True: numbers begin anew in each project and group, as in life; false: each number is there once, which is easier to read. */
  sharesNumbers: boolean
  /** False: lists have no etag, as some hosts have none. */
  hasEtags: boolean
}

const firstBelow = 6
const strangers = 3
const workItemIds = 1_000_000

/** The group at the top of a project, or of a group. */
function groupOf(projectId: number): number {
  if (projectId >= 10) return Math.floor(projectId / 10)
  return projectId >= firstBelow ? projectId - firstBelow + 1 : projectId
}

const notThere = () => new RemoteFailure('not-found', 'It is not there (404).', { status: 404, refused: true })

/**
 * Creates the model.
 *
 * @param now ms.
 * @param onRequest called before each request is answered, and what it gives back when the answer is on its way; what either of them
 *   throws is the answer.
 */
export function createModelGitlab(now: () => number, onRequest: () => (() => void) | undefined): ModelGitlab {
  const items = new Map<number, ModelIssue>()
  const listed = new Map<number, { readonly until: number; readonly before: ModelIssue | null }>()
  const lostProjects = new Set<number>()
  const lostGroups = new Set<number>()
  const transferred = new Set<number>()
  const paths = new Map<number, string>()
  let [nextId, nextNote, latest] = [1, 1, 0]

  const stamp = () => (latest = Math.max(now(), latest + 1))
  const isProjectThere = (projectId: number) => !lostProjects.has(projectId) && !lostGroups.has(placeOf(projectId))
  const isThere = ({ issue, isGone }: ModelIssue) => !isGone && isProjectThere(issue.projectId)

  function placeOf(projectId: number): number {
    return transferred.has(projectId) ? strangers : groupOf(projectId)
  }

  function nextNumber(kind: Issue['kind'], projectId: number, id: number): number {
    if (!model.sharesNumbers) return id
    return [...items.values()].filter(({ issue }) => issue.kind === kind && issue.projectId === projectId).length + 1
  }

  function put(id: number, next: ModelIssue, lagMs = 0): void {
    if (lagMs > 0) listed.set(id, { until: now() + lagMs, before: inLists(id) })
    else listed.delete(id)
    items.set(id, next)
  }

  function inLists(id: number): ModelIssue | null {
    const lag = listed.get(id)
    return lag && now() < lag.until ? lag.before : (items.get(id) ?? null)
  }

  function listedItems(kind: Issue['kind'], isIn: (issue: Issue) => boolean): Issue[] {
    return [...items.keys()]
      .map(inLists)
      .filter((one): one is ModelIssue => one !== null && isThere(one) && one.issue.kind === kind)
      .map(({ issue, notes }) => shown(issue, notes))
      .filter(isIn)
  }

  const pathOf = (projectId: number) => paths.get(projectId) ?? `customers/${groupOf(projectId)}/p${projectId}`
  const shown = (issue: Issue, notes: readonly IssueNote[]): Issue => ({
    ...issue,
    reference: `${issue.kind === 'epic' ? `customers/${issue.projectId}` : pathOf(issue.projectId)}${issue.kind === 'epic' ? '&' : '#'}${issue.iid}`,
    notesCount: issue.kind === 'epic' ? null : notes.length,
  })

  function pageOf<Row>(rows: readonly Row[], query: string, next: string | null, known?: KnownEtag): GitlabPage<Row> {
    const number = next === null ? 1 : Number(next.split('/').at(-1))
    const start = (number - 1) * model.pageSize
    const cut = rows.slice(start, start + model.pageSize)
    const address = `${query}/${number}`
    const hasMore = rows.length > start + model.pageSize
    // The body is what the etag is made of, and the link is no part of it.
    const etag = model.hasEtags ? JSON.stringify(cut) : null
    if (etag !== null && known?.(address) === etag)
      return { rows: [], next: null, unchanged: true, asked: { address, etag } }
    return { rows: cut, next: hasMore ? `${query}/${number + 1}` : null, unchanged: false, asked: { address, etag } }
  }

  const model: ModelGitlab = {
    items,
    isInSight: isThere,
    isAtHome: (projectId) => !transferred.has(projectId),
    pageSize: 3,
    longestList: 100,
    epicsWay: 'rest',
    sharesNumbers: false,
    hasEtags: true,
    open(kind, projectId, labels) {
      const at = stamp()
      const id = nextId++
      const iid = nextNumber(kind, projectId, id)
      const issue = anIssue({ kind, projectId, iid, id, labels, createdAt: at, updatedAt: at, title: `Work ${id}` })
      put(id, { issue, notes: [], isGone: false })
      return id
    },
    change(id, parts, { quiet = false, lagMs = 0 } = {}) {
      const old = items.get(id)
      if (!old || old.isGone || old.issue.movedToId !== null) return false
      const issue = { ...old.issue, ...parts, updatedAt: quiet ? old.issue.updatedAt : stamp() }
      put(id, { ...old, issue }, lagMs)
      return true
    },
    note(id) {
      const old = items.get(id)
      if (!old || old.isGone || old.issue.movedToId !== null) return false
      const at = stamp()
      const note = { id: nextNote++, author: 'anna', internal: false, text: 'Words', createdAt: at, updatedAt: at }
      put(id, { ...old, notes: [...old.notes, note], issue: { ...old.issue, updatedAt: at } })
      return true
    },
    move(id, projectId) {
      const old = items.get(id)
      if (!old || old.isGone || old.issue.kind !== 'issue' || old.issue.projectId === projectId) return false
      const target = model.open('issue', projectId, old.issue.labels)
      return model.change(id, { state: 'closed', movedToId: target })
    },
    lose(id, isGone, lagMs = 0) {
      const old = items.get(id)
      if (old && old.isGone !== isGone) put(id, { ...old, isGone }, lagMs)
    },
    loseProject(projectId, isGone) {
      if (isGone) lostProjects.add(projectId)
      else lostProjects.delete(projectId)
    },
    loseGroup(groupId, isGone) {
      if (isGone) lostGroups.add(groupId)
      else lostGroups.delete(groupId)
    },
    transfer(projectId) {
      if (!transferred.delete(projectId)) transferred.add(projectId)
    },
    rename: (projectId) => void paths.set(projectId, `customers/${groupOf(projectId)}/renamed-${nextId}-p${projectId}`),
    api: { ...silentGitlab, ...travelling({ ...issueCalls(), ...epicCalls() }) },
  }

  /** Answers tell how it was when they were given, and arrive after that. */
  function travelling(calls: Partial<GitlabApi>): Partial<GitlabApi> {
    const names = Object.keys(calls) as (keyof GitlabApi)[]
    return Object.fromEntries(
      names.map((name) => {
        const call = calls[name] as (...asked: unknown[]) => Promise<unknown>
        return [
          name,
          async (...asked: unknown[]) => {
            for (let turn = 0; turn < 4; turn += 1) await new Promise((resolve) => setImmediate(resolve))
            const whenUnderWay = onRequest()
            try {
              return await call(...asked)
            } finally {
              whenUnderWay?.()
            }
          },
        ]
      }),
    )
  }

  function readable(kind: Issue['kind'], projectId: number, iid: number): ModelIssue {
    const one = [...items.values()].find(
      ({ issue }) => issue.kind === kind && issue.projectId === projectId && issue.iid === iid,
    )
    if (!one || !isThere(one)) throw notThere()
    return { ...one, issue: shown(one.issue, one.notes) }
  }

  function issueCalls(): Partial<GitlabApi> {
    const inPlace = (place: GitlabPlace, issue: Issue) => placeOf(issue.projectId) === place.id
    return {
      place: async (path) => {
        const id = path.endsWith('acme') ? 1 : 2
        if (lostGroups.has(id)) throw notThere()
        return { kind: 'group', id, path }
      },
      labelledIssues: async (place, label, from, order = 'changed', known) => {
        if (lostGroups.has(place.id)) throw notThere()
        const query = from !== null && 'next' in from ? (from.next.split('/')[0] ?? '') : JSON.stringify(from)
        const since = from !== null && 'next' in from ? (JSON.parse(query) as typeof from | null) : from
        const least =
          since === null ? 0 : 'since' in since ? since.since : 'createdSince' in since ? since.createdSince : 0
        const keyOf = (issue: Issue) => (order === 'changed' ? issue.updatedAt : issue.createdAt)
        const rows = listedItems('issue', (issue) => inPlace(place, issue) && issue.labels.includes(label))
          .filter((issue) => keyOf(issue) >= least)
          .toSorted((a, b) => keyOf(a) - keyOf(b) || a.id - b.id)
        return pageOf(rows, query, from !== null && 'next' in from ? from.next : null, known)
      },
      issuesByIid: async (projectId, iids, known) => {
        if (iids.length > model.longestList) throw new RemoteFailure('rejected', 'Too long (414).', { status: 414 })
        if (!isProjectThere(projectId)) throw notThere()
        const rows = listedItems('issue', (issue) => issue.projectId === projectId && iids.includes(issue.iid))
        const address = `${projectId}?${iids.join()}`
        const etag = model.hasEtags ? JSON.stringify(rows) : null
        const unchanged = etag !== null && known?.(address) === etag
        return { rows: unchanged ? [] : rows, next: null, unchanged, asked: { address, etag } }
      },
      issue: async (projectId, iid) => readable('issue', projectId, iid).issue,
      project: async (projectId) => {
        if (!isProjectThere(projectId)) throw notThere()
      },
      issueNotes: async (projectId, iid, next) => pageOf(readable('issue', projectId, iid).notes, 'notes', next),
    }
  }

  function epicCalls(): Partial<GitlabApi> {
    const byWay = (way: 'rest' | 'graphql', groupId: number) => {
      if (lostGroups.has(groupOf(groupId))) throw notThere()
      if (model.epicsWay !== way) throw new RemoteFailure('forbidden', 'Not included (403).', { status: 403 })
    }
    const told = (way: 'rest' | 'graphql', epic: Issue): Issue =>
      way === 'rest' ? epic : { ...epic, id: epic.id + workItemIds }
    const isIn = (groupId: number, { projectId }: Issue) => projectId === groupId || groupOf(projectId) === groupId
    return {
      probeEpics: async (way, { id }) => byWay(way, id),
      labelledEpics: async (way, group, label, next) => {
        byWay(way, group.id)
        const rows = listedItems('epic', (issue) => isIn(group.id, issue) && issue.labels.includes(label))
        return pageOf(
          rows.map((epic) => told(way, epic)),
          'epics',
          next,
        )
      },
      epic: async (way, group, iid) => {
        byWay(way, group.id)
        return told(way, readable('epic', group.id, iid).issue)
      },
      epicNotes: async (way, group, { id, iid }, next) => {
        byWay(way, group.id)
        const epic = readable('epic', group.id, iid)
        if (way === 'rest' && epic.issue.id !== id) throw notThere()
        return pageOf(epic.notes, 'notes', next)
      },
    }
  }

  return model
}
