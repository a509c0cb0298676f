import { z } from 'zod'

const projectId = z.number().int().positive()
const issue = { projectId, iid: z.number().int().positive() }
const title = z.string().trim().min(1).max(255)
/** Characters that GitLab takes in the text of an issue: a handoff of many tickets needs them. */
export const longestDescription = 1_000_000

/** Markdown. */
const description = z.string().max(longestDescription)
/** The same of what people read to its end. */
const markdown = z.string().max(200_000)
/** GitLab takes no comma in a label. */
const label = z
  .string()
  .trim()
  .min(1)
  .max(255)
  .regex(/^[^,]*$/, 'has no comma')
const gitlabUserIds = z.array(projectId).max(20)

/**
 * One change in GitLab that a person wants made. Projects are named by their ids, which stay when a project is moved; people by
 * their GitLab user ids.
 */
export const workIntent = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('create-issue'),
    projectId,
    title,
    description,
    labels: z.array(label).max(20),
    assigneeIds: gitlabUserIds,
    confidential: z.boolean(),
    /** Calendar day. */
    dueDate: z.iso.date().nullable(),
  }),
  z.object({ kind: z.literal('issue-comment'), ...issue, body: markdown.trim().min(1), internal: z.boolean() }),
  z.object({ kind: z.literal('issue-labels'), ...issue, add: z.array(label).max(20), remove: z.array(label).max(20) }),
  z.object({ kind: z.literal('issue-state'), ...issue, state: z.enum(['opened', 'closed']) }),
  /** Ticks one task of the description, or takes that back: the `nth` (from 0) of those with this text. */
  z.object({
    kind: z.literal('issue-task'),
    ...issue,
    text: z.string().min(1).max(2000),
    nth: z.number().int().nonnegative(),
    done: z.boolean(),
  }),
  /** Puts another description in place of the one the person saw. */
  z.object({ kind: z.literal('issue-text'), ...issue, title: title.optional(), description }),
  z.object({
    kind: z.literal('create-label'),
    projectId,
    name: label,
    color: z.string().regex(/^#[0-9a-fA-F]{6}$/, 'is a colour like #6699cc'),
    description: z.string().max(255),
  }),
  z.object({ kind: z.literal('subscribe-label'), projectId, name: label }),
  /** A board that shows one label only: scoped to it where the licence allows, else with a single list of it. */
  z.object({ kind: z.literal('create-board'), projectId, name: title, label }),
  /** Another content for a file, or a new file: straight into the default branch, or as a merge request. */
  z.object({
    kind: z.literal('file-change'),
    projectId,
    path: z.string().min(1).max(1024),
    content: z.string().max(1_000_000),
    by: z.enum(['commit', 'merge-request']),
    /** Of the commit, and of the merge request. */
    title,
    /** Of the merge request. */
    description: markdown,
    /** Of the merge request. */
    assigneeIds: gitlabUserIds,
  }),
])
export type WorkIntent = z.infer<typeof workIntent>
