import { planOf, type PlanDocument } from '#core/coverage/plan-document.ts'
import type { HandoffMention } from '#core/coverage/write-plan-text.ts'
import { absenceOfHandoff, handoffIdOf } from '#core/handoff/change-handoff.ts'
import { acceptanceOf, progressOf, type HandoffStanding } from '#core/handoff/handoff-state.ts'
import { shownOf } from '#core/sharing/versioned.ts'
import { readHandoff } from '../db/handoffs.ts'
import { readSharedIssue } from '../db/document-issues.ts'
import { findAbsence } from './handoff-absences.ts'
import type { HandoffDesk } from './handoff-desk.ts'
import { readingOf } from './read-handoffs.ts'

/** How the handoffs of a plan stand that are known here, for the readers of the plan. */
export function handoffMentions(desk: HandoffDesk, plan: PlanDocument): HandoffMention[] {
  return planOf(plan).accountIds.flatMap((accountId) => {
    const id = handoffIdOf(plan.id, accountId)
    const document = readHandoff(desk.db, id)?.document
    const absence = document && findAbsence(desk, absenceOfHandoff(id), () => [document])
    if (!document || !absence) return []
    const { standing } = readingOf(desk, absence, accountId, document)
    const reference = readSharedIssue(desk.db, 'handoffs', id)?.reference ?? null
    return [{ accountId, words: stateWords(standing), reference }]
  })
}

function stateWords(standing: HandoffStanding): string {
  const said = standing.document && shownOf(standing.document.acceptance)?.value
  switch (progressOf(standing)) {
    case 'not-begun':
    case 'preparing':
      return 'is being prepared'
    case 'prepared':
      return 'prepared, to be gone over'
    case 'in-review':
      return 'is being gone over'
    case 'accepted':
      return `accepted by ${acceptanceOf(standing)?.value.speaker.name ?? 'who covers'}`
    case 'delayed':
      return `put off${said?.words ? `: “${said.words}”` : ''}`
  }
}
