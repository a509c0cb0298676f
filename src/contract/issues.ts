import { oc } from '@orpc/contract'
import { z } from 'zod'
import { instantMs, zendeskId } from './values.ts'

/** A labelled GitLab issue of an account: proactive work. */
export const issueRecord = z.object({
  projectId: z.number().int().positive(),
  iid: z.number().int().positive(),
  accountId: zendeskId,
  title: z.string(),
  state: z.string(),
  labels: z.array(z.string()),
  assignees: z.array(z.string()),
  reference: z.string(),
  url: z.url(),
  confidential: z.boolean(),
  dueDate: z.string().nullable(),
  tasksDone: z.number().int(),
  tasksTotal: z.number().int(),
  createdAt: instantMs,
  updatedAt: instantMs,
})
export type IssueRecord = z.infer<typeof issueRecord>

export const issues = {
  /** Labelled issues, last changed first. */
  list: oc
    .input(
      z.object({
        accountId: zendeskId.optional(),
        state: z.enum(['opened', 'closed', 'all']).default('all'),
        limit: z.number().int().min(1).max(1000).default(500),
        offset: z.number().int().min(0).default(0),
      }),
    )
    .output(z.object({ issues: z.array(issueRecord), total: z.number().int() })),
}
