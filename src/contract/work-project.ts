import { z } from 'zod'

/** A GitLab project in which work can be written down. */
export const workProject = z.object({
  id: z.number().int().positive(),
  /** `group/subgroup/project`. */
  path: z.string(),
  url: z.url(),
  /** Whether customers see what is written there, and how we know. */
  customerSees: z.object({ visible: z.boolean(), words: z.string() }),
  /** Whether this sign-in may write issues there; null where GitLab did not tell. */
  mayWrite: z.boolean().nullable(),
})
export type WorkProject = z.infer<typeof workProject>
