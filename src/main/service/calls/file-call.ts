import { isDeepStrictEqual } from 'node:util'
import type { CallPart } from '#contract/calls.ts'
import type { WriteIntent, WritePreview } from '#contract/outbox.ts'
import { callGaps } from '#core/calls/call-gaps.ts'
import { callMarkdown, callSummary, callTitle, callToCopy } from '#core/calls/write-call.ts'
import { readCall, writeCall, type FiledPart, type StoredCall } from '../db/calls.ts'
import { readDesk } from '../db/desks.ts'
import { isForColleagues } from '../db/return-calls.ts'
import type { WriteOrder } from '../outbox/create-outbox.ts'
import { Refusal } from '../refusal.ts'
import { accountOf, changed, draftOf, type CallDesk } from './call-desk.ts'

/** One thing that filing a call does: a change, or a text that a person takes elsewhere. */
interface Planned {
  readonly heading: string
  readonly ticketId: number | null
  readonly text: string
  readonly intent: WriteIntent | null
}

/** What filing a call would do, and what it lacks. */
export interface CallPreview {
  readonly parts: CallPart[]
  readonly missing: string[]
  readonly open: string[]
}

/**
 * Says what filing a call would write and who would see it. Nothing is sent.
 *
 * @param projectId the project its issue goes to; null: none, its text is copied.
 * @throws {Refusal} when it is filed or not there.
 */
export async function previewCall(
  desk: CallDesk,
  { id, projectId }: { readonly id: string; readonly projectId: number | null },
): Promise<CallPreview> {
  const call = draftOf(desk, id)
  const account = accountOf(desk, call.accountId)
  const longest = callSummary(call.document, account.name).length
  const { missing, open } = callGaps(call.document, longest)
  const barred = restrictedWords(desk, call.accountId, account.name)
  if (barred !== null || missing.length > 0) {
    return { parts: [], missing: [...(barred === null ? [] : [barred]), ...missing], open: [...open] }
  }
  const planned = plannedOf(desk, call, projectId)
  const intents = planned.flatMap(({ intent }) => (intent ? [intent] : []))
  if (intents.length > 0 && !desk.outbox) {
    const words = 'Nothing is connected here, so nothing can be sent. What you typed is kept.'
    return { parts: [], missing: [words], open: [...open] }
  }
  const previews = (intents.length > 0 ? await desk.outbox?.preview(intents) : [])?.values() ?? [].values()
  const parts = planned.map(({ heading, text, intent }) => ({
    heading,
    text,
    preview: intent ? barredFrom(desk, id, previews.next().value ?? null) : null,
  }))
  return { parts, missing: [], open: [...open] }
}

/**
 * Files a call as a person saw it in the preview: what is to be sent goes to the outbox, and the call is filed once that has it on disk.
 * Which orders it stands for is written down before they are handed over, so that after a crash it is neither lost nor sent twice.
 *
 * @throws {Refusal} when it says something else by now, or an order cannot be taken.
 */
export async function fileCall(
  desk: CallDesk,
  input: { readonly id: string; readonly projectId: number | null; readonly orders: readonly WriteOrder[] },
): Promise<StoredCall> {
  const { id, projectId, orders } = input
  const call = draftOf(desk, id)
  const { missing, parts: shown } = await previewCall(desk, { id, projectId })
  const [first] = [...missing, ...shown.flatMap(({ preview }) => preview?.refusal ?? [])]
  if (first !== undefined) throw new Refusal('refused', first)
  const planned = plannedOf(desk, call, projectId)
  const wanted = planned.flatMap(({ intent }) => (intent ? [intent] : []))
  const ordered = orders.map(({ intent }) => intent)
  if (!isDeepStrictEqual(wanted, ordered) || readCall(desk.db, id)?.updatedAt !== call.updatedAt) {
    throw new Refusal('refused', 'The call was changed since this was shown. Look at it again before you file it.')
  }
  const parts = planned.map(({ heading, ticketId, intent }) => ({ words: heading, ticketId, intent, entryId: null }))
  const marked = changed(call, desk.now(), { filed: { at: desk.now(), parts } })
  writeCall(desk.db, marked)
  const ids = orders.length > 0 ? await handOver(desk, marked, orders) : []
  const filed = changed(marked, desk.now(), { filed: { at: desk.now(), parts: withEntries(parts, ids) } })
  writeCall(desk.db, filed)
  return filed
}

/** SECURITY: what a meeting wrote down for colleagues, with what stands in internal notes, goes to no place that a customer sees. */
function barredFrom({ db }: CallDesk, id: string, preview: WritePreview | null): WritePreview | null {
  if (!preview?.customerSees.visible || !isForColleagues(db, id)) return preview
  return { ...preview, refusal: colleaguesOnly }
}

const colleaguesOnly =
  'This was written for colleagues only, and the customer sees that place. Choose a project that they do not see, or copy it. For the customer: delete this call and begin it anew under Return.'

async function handOver(desk: CallDesk, marked: StoredCall, orders: readonly WriteOrder[]): Promise<readonly number[]> {
  try {
    if (!desk.outbox) throw new Refusal('refused', 'Nothing is connected here, so nothing can be sent.')
    return await desk.outbox.send(orders)
  } catch (error) {
    writeCall(desk.db, changed(marked, desk.now(), { filed: null }))
    throw error
  }
}

/** What a call became, with the entries of the outbox that its orders are. */
export function withEntries(parts: readonly FiledPart[], ids: readonly number[]): FiledPart[] {
  const next = ids.values()
  return parts.map((part) => (part.intent ? { ...part, entryId: next.next().value ?? null } : part))
}

/** Why nothing of an account may leave, or null. */
function restrictedWords({ db }: CallDesk, accountId: number, name: string): string | null {
  if (!readDesk(db, accountId).restricted) return null
  return `${name} is restricted: nothing of it is written or copied elsewhere. The call stays here as a draft.`
}

function plannedOf(desk: CallDesk, { accountId, document }: StoredCall, projectId: number | null): Planned[] {
  const { name, label } = accountOf(desk, accountId)
  if (document.about === 'tickets') {
    const text = callSummary(document, name)
    return document.tickets.map(({ id, how }) =>
      how === 'internal'
        ? {
            heading: `Internal note on #${id}`,
            ...{ ticketId: id, text },
            intent: { kind: 'internal-note', ticketId: id, body: text },
          }
        : { heading: `Public reply on #${id}, to copy`, ticketId: id, text, intent: null },
    )
  }
  const { proactive } = desk.policy
  const of = { account: name, label }
  if (projectId === null) {
    const text = callToCopy(document, proactive, of)
    return [{ heading: 'Markdown of the issue, to copy', ticketId: null, text, intent: null }]
  }
  const [title, description] = [callTitle(document), callMarkdown(document, proactive, of)]
  return [
    {
      heading: `Issue “${title}”`,
      ...{ ticketId: null, text: description },
      intent: {
        kind: 'create-issue',
        ...{ projectId, title, description },
        labels: label === null ? [] : [label],
        ...{ assigneeIds: [], confidential: false, dueDate: null },
      },
    },
  ]
}
