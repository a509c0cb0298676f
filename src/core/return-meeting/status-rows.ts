import { isWithin } from '../instant.ts'
import type { ReturnRow, ReturnRowKind } from './return-row.ts'
import { evidenceOf, rowOf } from './row-parts.ts'
import { plainWord } from './row-words.ts'
import type { TicketLook } from './ticket-look.ts'
import type { FieldChange } from './ticket-changes.ts'

/** What became of a ticket's status: solved, reopened, and what else it was in between. */
export function statusRows({ history, changes, setting, head, isNew }: TicketLook): ReturnRow[] {
  const course = changes.filter(({ field, at }) => field === 'status' && isWithin(at, setting))
  const of = (kind: ReturnRowKind) => course.filter((change) => kindOf(change) === kind)
  const evidence = (kind: ReturnRowKind) =>
    of(kind).map(({ at, byId, isExact, from, to }) =>
      evidenceOf({ at, byId, isExact, words: `Status: ${plainWord(from)} → ${plainWord(to)}` }, setting),
    )
  const solved = of('solved').at(-1)
  const others = of('status')
  const [first] = others
  // That somebody took a new ticket is told by its own row.
  const isTaking = isNew && others.length === 1 && first?.from === 'new' && first.to === 'open'
  const isMerged = history.mergedInto !== null && solved?.to === 'closed'
  return [
    ...(solved && !isMerged
      ? rowOf(
          head({ kind: 'solved', words: solved.to === 'closed' ? 'Closed' : 'Solved' }),
          evidence('solved'),
          setting,
        )
      : []),
    ...rowOf(head({ kind: 'reopened', words: `Reopened, now ${history.status}` }), evidence('reopened'), setting),
    ...(first && !isTaking
      ? rowOf(
          head({
            kind: 'status',
            words: `Status: ${[first.from, ...others.map(({ to }) => to)].map(plainWord).join(' → ')}`,
          }),
          evidence('status'),
          setting,
        )
      : []),
  ]
}

function kindOf({ from, to }: FieldChange): ReturnRowKind {
  if (to === 'solved') return 'solved'
  // Zendesk closes what is solved by itself, after some days.
  if (to === 'closed') return from === 'solved' ? 'status' : 'solved'
  return from === 'solved' || from === 'closed' ? 'reopened' : 'status'
}
