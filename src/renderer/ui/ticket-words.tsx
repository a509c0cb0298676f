import { Pill, type PillTone } from './pill.tsx'

const statusWords: Readonly<Record<string, string>> = {
  new: 'New',
  open: 'Open',
  pending: 'Pending',
  hold: 'On-hold',
  solved: 'Solved',
  closed: 'Closed',
}
const statusTones: Readonly<Record<string, PillTone>> = { new: 'caution', open: 'danger', pending: 'info' }
const priorityWords: Readonly<Record<string, string>> = { urgent: 'Urgent', high: 'High', normal: 'Normal', low: 'Low' }

/** A ticket's status in Zendesk's words; one of the company's own keeps its name. */
export function StatusPill({ status }: { readonly status: string }) {
  return <Pill tone={statusTones[status] ?? 'plain'}>{statusWord(status)}</Pill>
}

/** The same without the colour. */
export function statusWord(status: string): string {
  return statusWords[status] ?? status
}

/** A ticket's priority in Zendesk's words. */
export function priorityWord(priority: string | null): string {
  return priority === null ? 'No priority' : (priorityWords[priority] ?? priority)
}
