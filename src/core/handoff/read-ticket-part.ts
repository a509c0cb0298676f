import { canonical, isConflict, shownOf, type Sibling, type Versioned } from '../sharing/versioned.ts'
import { textPrint } from '../sharing/text-print.ts'
import type { TeachBack, TicketFacts, TicketLine, TicketPart, Verdict } from './handoff-document.ts'

/** A ticket of a handoff as it stands: of what is in conflict the side that is shown until somebody chooses. */
export interface TicketReading {
  readonly line: Sibling<TicketLine> | null
  /** `current` while it is of the line as it is. */
  readonly teachBack: (Sibling<TeachBack> & { readonly current: boolean }) | null
  /** `current` while it is of the teach-back as it is, and that is current. */
  readonly verdict: (Sibling<Verdict> & { readonly current: boolean }) | null
  readonly reviewed: Sibling<TicketFacts> | null
}

/** A ticket of which nothing was written. */
export const blankPart: TicketPart = { line: [], teachBack: [], verdict: [], reviewed: [] }

/** Reads a ticket of a handoff as it stands. While something of it is in conflict, nothing that hangs on it is current. */
export function readTicketPart(part: TicketPart = blankPart): TicketReading {
  const line = shownOf(part.line) ?? null
  const teachBack = shownOf(part.teachBack)
  const verdict = shownOf(part.verdict)
  const heard =
    !!line &&
    !!teachBack &&
    teachBack.value.ofLine === linePrint(line.value) &&
    ![part.line, part.teachBack].some(isConflict)
  const judged =
    heard && !!verdict && verdict.value.ofWords === teachBackPrint(teachBack.value) && !isConflict(part.verdict)
  return {
    line,
    teachBack: teachBack ? { ...teachBack, current: heard } : null,
    verdict: verdict ? { ...verdict, current: judged } : null,
    reviewed: shownOf(part.reviewed) ?? null,
  }
}

/** Names what a line says: a teach-back is of exactly one. */
export function linePrint(line: TicketLine): string {
  return textPrint(canonical(line))
}

/** Names a teach-back, of exactly which line it was: a verdict is of exactly one. */
export function teachBackPrint(teachBack: TeachBack): string {
  return textPrint(canonical(teachBack))
}

/** Names the state of a field, so that what is written to it is refused where another copy's stands there meanwhile; empty for an unwritten one. */
export function fieldPrint(field: Versioned<TicketLine> | Versioned<string>): string {
  return field.length === 0 ? '' : textPrint(canonical(field))
}
