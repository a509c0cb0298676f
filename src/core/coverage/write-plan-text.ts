import type { ChecklistStep } from './plan-checklist.ts'
import { planOf, type EntryRequest, type PlanDocument } from './plan-document.ts'
import { datedWords, isoDay, type PlanWords } from './plan-words.ts'
import { textPrint } from './text-print.ts'

/** What marks a plan inside a text, and the form it is written in. */
export const planMark = { kind: 'coverage-plan', format: 1 } as const

/** A plan as a file: everything it holds, for another Understudy. */
export function writePlanFile(document: PlanDocument): string {
  const file = { understudy: planMark.kind, format: planMark.format, plan: document }
  // Marks that Markdown or HTML would take for their own are written as escapes, which JSON reads back as they were.
  const text = JSON.stringify(file, null, 2).replaceAll(/[`<>&\u2028\u2029]/g, escaped)
  return `${text}\n`
}

/**
 * A plan as a person reads it: title, who covers what, checklist; at its end the whole of it as `writePlanFile` writes it, folded
 * away, so that another Understudy loses nothing, with a print of what stands above it, which tells whether somebody changed that.
 */
export function writePlanMarkdown(
  document: PlanDocument,
  checklist: readonly ChecklistStep[],
  words: PlanWords,
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
    `# ${inline(planTitle(document, words))}`,
    ...(plan.removedAt === null ? [] : ['**This absence was taken away. Nobody needs to cover.**']),
    `${inline(personName(plan.aseId))} is away from ${instant(plan.startsAt)} until ${instant(plan.endsAt)}. All times are those of ${timeZone}.`,
    table.map((cells) => `| ${cells.map((cell) => (cell === '---' ? cell : inline(cell))).join(' | ')} |`).join('\n'),
    '## Checklist',
    checklist.map(stepLine).join('\n'),
  ].join('\n\n')
  return [
    visible,
    '<details>\n<summary>For Understudy: the plan itself. Leave it as it is.</summary>',
    `\`\`\`json\n${writePlanFile(document)}\`\`\``,
    `<!-- as written: ${textPrint(visible)} -->`,
    '</details>\n',
  ].join('\n\n')
}

/** A step of the checklist as the line of a task. */
export function stepLine({ doneAt, dueOn, words }: Pick<ChecklistStep, 'doneAt' | 'dueOn' | 'words'>): string {
  return `- [${doneAt === null ? ' ' : 'x'}] ${dueOn}: ${inline(words)}`
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

/** Text from people as one line in which nothing is taken for Markdown or HTML. */
function inline(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\`*_[\]<>|#~&@!]/g, '\\$&')
    .replaceAll(/\\([<&])/g, (_, sign) => {
      return sign === '<' ? '&lt;' : '&amp;'
    })
}

function escaped(sign: string): string {
  return `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`
}
