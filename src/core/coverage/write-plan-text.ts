import { inlineMarkdown } from '../sharing/inline-markdown.ts'
import { withFolded } from '../sharing/issue-part.ts'
import { sharedJson, type SharedMark } from '../sharing/embedded-text.ts'
import type { ChecklistStep } from './plan-checklist.ts'
import { planOf, type EntryRequest, type PlanDocument } from './plan-document.ts'
import { datedWords, isoDay, type PlanWords } from './plan-words.ts'

/** What marks a plan inside a text, and the form it is written in. */
export const planMark = { kind: 'coverage-plan', format: 1 } as const satisfies SharedMark

/** How the handoff of an account of a plan stands, for the readers of the plan. */
export interface HandoffMention {
  readonly accountId: number
  /** How far it is, in words. */
  readonly words: string
  /** Of the issue it is in, `group/project#12`; null where it is in none. */
  readonly reference: string | null
}

/** A plan as a file: everything it holds, for another Understudy. */
export function writePlanFile(document: PlanDocument): string {
  return `${sharedJson({ understudy: planMark.kind, format: planMark.format, plan: document }, 2)}\n`
}

/**
 * A plan as a person reads it: title, who covers what, how the handoffs stand, checklist; at its end the whole of it as `writePlanFile` writes it, folded
 * away, so that another Understudy loses nothing, with a print of what stands above it, which tells whether somebody changed that.
 */
export function writePlanMarkdown(
  document: PlanDocument,
  checklist: readonly ChecklistStep[],
  words: PlanWords,
  handoffs: readonly HandoffMention[] = [],
): string {
  const plan = planOf(document)
  const { timeZone, personName, accountName } = words
  const instant = (at: number) => datedWords(at, timeZone)
  const rows = plan.entries.map((entry) => [
    accountName(entry.accountId),
    personName(entry.coverId),
    instant(entry.startsAt),
    instant(entry.endsAt),
    requestCell(entry.request),
  ])
  const open = plan.accountIds
    .filter((id) => !plan.entries.some(({ accountId }) => accountId === id))
    .map((id) => [accountName(id), 'nobody yet', '', '', ''])
  const table = [['Account', 'Covering engineer', 'From', 'Until', 'Accepted?'], Array(5).fill('---'), ...rows, ...open]
  const visible = [
    `# ${inlineMarkdown(planTitle(document, words))}`,
    ...(plan.removedAt === null ? [] : ['**This absence was taken away. Nobody needs to cover.**']),
    `${inlineMarkdown(personName(plan.aseId))} is away from ${instant(plan.startsAt)} until ${instant(plan.endsAt)}. All times are those of ${timeZone}.`,
    table
      .map((cells) => `| ${cells.map((cell) => (cell === '---' ? cell : inlineMarkdown(cell))).join(' | ')} |`)
      .join('\n'),
    ...(handoffs.length === 0 ? [] : [handoffSection(handoffs, words)]),
    '## Checklist',
    checklist.map(stepLine).join('\n'),
  ].join('\n\n')
  return withFolded(visible, 'plan', writePlanFile(document))
}

/** How the handoffs of a plan stand, as a part of its Markdown. */
export function handoffSection(handoffs: readonly HandoffMention[], { accountName }: PlanWords): string {
  const rows = handoffs.map(
    ({ accountId, words, reference }) =>
      `| ${inlineMarkdown(accountName(accountId))} | ${inlineMarkdown(words)} | ${issueLink(reference)} |`,
  )
  return ['## Handoffs\n', '| Account | How it stands | Issue |', '| --- | --- | --- |', ...rows].join('\n')
}

/** A step of the checklist as the line of a task. */
export function stepLine({ doneAt, dueOn, words }: Pick<ChecklistStep, 'doneAt' | 'dueOn' | 'words'>): string {
  return `- [${doneAt === null ? ' ' : 'x'}] ${dueOn}: ${inlineMarkdown(words)}`
}

/** What a coverage issue of the plan is called: `Coverage for Dana Whitfield from 2026-12-21 until 2026-12-28`. */
export function planTitle(document: PlanDocument, { timeZone, personName }: PlanWords): string {
  const { aseId, startsAt, endsAt } = planOf(document)
  // The last day of an absence that ends at midnight is the day before.
  const last = Math.max(startsAt, endsAt - 1)
  return `Coverage for ${personName(aseId).replaceAll(/\s+/g, ' ').trim()} from ${isoDay(startsAt, timeZone)} until ${isoDay(last, timeZone)}`
}

function requestCell({ state, words }: EntryRequest): string {
  const answer = { draft: 'not asked', asked: 'asked', accepted: 'yes', declined: 'declined' }[state]
  return words === null ? answer : `${answer}: “${words}”`
}

/** GitLab makes a link of a reference that stands as it is. */
function issueLink(reference: string | null): string {
  if (reference === null) return ''
  return /^[\w./-]+#\d+$/.test(reference) ? reference : inlineMarkdown(reference)
}
