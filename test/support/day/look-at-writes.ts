import type { ReadDb } from '#service/db/sql.ts'
import type { Simulator } from '#simulator/create-simulator.ts'
import { createAsk, type Ask, type Body } from '#test/simulator/ask.ts'

/** Orders that nothing came of although they are told to be done, and those that were carried out twice. */
export interface WriteFaults {
  readonly lost: readonly string[]
  readonly doubled: readonly string[]
}

/** Compares the internal notes of the outbox with those to be read at Zendesk. `texts`: by entry, each another text. */
export function faultsOfNotes(
  db: ReadDb,
  simulator: Simulator,
  texts: ReadonlyMap<number, string>,
): Promise<WriteFaults> {
  return faultsOf(db, simulator, 'internal-note', async (ask, ticketId, entry) => {
    const { body } = await ask.zendesk(`/tickets/${ticketId}/comments?page[size]=100`)
    return (body as { comments: Body[] }).comments.filter(({ plain_body: plain }) => plain.trim() === texts.get(entry))
      .length
  })
}

/** Compares the tags that the outbox added with how often Zendesk saw each of them added. `tags`: by entry, each another word. */
export function faultsOfTags(
  db: ReadDb,
  simulator: Simulator,
  tags: ReadonlyMap<number, string>,
): Promise<WriteFaults> {
  return faultsOf(db, simulator, 'tags', async (ask, ticketId, entry) => {
    const { body } = await ask.zendesk(`/tickets/${ticketId}/audits?page[size]=100`)
    const has = (value: unknown) => Array.isArray(value) && value.includes(tags.get(entry))
    return (body as { audits: Body[] }).audits
      .flatMap(({ events }): Body[] => events)
      .filter(({ type, field_name: name }) => type === 'Change' && name === 'tags')
      .filter(({ value, previous_value: previous }) => has(value) && !has(previous)).length
  })
}

/** Asks Zendesk itself, so it comes after everything else; tickets that are gone are brought back for it. */
async function faultsOf(
  db: ReadDb,
  simulator: Simulator,
  kind: 'internal-note' | 'tags',
  countAtZendesk: (ask: Ask, ticketId: number, entry: number) => Promise<number>,
): Promise<WriteFaults> {
  const ask = createAsk(simulator.description)
  await ask.order('/zendesk', { plan: null, others_per_minute: 0 })
  const rows = db
    .prepare<[string], { id: number; ticketId: number; state: string; problem: string | null }>(
      'SELECT id, ticket_id AS ticketId, state, problem FROM outbox WHERE kind = ?',
    )
    .all(kind)
  const lost: string[] = []
  const doubled: string[] = []
  for (const { id, ticketId, state, problem } of rows) {
    await ask.order(`/tickets/${ticketId}/restore`)
    const n = await countAtZendesk(ask, ticketId, id)
    const words = `${kind} ${id} on #${ticketId}, ${state} (${problem}), is there ${n} times`
    if (n > 1) doubled.push(words)
    if (n === 0 && state === 'verified') lost.push(words)
  }
  return { lost, doubled }
}
