import type { ConflictSide } from '#core/outbox/judge-wish.ts'
import type { Issue, IssueNote } from '#core/issues/issue.ts'
import type { SeenFile } from '#core/outbox/work-judge.ts'
import type { WorkWish } from '#core/outbox/work-wish.ts'
import type { WorkBefore, WorkRow } from '../../db/outbox.ts'
import type { GitlabIdentities } from '../../gitlab/gitlab-identity.ts'
import type { GitlabWrites } from '../../gitlab/gitlab-writes.ts'
import type { RemoteFailure } from '../../transport/remote-failure.ts'
import type { SharedWork } from '../outbox-work.ts'

/** What the parts share that write to GitLab. */
export interface GitlabWork extends SharedWork {
  readonly writes: GitlabWrites
  readonly identity: GitlabIdentities
  /** Host of our Zendesk, by which addresses of tickets are known in texts; null: there is none. */
  readonly zendeskHost: string | null
  /** Told when stored issues are not what they were. */
  readonly onIssues: () => void
}

/** A row about a certain kind of wish. */
export type RowOf<Wish extends WorkWish> = Omit<WorkRow, 'wish'> & { readonly wish: Wish }

/** What was read when a change was found to be made. */
export interface SeenWork {
  readonly url?: string
  readonly issue?: Issue
  readonly notes?: readonly IssueNote[]
  readonly file?: SeenFile
  /** What a person should know of it all the same: it was there already, a label is spelt otherwise. */
  readonly words?: string | null
}

/** One call that changes something. */
export interface SendStep {
  readonly kind: 'send'
  /** By what is known later whether something happened since: `updated_at` of the issue, or the time here. */
  readonly stamp: number
  /** True for a further call of an order of several. */
  readonly continues?: boolean
  /** Hands it to GitLab, once. `done` false: another call has to follow. */
  call(): Promise<{ readonly done: boolean; readonly before: WorkBefore; readonly url?: string }>
  /** What is kept when GitLab refuses this call and the order goes on without it; left out: the order has failed. */
  readonly withoutIt?: WorkBefore
  /** True where a refusal may mean that it moved meanwhile: it is looked at once more before that is said. */
  readonly looksAgain?: boolean
  /** Other words for certain refusals, or null. */
  refusedWords?(failure: RemoteFailure): string | null
}

/** What is to be done next about a row, now that what it is about has been looked at. */
export type WorkStep =
  | ({ readonly kind: 'verified' } & SeenWork)
  | { readonly kind: 'failed'; readonly words: string }
  | { readonly kind: 'conflict'; readonly sides: readonly ConflictSide[]; readonly before: WorkBefore }
  /** GitLab took it, and it is not to be seen so far. */
  | { readonly kind: 'unseen' }
  /** It may have been handed over, and may be carried out still. */
  | { readonly kind: 'wait'; readonly untilMs: number }
  | SendStep

/**
 * GitLab ends a request that takes longer than a minute, so that one whose answer was lost is carried out by then, or never. What
 * would be there twice is not sent again before.
 */
const carriedOutWithinMs = 75_000

/** Whether what was handed over may still be carried out, so that not finding it proves nothing; null: it may be sent. */
export function stillOpen(work: GitlabWork, row: Pick<WorkRow, 'sendingAt'>): WorkStep | null {
  if (row.sendingAt === null) return null
  const untilMs = row.sendingAt + carriedOutWithinMs
  return work.clock.now() < untilMs ? { kind: 'wait', untilMs } : null
}
