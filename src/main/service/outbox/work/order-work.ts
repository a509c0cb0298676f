import { createHash, randomUUID } from 'node:crypto'
import type { WritePreview } from '#contract/outbox.ts'
import type { WorkIntent } from '#contract/work-intent.ts'
import type { CustomerSees } from '#core/outbox/preview-wish.ts'
import type { IssueFields, SeenFile } from '#core/outbox/work-judge.ts'
import type { WorkFacts } from '#core/outbox/work-facts.ts'
import { targetOf } from '#core/outbox/work-wish.ts'
import { canonical } from '#core/sharing/versioned.ts'
import type { NewWorkRow, WorkBefore } from '../../db/outbox.ts'
import type { ReadDb } from '../../db/sql.ts'
import type { GitlabIdentities, GitlabIdentity } from '../../gitlab/gitlab-identity.ts'
import type { GitlabWrites } from '../../gitlab/gitlab-writes.ts'
import { inSlices } from '../../in-slices.ts'
import type { Clock } from '../../ports.ts'
import { Refusal } from '../../refusal.ts'
import { RemoteFailure } from '../../transport/remote-failure.ts'
import { changedSince, createSeenStates } from '../seen-states.ts'
import { gatherWork, readFileFact, type GatheredWork } from './gather-work.ts'

/** A change in GitLab and the state the person saw. */
export interface WorkOrder {
  readonly intent: WorkIntent
  readonly stamp: number
}

/** Previews changes in GitLab and makes rows of those that are ordered. */
export interface WorkOrders {
  /** What changes would do, from what is stored; only a file is read for it. Nothing is sent. */
  preview(intents: readonly WorkIntent[]): Promise<WritePreview[]>
  /** @throws {Refusal} when one of them cannot be made, or what it is about has changed since it was previewed. */
  rowsOf(orders: readonly WorkOrder[]): Promise<NewWorkRow[]>
}

/** What it needs. */
export interface WorkOrdersOptions {
  readonly db: ReadDb
  readonly clock: Clock
  /** Null while no GitLab is connected. */
  readonly gitlab: { readonly writes: GitlabWrites; readonly identity: GitlabIdentities } | null
}

/** Creates it; what people saw is remembered until the app ends. */
export function createWorkOrders({ db, clock, gitlab }: WorkOrdersOptions): WorkOrders {
  const issues = createSeenStates<IssueFields>()
  // Files may be long, and people change few of them.
  const files = createSeenStates<SeenFile | null>(50)
  /** Whether customers were said to see it. */
  const visible = createSeenStates<boolean>()
  const sources = (identity: GitlabIdentity | null) =>
    ({ db, connected: gitlab !== null, identity, now: clock.now() }) as const

  async function whoIsIn(): Promise<GitlabIdentity | null> {
    try {
      return gitlab && (gitlab.identity.known() ?? (await gitlab.identity.find()))
    } catch (error) {
      if (error instanceof RemoteFailure || error instanceof Refusal) return null
      throw error
    }
  }

  async function filesOf(intents: readonly WorkIntent[]): Promise<ReadonlyMap<WorkIntent, WorkFacts['file']>> {
    const facts = new Map<WorkIntent, WorkFacts['file']>()
    for (const intent of intents) {
      if (gitlab && intent.kind === 'file-change') facts.set(intent, await readFileFact(gitlab.writes, intent))
    }
    return facts
  }

  /** Remembers what was seen, and names its state. */
  function stampOf({ wish, issue }: GatheredWork, file: WorkFacts['file']): number {
    if (issue) {
      issues.set(`${targetOf(wish)} ${issue.updatedAt}`, issue)
      return issue.updatedAt
    }
    if (wish.kind !== 'file-change' || file === null || 'problem' in file) return 0
    const at = clock.now()
    files.set(fileKey(wish, at), file.seen)
    return at
  }

  function rowOf({ intent, stamp }: WorkOrder, identity: GitlabIdentity | null): NewWorkRow {
    const seenFile = intent.kind === 'file-change' ? files.get(fileKey(intent, stamp)) : undefined
    const gathered = gatherWork(sources(identity), intent, seenFile === undefined ? null : { seen: seenFile })
    const { issue, preview, subject, url } = gathered
    if (preview.refusal?.kind === 'no-way') throw new Refusal('refused', preview.refusal.words)
    if (intent.kind === 'file-change' && seenFile === undefined) throw changedSince(intent.path)
    if (preview.customerSees.visible && visible.get(intentKey(intent)) === false) throw seenByMore(preview.customerSees)
    const seen = issues.get(`${targetOf(intent)} ${stamp}`) ?? (issue?.updatedAt === stamp ? issue : undefined)
    if (issue && !seen) throw changedSince(`#${issue.iid}`)
    // It is known by now, or the preview had refused it.
    if (!identity) throw new Error('a change in GitLab was previewed without anybody signed in')
    return {
      ...{ host: 'gitlab', wish: intent, subject, url, stamp, marker: randomUUID() },
      byId: identity.user.id,
      words: preview.words,
      customerSees: preview.customerSees,
      before: beforeOf(intent, seen, seenFile),
      createdAt: clock.now(),
    }
  }

  return {
    async preview(intents) {
      if (intents.length === 0) return []
      const identity = await whoIsIn()
      const seenFiles = await filesOf(intents)
      return inSlices(intents, (intent) => {
        const file = seenFiles.get(intent) ?? null
        const gathered = gatherWork(sources(identity), intent, file)
        const { words, customerSees, warnings, refusal } = gathered.preview
        visible.set(intentKey(intent), customerSees.visible)
        return {
          ...{ intent, subject: gathered.subject, words },
          customerSees: { ...customerSees },
          warnings: [...warnings],
          refusal: refusal?.words ?? null,
          stamp: stampOf(gathered, file),
        }
      })
    },
    async rowsOf(orders) {
      if (orders.length === 0) return []
      const identity = await whoIsIn()
      return inSlices(orders, (order) => rowOf(order, identity))
    },
  }
}

function fileKey({ projectId, path }: { readonly projectId: number; readonly path: string }, stamp: number): string {
  return `${projectId} ${path} ${stamp}`
}

function intentKey(intent: WorkIntent): string {
  return createHash('sha256').update(canonical(intent)).digest('base64')
}

/** What is compared later with what is there then. */
function beforeOf(intent: WorkIntent, issue: IssueFields | undefined, file: SeenFile | null | undefined): WorkBefore {
  switch (intent.kind) {
    case 'file-change':
      return file === undefined ? {} : { file }
    case 'issue-text':
      return issue ? { title: issue.title, description: issue.description } : {}
    case 'issue-labels':
      return issue ? { labels: issue.labels } : {}
    case 'issue-state':
      return issue ? { state: issue.state } : {}
    case 'issue-task':
    case 'issue-comment':
    case 'create-issue':
    case 'create-label':
    case 'subscribe-label':
    case 'create-board':
      return {}
  }
}

function seenByMore({ words }: CustomerSees): Refusal {
  return new Refusal('refused', `Who sees this has changed since you looked. ${words} Look at it once more.`)
}
