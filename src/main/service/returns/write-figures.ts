import type { FigureDay, ReturnFigures } from '#contract/return-figures.ts'
import { datedWords, isoDay, listed } from '#core/coverage/plan-words.ts'
import { counted } from '#core/return-meeting/row-words.ts'
import { inlineMarkdown } from '#core/sharing/inline-markdown.ts'
import { csvText } from '../sharing/csv.ts'
import { fileNameOf } from '../sharing/file-name.ts'

/** What figures are written as. */
export type FigureFormat = 'markdown' | 'csv'

const endings = { markdown: 'md', csv: 'csv' } as const

/**
 * The figures of a coverage as a file, for people who do not work on its tickets: nothing that a customer wrote is in it.
 *
 * @param timeZone whose calendar the days of its name and heading are by.
 */
export function writeFigures(
  figures: ReturnFigures,
  format: FigureFormat,
  timeZone: string,
): { readonly name: string; readonly text: string } {
  const { accountName, since, until } = figures
  const lastDay = isoDay(Math.max(since, until - 1), timeZone)
  const name = `return-${fileNameOf(accountName, 'account')}-${lastDay}.${endings[format]}`
  return { name, text: format === 'csv' ? figuresCsv(figures) : figuresMarkdown(figures, timeZone) }
}

/** Each figure by its name, and how it is reckoned. */
const reckonings = [
  ['ticketsHandled', 'Tickets handled', 'tickets on which {cover} wrote or changed anything'],
  ['opened', 'Tickets opened', 'tickets that were opened, or moved to the account'],
  ['solved', 'Tickets solved', 'tickets that were solved, by anybody, also where they were opened again'],
  [
    'transferred',
    'Tickets transferred',
    'tickets that {cover} assigned to somebody, and those transferred in the return meeting',
  ],
  ['replies', 'Public replies', 'by {cover}'],
  ['notes', 'Internal notes', 'by {cover}'],
  ['emergencies', 'Emergencies', 'tickets that were, or became, an emergency'],
  ['breachesAvoided', 'Breaches avoided', 'SLA clocks that a public reply by {cover} ended before they ran out'],
  ['nearlyMissed', 'Nearly missed', 'SLA clocks that were answered in their last tenth, by anybody'],
  ['breached', 'Breached', 'SLA clocks that ran out'],
] as const satisfies readonly (readonly [keyof ReturnFigures, string, string])[]

function figuresMarkdown(figures: ReturnFigures, timeZone: string): string {
  const { accountName, aseName, coverNames, since, until, days } = figures
  const cover = inlineMarkdown(listed(coverNames))
  const workingDays = days.filter(({ working }) => working).length
  const [at, to] = [since, until].map((instant) => datedWords(instant, timeZone))
  return `${[
    `# ${inlineMarkdown(accountName)}, covered for ${inlineMarkdown(aseName)}`,
    `**${cover} handled ${counted(figures.ticketsHandled, 'ticket', 'tickets')} in ${counted(workingDays, 'working day', 'working days')}: ${counted(figures.replies, 'public reply', 'public replies')}, ${counted(figures.breachesAvoided, 'breach', 'breaches')} avoided, ${counted(figures.breached, 'clock', 'clocks')} ran out.**`,
    `From ${at} until ${to} (${timeZone}).`,
    tableOf(
      ['Figure', 'Count', 'What is counted'],
      reckonings.map(([key, word, how]) => [word, String(figures[key]), how.replace('{cover}', cover)]),
    ),
    '## Day by day',
    tableOf(
      ['Day', 'Hours', 'Replies', 'Notes', 'Opened', 'Solved', 'Other tickets', 'Planned'],
      [...days.map((day) => [dayWords(day), ...dayCells(day)]), ['**All**', ...dayCells(totalsOf(days))]],
    ),
    [
      `- Hours: hours of the clock in which ${cover} did something on tickets of the account. They are no hours worked, which nobody measures.`,
      `- Other tickets: tickets of no account with an ASE that were taken that day.`,
      '- Planned: as many of those as the load left room for, from what was usual before the coverage.',
      '- –: not known on the computer this was written on.',
    ].join('\n'),
  ].join('\n\n')}\n`
}

function dayWords({ day, working }: FigureDay): string {
  return working ? day : `${day} (off)`
}

type DayNumbers = Omit<FigureDay, 'day' | 'working'>

function dayCells({ hours, replies, notes, opened, solved, otherTaken, otherPlanned }: DayNumbers): string[] {
  return [hours, replies, notes, opened, solved, otherTaken, rounded(otherPlanned)].map((value) => `${value ?? '–'}`)
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

/** One row for each day, and one for all of it, which has what is counted over the whole alone. */
function figuresCsv(figures: ReturnFigures): string {
  const { accountName, coverNames, days } = figures
  const shared = [accountName, listed(coverNames)]
  const numbers = ({ hours, replies, notes, opened, solved, otherTaken, otherPlanned }: DayNumbers) => [
    ...[hours, replies, notes, opened, solved, otherTaken],
    rounded(otherPlanned),
  ]
  const { ticketsHandled, transferred, emergencies, breachesAvoided, nearlyMissed, breached } = figures
  return csvText([
    [
      ...['account', 'covered_by', 'day', 'working'],
      ...['hours', 'replies', 'notes', 'opened', 'solved', 'other_taken', 'other_planned'],
      ...['tickets_handled', 'transferred', 'emergencies', 'breaches_avoided', 'nearly_missed', 'breached'],
    ],
    ...days.map((day) => [
      ...[...shared, day.day, day.working ? 'yes' : 'no'],
      ...numbers(day),
      ...Array<null>(6).fill(null),
    ]),
    [
      ...[...shared, 'all', null],
      ...numbers(totalsOf(days)),
      ...[ticketsHandled, transferred, emergencies, breachesAvoided, nearlyMissed, breached],
    ],
  ])
}

function totalsOf(days: readonly FigureDay[]): DayNumbers {
  const sum = (key: keyof DayNumbers) => {
    const known = days.flatMap((day) => day[key] ?? [])
    return known.reduce((total, value) => total + value, 0)
  }
  const known = (key: 'otherTaken' | 'otherPlanned') => (days.some((day) => day[key] !== null) ? sum(key) : null)
  return {
    ...{ hours: sum('hours'), replies: sum('replies'), notes: sum('notes') },
    ...{ opened: sum('opened'), solved: sum('solved') },
    ...{ otherTaken: known('otherTaken'), otherPlanned: known('otherPlanned') },
  }
}

function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value * 100) / 100
}
