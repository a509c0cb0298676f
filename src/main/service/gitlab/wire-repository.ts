import { z } from 'zod'

/** A file of a repository. */
export interface GitlabFile {
  readonly content: string
  /** The commit that changed it last. */
  readonly lastCommitId: string
}

/** A branch, and what may be done with it. */
export interface GitlabBranch {
  readonly name: string
  readonly isProtected: boolean
  /** Whether whoever is signed in may push to it; null where GitLab did not tell. */
  readonly canPush: boolean | null
}

/** A merge request as far as it is found again. */
export interface GitlabMergeRequest {
  readonly iid: number
  readonly url: string
  readonly state: 'opened' | 'closed' | 'merged' | 'locked'
  readonly sourceBranch: string
  readonly targetBranch: string
}

/** A file with its content. */
export const wireFile = z
  .object({ content: z.string(), encoding: z.string().nullish(), last_commit_id: z.string() })
  .transform((wire): GitlabFile => ({
    content: wire.encoding === 'text' ? wire.content : Buffer.from(wire.content, 'base64').toString('utf8'),
    lastCommitId: wire.last_commit_id,
  }))

/** A branch. */
export const wireBranch = z
  .object({ name: z.string(), protected: z.boolean().nullish(), can_push: z.boolean().nullish() })
  .transform((wire): GitlabBranch => ({
    name: wire.name,
    isProtected: wire.protected ?? false,
    canPush: wire.can_push ?? null,
  }))

/** The answer to a commit. */
export const wireCommit = z
  .object({ id: z.string(), web_url: z.url().nullish() })
  .transform((wire) => ({ id: wire.id, url: wire.web_url ?? null }))

/** A merge request. */
export const wireMergeRequest = z
  .object({
    iid: z.number().int().positive(),
    web_url: z.url(),
    state: z.enum(['opened', 'closed', 'merged', 'locked']),
    source_branch: z.string(),
    target_branch: z.string(),
  })
  .transform((wire): GitlabMergeRequest => ({
    iid: wire.iid,
    url: wire.web_url,
    state: wire.state,
    sourceBranch: wire.source_branch,
    targetBranch: wire.target_branch,
  }))
