import type { FigureDay, ReturnFigures } from '#contract/return-figures.ts'
import { dayOnly } from '../../ui/calendar-day.ts'
import { figure } from '../../ui/time-words.ts'

/** One number of a coverage, and what was counted. */
export interface ExplainedFigure {
  readonly name: string
  readonly value: number
  readonly means: string
}

/** The numbers of a coverage in their order; the saved files say the same of them. */
export function figuresOf(figures: ReturnFigures): readonly ExplainedFigure[] {
  const cover = new Intl.ListFormat('en-GB').format(figures.coverNames)
  const of = (name: string, value: number, means: string) => ({ name, value, means })
  return [
    of('Tickets handled', figures.ticketsHandled, `Tickets on which ${cover} wrote or changed anything.`),
    of('Opened', figures.opened, 'Tickets that were opened, or moved to the account.'),
    of('Solved', figures.solved, 'Tickets that were solved, by anybody, also where they were opened again.'),
    of(
      'Transferred',
      figures.transferred,
      `Tickets that ${cover} assigned to somebody, and those transferred in this meeting.`,
    ),
    of('Public replies', figures.replies, `Messages of ${cover} that the customer sees.`),
    of('Internal notes', figures.notes, `Messages of ${cover} that only agents see.`),
    of('Emergencies', figures.emergencies, 'Tickets that were, or became, an emergency.'),
    of(
      'Breaches avoided',
      figures.breachesAvoided,
      `Clocks that a public reply of ${cover} ended before they ran out.`,
    ),
    of('Nearly missed', figures.nearlyMissed, 'Clocks that were answered in their last tenth, by anybody.'),
    of('Breached', figures.breached, 'Clocks that ran out.'),
  ]
}

/** `Tue 24 Nov: 5 hours with activity, 3 replies, 1 note; 2 other tickets taken, 1.2 planned`. */
export function dayLine({ day, working, hours, replies, notes, otherTaken, otherPlanned }: FigureDay): string {
  const of = (count: number, one: string, several: string) => `${figure(count)} ${count === 1 ? one : several}`
  const activity = [
    `${of(hours, 'hour', 'hours')} with activity`,
    of(replies, 'reply', 'replies'),
    of(notes, 'note', 'notes'),
  ].join(', ')
  const others = [
    ...(otherTaken === null ? [] : [`${of(otherTaken, 'other ticket', 'other tickets')} taken`]),
    ...(otherPlanned === null ? [] : [`${figure(otherPlanned)} planned`]),
  ].join(', ')
  return `${dayOnly(day)}${working ? '' : ' (off)'}: ${activity}${others && '; '}${others}`
}
