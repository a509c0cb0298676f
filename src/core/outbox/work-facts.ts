import type { InstantMs } from '../instant.ts'
import type { CustomerSees } from './preview-wish.ts'
import type { IssueFields, SeenFile } from './work-judge.ts'
import type { WorkWish } from './work-wish.ts'

/** A stored issue as a preview looks at it. */
export type PreviewedIssue = IssueFields & {
  readonly iid: number
  readonly confidential: boolean
  /** Why its account's list shows it no more; null while it does. */
  readonly fate: 'unlabelled' | 'moved' | 'out-of-sight' | null
  readonly updatedAt: InstantMs
  /** When it was last known to be as it is stored. */
  readonly freshAsOf: InstantMs
}

/** A project as a preview looks at it. */
export interface PreviewedProject {
  readonly path: string
  /** Who sees what is written there, and how we know. */
  readonly customerSees: CustomerSees
  /** The role there of whoever is signed in, as GitLab counts it; null where it did not tell. */
  readonly accessLevel: number | null
}

/** Everything a preview of a change in GitLab needs to know. */
export interface WorkFacts {
  /** Whether a GitLab is connected. */
  readonly connected: boolean
  /** Null when nothing is stored of the project. */
  readonly project: PreviewedProject | null
  /** The issue it is about; null when it is not stored, and for changes that are not about one. */
  readonly issue: PreviewedIssue | null
  /** Of a change to a file: the file as it was just read (null: there is none), or why it could not be read, in words. */
  readonly file: { readonly seen: SeenFile | null } | { readonly problem: string } | null
  /** Who is signed in at GitLab, or null while nobody is known. */
  readonly me: { readonly id: number; readonly name: string } | null
  /** Whether the sign-in may write; null while it is not known. */
  readonly mayWrite: boolean | null
  /** The ASE whose account it is, while I cover for them: its proactive work is theirs. */
  readonly coveredAse: string | null
  /** Changes to the same that are not settled yet, as the person pressed them. */
  readonly waiting: readonly WorkWish[]
  readonly now: InstantMs
}
