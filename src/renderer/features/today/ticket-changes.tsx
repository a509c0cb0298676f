import { ticketOf } from '../../ui/change-words.ts'
import { TargetChanges } from '../../ui/target-changes.tsx'

/** The changes to one ticket that are on their way or need a person, and those that were settled just now. */
export function TicketChanges({ ticketId }: { readonly ticketId: number }) {
  return <TargetChanges heading target="this ticket" isAbout={(intent) => ticketOf(intent) === ticketId} />
}
