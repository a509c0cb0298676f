import { randomUUID } from 'node:crypto'
import type { PlannedAbsence, Workspace } from '#contract/workspace.ts'
import { answerRequest, askForCover, createPlan, putEntry } from '#core/coverage/change-plan.ts'
import type { StoredPlan } from './plans.ts'

/**
 * Makes the plan that a workspace tells of: the ASE planned it and asked, who covers accepted. Changes to it are made under a name
 * of this database's own.
 */
export function plannedAbsence(planned: PlannedAbsence, { people, accounts }: Workspace): StoredPlan {
  const { aseId, plannedAt } = planned
  const by = (personId: number, at: number) => ({
    author: `workspace-${personId}`,
    by: people.find(({ id }) => id === personId)?.name ?? null,
    at,
  })
  const peopleIds = [aseId, ...planned.entries.map(({ coverId }) => coverId)]
  const names = {
    people: Object.fromEntries(
      people.filter(({ id }) => peopleIds.includes(id)).map(({ id, name, timeZone }) => [id, { name, timeZone }]),
    ),
    accounts: Object.fromEntries(
      accounts.filter(({ id }) => planned.accountIds.includes(id)).map(({ id, name }) => [id, name]),
    ),
  }
  let document = createPlan({ ...planned, names }, by(aseId, plannedAt))
  for (const { state, at, ...entry } of planned.entries) {
    document = putEntry(document, entry, by(aseId, plannedAt))
    document = askForCover(document, entry.id, by(aseId, state === 'asked' ? at : plannedAt))
    if (state === 'accepted') {
      const answer = { state, part: null, words: null }
      document = answerRequest(document, entry.id, answer, by(entry.coverId, at))
    }
  }
  return { document, author: randomUUID() }
}
