import { randomUUID } from 'node:crypto'
import type { DescribedHandoff, Workspace } from '#contract/workspace.ts'
import {
  createHandoff,
  handoffIdOf,
  putAcceptance,
  putLine,
  putReviewed,
  putTeachBack,
  putText,
  putVerdict,
} from '#core/handoff/change-handoff.ts'
import { accountTexts, type HandoffDocument, type Speaker } from '#core/handoff/handoff-document.ts'
import { readHandoff, storeHandoffs, type StoredHandoff } from '../db/handoffs.ts'
import type { ReadDb, WriteDb } from '../db/sql.ts'
import { readRoster } from '../db/workspace.ts'
import { hashOfHandoff } from './handoff-desk.ts'
import { prefillOf } from './prefill.ts'

/**
 * Takes in the handoffs that a workspace tells of, those that are known here excepted: what a person did to them stays. Of an account whose
 * data was removed none comes back.
 */
export function storeDescribedHandoffs(db: WriteDb, workspace: Workspace): void {
  const former = new Set(readRoster(db).formerAccounts.map(({ id }) => id))
  for (const described of workspace.handoffs.filter(({ accountId }) => !former.has(accountId))) {
    const id = handoffIdOf(described.planOrAbsenceId, described.accountId)
    const handoff = readHandoff(db, id) === undefined ? describedHandoff(db, described, workspace) : null
    if (handoff) storeHandoffs(db, [handoff], described.begunAt)
  }
}

/** Null where it is of an absence that the workspace does not know. */
function describedHandoff(db: ReadDb, described: DescribedHandoff, workspace: Workspace): StoredHandoff | null {
  const { planOrAbsenceId, accountId, coverId, begunAt, acceptedAt } = described
  const plan = workspace.plans.find(({ id }) => id === planOrAbsenceId)
  const absence = workspace.absences.find(({ id }) => id === planOrAbsenceId)
  const window = plan ?? absence
  const person = (id: number | undefined) => workspace.people.find((each) => each.id === id)
  const [ase, cover] = [person(plan?.aseId ?? absence?.personId), person(coverId)]
  const account = workspace.accounts.find(({ id }) => id === accountId)
  if (!window || !ase || !cover || !account) return null
  const by = ({ id, name }: Speaker, at: number) => ({ author: `workspace-${id}`, by: name, at })
  const names = {
    ...{ ase: ase.name, aseTimeZone: ase.timeZone, account: account.name },
    covers: { [cover.id]: cover.name },
  }
  const begun = createHandoff({ planOrAbsenceId, aseId: ase.id, accountId, window, names }, by(ase, begunAt))
  const page = prefillOf(db, accountId, null, ase.timeZone)
  const withTexts = accountTexts.reduce((so, name) => {
    const text = described.texts[name] ?? page[name]?.value
    return text === undefined ? so : putText(so, name, text, by(ase, begunAt))
  }, begun)
  const withTickets = described.tickets.reduce((so, ticket) => withTicket(so, ticket, { ase, cover, by }), withTexts)
  const document =
    acceptedAt === null
      ? withTickets
      : putAcceptance(
          withTickets,
          { state: 'accepted', hash: hashOfHandoff(withTickets), words: '', speaker: cover },
          by(cover, acceptedAt),
        )
  return { document, author: randomUUID() }
}

function withTicket(
  document: HandoffDocument,
  { ticketId, line, writtenAt, saidBack, reviewed }: DescribedHandoff['tickets'][number],
  {
    ase,
    cover,
    by,
  }: {
    readonly ase: Speaker
    readonly cover: Speaker
    readonly by: (who: Speaker, at: number) => { readonly author: string; readonly by: string; readonly at: number }
  },
): HandoffDocument {
  const at = reviewed?.at ?? writtenAt
  const written = putLine(document, ticketId, line, by(ase, writtenAt))
  const looked = reviewed ? putReviewed(written, ticketId, reviewed.facts, by(cover, at)) : written
  if (saidBack === null) return looked
  const said = putTeachBack(looked, ticketId, { words: saidBack, speaker: cover }, by(cover, at)) ?? looked
  return putVerdict(said, ticketId, { accepted: true, words: '', speaker: ase }, by(ase, at)) ?? said
}
