import { oc } from '@orpc/contract'
import { z } from 'zod'
import { errors } from './errors.ts'
import { instantMs, zendeskId } from './values.ts'
import { workProject } from './work-project.ts'

const issueKey = z.object({
  kind: z.enum(['issue', 'epic']),
  /** Id of the project, of an epic that of its group. */
  projectId: z.number().int().positive(),
  iid: z.number().int().positive(),
})

/** A labelled GitLab issue or epic of an account: proactive work. */
export const issueRecord = issueKey.extend({
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
  /** Notes that are stored. */
  notes: z.number().int(),
  /** Why it is in the account's list no more; null while it is. GitLab says `out-of-sight` of what is deleted and of what we may not see. */
  fate: z.enum(['unlabelled', 'moved', 'out-of-sight']).nullable(),
  /** Where it was moved to, as far as that is stored here. */
  movedTo: z.object({ reference: z.string(), url: z.url() }).nullable(),
  /** Tickets whose addresses stand in its text or in a note. */
  ticketIds: z.array(zendeskId),
  createdAt: instantMs,
  updatedAt: instantMs,
  /** Its last change or note, whichever is later. */
  lastActivityAt: instantMs,
})
export type IssueRecord = z.infer<typeof issueRecord>

/** An issue or epic with what was written on it. */
export const issueDetail = z.object({
  issue: issueRecord,
  /** Markdown. */
  description: z.string(),
  notes: z.array(
    z.object({
      id: z.number().int(),
      author: z.string(),
      /** GitLab's internal note: seen by members of the project only, of a customer's project its people among them. */
      internal: z.boolean(),
      /** Markdown. */
      text: z.string(),
      createdAt: instantMs,
      updatedAt: instantMs,
    }),
  ),
})
export type IssueDetail = z.infer<typeof issueDetail>

/** Where a piece of work belongs (rule 16). */
export const workAdvice = z.object({
  /** `reactive`: a ticket. `proactive`: an issue or epic. `interactive`: Slack or a call. */
  belongs: z.enum(['reactive', 'proactive', 'interactive']),
  /** False when the words point both ways; `because` says what to decide by. */
  sure: z.boolean(),
  /** Where that is, in words: `A ticket in Zendesk`. */
  where: z.string(),
  because: z.array(z.object({ words: z.string(), source: z.string() })).min(1),
  /** What else to do: what is said in an emergency is captured in the ticket at once. */
  alsoDo: z.array(z.string()),
  /** What it could be instead, and what would make it so. */
  otherwise: z.array(z.object({ belongs: z.enum(['reactive', 'proactive', 'interactive']), words: z.string() })),
})
export type WorkAdvice = z.infer<typeof workAdvice>

export const issues = {
  /** Labelled issues and epics, last changed first. `opened` leaves out what is in the account's list no more. */
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
  /** One of them with its description and notes. */
  get: oc.errors({ NOT_FOUND: errors.NOT_FOUND }).input(issueKey).output(issueDetail),
  /** Projects of an account in which work can be written down, asked from GitLab; those seen before where it cannot be asked. */
  projects: oc
    .errors({ NOT_FOUND: errors.NOT_FOUND, REFUSED: errors.REFUSED })
    .input(z.object({ accountId: zendeskId }))
    .output(z.object({ projects: z.array(workProject), asOf: instantMs.nullable() })),
  /** Where a piece of work belongs, by its description. Nothing is stored or sent. */
  placeWork: oc.input(z.object({ text: z.string().trim().min(1).max(20_000) })).output(workAdvice),
}
