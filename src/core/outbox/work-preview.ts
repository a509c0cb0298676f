import { ageWords, agoWords } from '../age-words.ts'
import type { CustomerSees, WishPreview } from './preview-wish.ts'
import type { WorkFacts } from './work-facts.ts'
import { issueHolds } from './work-judge.ts'
import { workRefusal } from './work-refusal.ts'
import { issueName, requestWords } from './work-words.ts'
import type { WorkWish } from './work-wish.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
/** What changed less long ago than this may be changing still. */
const recentlyMs = hourMs
/** What was read longer ago than this is not called fresh. */
const freshForMs = 30 * minuteMs

/** Says what a change in GitLab would do, who would see it, what to think of first, and whether it can be done at all. */
export function previewWork(wish: WorkWish, facts: WorkFacts): WishPreview {
  const refused = workRefusal(wish, facts)
  return {
    words: requestWords(wish, facts),
    customerSees: whoSeesWork(wish, facts),
    warnings: warningsOf(wish, facts),
    refusal: refused === null ? holdsRefusal(wish, facts) : { kind: 'no-way', words: refused },
  }
}

function whoSeesWork(wish: WorkWish, { project }: WorkFacts): CustomerSees {
  if (wish.kind === 'subscribe-label') {
    return { visible: false, words: 'Nobody else is shown what you are subscribed to.' }
  }
  if (!project)
    return { visible: true, words: 'Who may see this project is not known here. Take it that the customer does.' }
  const isHeldBack =
    (wish.kind === 'issue-comment' && wish.internal) || (wish.kind === 'create-issue' && wish.confidential)
  if (!isHeldBack || !project.customerSees.visible) return project.customerSees
  const what = wish.kind === 'issue-comment' ? 'An internal note' : 'A confidential issue'
  return {
    visible: true,
    words: `${project.customerSees.words} ${what} too: customers are members of the project.`,
  }
}

function warningsOf(wish: WorkWish, facts: WorkFacts): string[] {
  const { issue, now, waiting, coveredAse } = facts
  const age = issue ? now - issue.freshAsOf : 0
  const since = issue ? now - issue.updatedAt : Infinity
  return [
    ...(coveredAse === null
      ? []
      : [
          `This account’s proactive work is ${coveredAse}’s. Covering means its tickets; leave this unless you agreed on it.`,
        ]),
    ...(since >= 0 && since < recentlyMs ? [`This issue changed ${agoWords(since)}.`] : []),
    ...(issue && issue.state !== 'opened' && wish.kind !== 'issue-state' ? ['This issue is closed.'] : []),
    ...(issue && age > freshForMs
      ? [`What is stored of this issue is ${ageWords(age)} old. Understudy reads it again before anything is sent.`]
      : []),
    ...(waiting.length > 0
      ? [
          `Earlier changes to this ${'iid' in wish ? 'issue' : 'project'} that are still to be made: ${waiting.length}. This one comes after them.`,
        ]
      : []),
  ]
}

function holdsRefusal(wish: WorkWish, { issue, file, waiting }: WorkFacts): WishPreview['refusal'] {
  if (waiting.length > 0) return null
  if (wish.kind === 'file-change') {
    const isThere = file && 'seen' in file && file.seen?.content === wish.content
    return isThere ? { kind: 'holds', words: `${wish.path} has this content already.` } : null
  }
  const isAboutFields =
    wish.kind === 'issue-labels' ||
    wish.kind === 'issue-state' ||
    wish.kind === 'issue-task' ||
    wish.kind === 'issue-text'
  if (!isAboutFields || !issue || !issueHolds(wish, issue)) return null
  const name = issueName(issue)
  switch (wish.kind) {
    case 'issue-labels':
      return { kind: 'holds', words: `${name} has these labels already.` }
    case 'issue-state':
      return { kind: 'holds', words: `${name} is ${wish.state === 'opened' ? 'open' : 'closed'} already.` }
    case 'issue-task':
      return { kind: 'holds', words: `This task is ${wish.done ? 'done' : 'open'} already.` }
    case 'issue-text':
      return { kind: 'holds', words: `${name} says this already.` }
  }
}
