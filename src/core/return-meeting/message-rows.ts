import { isWithin } from '../instant.ts'
import { findPromise } from '../handoff/find-promise.ts'
import type { ReturnRow } from './return-row.ts'
import { evidenceOf, rowOf } from './row-parts.ts'
import { counted } from './row-words.ts'
import type { TicketLook } from './ticket-look.ts'
import type { HistoryMessage } from './ticket-changes.ts'

/** What who covers wrote, and what anybody of ours promised the customer by a day. */
export function messageRows(look: TicketLook): ReturnRow[] {
  const { setting, head } = look
  const said = messagesIn(look)
  const ours = said.filter(({ authorId }) => authorId !== null && setting.coverIds.has(authorId))
  const replies = ours.filter((message) => message.public)
  const notes = ours.filter((message) => !message.public)
  const evidence = (messages: readonly HistoryMessage[], words: string) =>
    messages.map((message) =>
      evidenceOf(
        {
          ...{ at: message.at, byId: message.authorId, words, quote: message.text },
          ...{ isPrivate: !message.public, commentId: message.id },
        },
        setting,
      ),
    )
  return [
    ...rowOf(
      head({ kind: 'replied', words: counted(replies.length, 'reply', 'replies') }),
      evidence(replies, 'Replied'),
      setting,
    ),
    ...rowOf(
      head({ kind: 'noted', words: counted(notes.length, 'internal note', 'internal notes') }),
      evidence(notes, 'Internal note'),
      setting,
    ),
    ...said.flatMap((message) => promiseRow(look, message)),
  ]
}

function promiseRow({ setting, head }: TicketLook, message: HistoryMessage): ReturnRow[] {
  if (!message.public || message.customers) return []
  const promise = findPromise(message.text, message.at, setting.zoneOf(message.authorId))
  if (!promise) return []
  const evidence = evidenceOf(
    {
      at: message.at,
      byId: message.authorId,
      words: `Promised by ${promise.by}`,
      quote: promise.words,
      commentId: message.id,
    },
    setting,
  )
  const row = head({ kind: 'promised', words: `Promised by ${promise.by}`, of: String(message.id) })
  return rowOf({ ...row, dueOn: promise.by }, [evidence], setting)
}

/** Messages inside of the window, each once, oldest first; the first one is told by the row of the ticket itself. */
function messagesIn({ history, setting }: TicketLook): HistoryMessage[] {
  return [...new Map(history.messages.map((message) => [message.id, message])).values()]
    .filter(({ at }) => isWithin(at, setting))
    .toSorted((a, b) => a.at - b.at || a.id - b.id)
}
