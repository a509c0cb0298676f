import type { HandoffTicket, TicketLineValues } from '#contract/handoffs.ts'
import { blankLine } from '#core/handoff/handoff-document.ts'
import { canonical } from '#core/sharing/versioned.ts'
import { useWindow } from '../../api/window-context.tsx'
import type { KeptDraft } from '../../ui/draft-keeper.ts'
import { useKeptDraft } from '../../ui/use-kept-draft.ts'
import { isTicketLine } from './is-ticket-line.ts'
import { useShownSaved } from './use-shown-saved.ts'

/** What the ASE writes of a ticket, as it is being typed. */
export type LineDraft = KeptDraft<TicketLineValues>

/** Keeps a ticket's line while it is typed. The same component must not be used for another ticket. */
export function useLineDraft(handoffId: string, { ticketId, line, lineBase }: HandoffTicket): LineDraft {
  const { connection } = useWindow()
  const show = useShownSaved(handoffId)
  return useKeptDraft<TicketLineValues, string>({
    key: `handoff.${handoffId}.${ticketId}`,
    stored: { document: line ?? blankLine, base: lineBase },
    read: (kept) => (isTicketLine(kept) ? kept : null),
    same: (one, another) => canonical(one) === canonical(another),
    async save(typed, base) {
      const saved = await connection.client.handoffs.saveLine({ handoffId, ticketId, line: typed, base })
      return saved.base
    },
    async look() {
      const { lines } = await connection.client.handoffs.get({ handoffId })
      const found = lines.find((candidate) => candidate.ticketId === ticketId)
      return found ? { document: found.line ?? blankLine, base: found.lineBase } : null
    },
    onSaved: ({ document, base }) =>
      show((before) => ({
        ...before,
        lines: before.lines.map((other) =>
          other.ticketId === ticketId ? { ...other, line: document, lineBase: base } : other,
        ),
      })),
  })
}
