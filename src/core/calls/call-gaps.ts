import { withoutEmpty, type CallDocument } from './call-document.ts'

/** What a call still lacks. */
export interface CallGaps {
  /** Without these nothing can be filed. */
  readonly missing: readonly string[]
  /** Questions that rule 18 asks of every call and that are left open. */
  readonly open: readonly string[]
}

/** Letters a note on a ticket, and a title of an issue, may have at most. */
const longestNote = 60_000

/** Says what is left open of a call, in sentences for the person who wrote it down. */
export function callGaps(given: CallDocument, longest: number): CallGaps {
  const call = withoutEmpty(given)
  const missing = [
    ...(call.day === '' ? ['Say on which day it was.'] : []),
    ...(call.purpose === '' ? ['Say what it was for: the purpose names the issue and the summary.'] : []),
    ...(call.about === 'tickets' && call.tickets.length === 0
      ? ['Choose the tickets it was about, or say that it was about something else.']
      : []),
    ...(call.about === 'tickets' && longest > longestNote
      ? [`A note may have ${longestNote} letters; this has ${longest}. Shorten the notes.`]
      : []),
  ]
  const says = (count: number, words: string) => (count === 0 ? [words] : [])
  const open = [
    ...says(call.customer.length, 'Who of the customer was present is not said.'),
    ...says(call.ours.length, 'Who of ours was present is not said.'),
    ...says(call.topics.length, 'No topic is written down.'),
    ...says(call.decisions.length, 'No decision is written down; it will say “None”.'),
    ...call.actions.flatMap(({ what, dri, dueOn, done }) => {
      const lacks = done ? [] : [...(dri === '' ? ['nobody responsible'] : []), ...(dueOn === '' ? ['no day'] : [])]
      return lacks.length === 0 ? [] : [`“${what}” has ${lacks.join(' and ')}.`]
    }),
    ...(call.prioritiesChanged !== '' && call.priorities.length === 0
      ? ['Priorities changed, and the new order is not written down.']
      : []),
    ...(call.priorities.length > 0 && call.prioritiesChanged === ''
      ? ['A new order of priorities stands there, and not what changed.']
      : []),
  ]
  return { missing, open }
}
