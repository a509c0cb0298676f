import { z } from 'zod'
import type { WorkItem } from '../world/issue.ts'

const states = z.enum(['opened', 'closed', 'all'])
const scopes = z.enum(['created-by-me', 'assigned-to-me', 'created_by_me', 'assigned_to_me', 'all'])
const orders = z.enum(['created_at', 'updated_at', 'due_date', 'title'])
const instant = z.string().refine((text) => !Number.isNaN(Date.parse(text)))
const whole = z.string().regex(/^\d+$/)

const keys = {
  state: states,
  scope: scopes,
  order_by: orders,
  sort: z.enum(['asc', 'desc']),
  issue_type: z.enum(['issue', 'incident', 'test_case', 'requirement', 'task', 'ticket']),
  confidential: z.enum(['true', 'false']),
  updated_after: instant,
  updated_before: instant,
  created_after: instant,
  created_before: instant,
  author_id: whole,
  page: whole,
  per_page: whole,
} as const

/** What is wrong with a query in GitLab's words, or null. Keys that GitLab does not know are ignored, as it does. */
export function faultIn(query: URLSearchParams): string | null {
  for (const [key, schema] of Object.entries(keys)) {
    const value = query.get(key)
    if (value === null || schema.safeParse(value).success) continue
    return schema instanceof z.ZodEnum ? `${key} does not have a valid value` : `${key} is invalid`
  }
  return null
}

const list = (query: URLSearchParams, key: string): readonly string[] =>
  [...query.getAll(key), ...query.getAll(`${key}[]`)].flatMap((text) => text.split(',')).filter((text) => text !== '')

/** The issues a query asks for, in its order. Labels are joined by *and*, and their case counts. */
export function selectIssues<Item extends WorkItem>(
  issues: readonly Item[],
  query: URLSearchParams,
  meId: number,
): readonly Item[] {
  const state = query.get('state') ?? 'all'
  const scope = (query.get('scope') ?? 'all').replaceAll('-', '_')
  const labels = list(query, 'labels')
  const withoutLabels = list(query, 'not[labels]')
  const iids = list(query, 'iids').map(Number)
  const time = (key: string, missing: number): number => {
    const text = query.get(key)
    return text === null ? missing : Date.parse(text)
  }
  const updatedAfter = time('updated_after', -Infinity)
  const updatedBefore = time('updated_before', Infinity)
  const createdAfter = time('created_after', -Infinity)
  const createdBefore = time('created_before', Infinity)
  const confidential = query.get('confidential')
  const author = query.get('author_id')
  const authorName = query.get('author_username')
  const search = searchFor(query)
  const hasLabels = (issue: Item): boolean => {
    if (labels.length === 1 && labels[0]?.toLowerCase() === 'none') return issue.labels.length === 0
    if (labels.length === 1 && labels[0]?.toLowerCase() === 'any') return issue.labels.length > 0
    return labels.every((label) => issue.labels.includes(label))
  }
  const chosen = issues.filter(
    (issue) =>
      (state === 'all' || issue.state === state) &&
      (scope !== 'assigned_to_me' || issue.assignees.some(({ id }) => id === meId)) &&
      (scope !== 'created_by_me' || issue.author.id === meId) &&
      hasLabels(issue) &&
      !withoutLabels.some((label) => issue.labels.includes(label)) &&
      (iids.length === 0 || iids.includes(issue.iid)) &&
      issue.updatedAt >= updatedAfter &&
      issue.updatedAt <= updatedBefore &&
      issue.createdAt >= createdAfter &&
      issue.createdAt <= createdBefore &&
      (confidential === null || String(issue.confidential) === confidential) &&
      (author === null || issue.author.id === Number(author)) &&
      (authorName === null || issue.author.username === authorName) &&
      search(issue),
  )
  return order(chosen, query.get('order_by') ?? 'created_at', query.get('sort') === 'asc' ? 1 : -1)
}

const wordsIn = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? []

/**
 * Looks for words as GitLab's text search does: every one of them has to begin a word of the title or description, or of what `in` names.
 * What is in a comment of HTML is not searched, since the database takes such a comment for a tag.
 */
function searchFor(query: URLSearchParams): (item: WorkItem) => boolean {
  const wanted = wordsIn(query.get('search') ?? '')
  const fields = list(query, 'in')
  const isIn = (field: string): boolean => fields.length === 0 || fields.includes(field)
  return ({ title, description }) => {
    if (wanted.length === 0) return true
    const text = `${isIn('title') ? title : ''}\n${isIn('description') ? (description ?? '') : ''}`
    const words = wordsIn(text.replaceAll(/<!--[\s\S]*?-->|<[^>]*>/g, ' '))
    return wanted.every((word) => words.some((one) => one.startsWith(word)))
  }
}

function order<Item extends WorkItem>(issues: Item[], by: string, direction: 1 | -1): readonly Item[] {
  const compare = (a: Item, b: Item): number => {
    switch (by) {
      case 'updated_at':
        return a.updatedAt - b.updatedAt || a.id - b.id
      case 'title':
        return a.title.localeCompare(b.title) || a.id - b.id
      case 'due_date':
        return (a.dueDate ?? '9999').localeCompare(b.dueDate ?? '9999') || a.id - b.id
      default:
        return a.createdAt - b.createdAt || a.id - b.id
    }
  }
  return issues.sort((a, b) => compare(a, b) * direction)
}
