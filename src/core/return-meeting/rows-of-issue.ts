import type { InstantMs } from '../instant.ts'
import type { RecordedEvent, ReturnIssue, ReturnRow, ReturnSetting } from './return-row.ts'
import { evidenceOf, rowOf, type SaidEvidence } from './row-parts.ts'
import { counted, plainWord } from './row-words.ts'
import { eachOnce } from './ticket-changes.ts'

/** A note of an issue or epic. */
export interface IssueMessage {
  readonly id: number
  readonly author: string
  readonly internal: boolean
  readonly text: string
  readonly at: InstantMs
}

/** All that is stored of what happened to a labelled issue or epic; lists in any order. */
export interface IssueHistory extends ReturnIssue {
  readonly title: string
  readonly reference: string
  readonly state: string
  readonly confidential: boolean
  readonly dueDate: string | null
  readonly events: readonly RecordedEvent[]
  readonly notes: readonly IssueMessage[]
}

const eventWords: Readonly<Record<string, string>> = {
  'issue-created': 'Opened',
  'issue-unlabelled': 'Its label was taken off',
  'issue-moved': 'Moved to another project',
  'issue-out-of-sight': 'GitLab does not show it any more',
  'issue-back': 'It is back',
}

const fieldWords: Readonly<Record<string, string>> = {
  account_id: 'Another account',
  title: 'Another title',
  labels: 'Other labels',
  assignees: 'Other assignees',
  reference: 'Another place',
  confidential: 'Who may see it',
}

/** How a labelled issue or epic moved inside of a window: one row, or none. */
export function rowsOfIssue(history: IssueHistory, setting: ReturnSetting): ReturnRow[] {
  const { kind, projectId, iid, reference, title, confidential } = history
  const notes = [...new Map(history.notes.map((note) => [note.id, note])).values()].map(
    ({ at, author, text, internal }): SaidEvidence => ({
      ...{ at, byName: author, words: 'Note', quote: text, isPrivate: internal || confidential },
    }),
  )
  const recorded = eachOnce(history.events)
    .filter((event) => event.kind !== 'note-added')
    .flatMap((event): SaidEvidence[] => {
      const words = event.kind === 'issue-changed' ? changeWords(event.changes) : (eventWords[event.kind] ?? '')
      const isExact = event.kind === 'issue-created'
      return words === '' ? [] : [{ at: event.at, words, isExact, isPrivate: confidential }]
    })
  const evidence = [...recorded, ...notes].map((each) => evidenceOf(each, setting))
  const head = {
    ...{ kind: 'issue' as const, ticketId: null, issue: { kind, projectId, iid } },
    ...{ key: `${kind}:${projectId}/${iid}/issue`, subject: `${reference} ${title}`, dueOn: history.dueDate ?? '' },
  }
  const [row] = rowOf({ ...head, words: '' }, evidence, setting)
  return row ? [{ ...row, words: headline(row, history.state) }] : []
}

/** What of an issue changed: `Closed, tasks done: 1 → 3`. */
function changeWords(changes: RecordedEvent['changes']): string {
  const { state, due_date: due, tasks_done: done, tasks_total: total, ...others } = changes
  const parts = [
    ...(state ? [state.to === 'closed' ? 'Closed' : 'Reopened'] : []),
    ...(done ? [`Tasks done: ${Number(done.from)} → ${Number(done.to)}`] : []),
    ...(total ? [`Tasks: ${Number(total.from)} → ${Number(total.to)}`] : []),
    ...(due ? [`Due: ${plainWord(due.from)} → ${plainWord(due.to)}`] : []),
    ...Object.keys(others).map((field) => fieldWords[field] ?? field),
  ]
  return parts.map((part, place) => (place === 0 ? part : part.charAt(0).toLowerCase() + part.slice(1))).join(', ')
}

function headline({ evidence }: ReturnRow, state: string): string {
  const notes = evidence.filter(({ words }) => words === 'Note').length
  const last = evidence.findLast(({ words }) => words !== 'Note')
  const parts = [...(last ? [last.words] : []), ...(notes > 0 ? [counted(notes, 'note', 'notes')] : [])]
  return `${parts.join(', ')}${state === 'closed' && !last?.words.startsWith('Closed') ? ', closed' : ''}`
}
