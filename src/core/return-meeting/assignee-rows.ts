import { isWithin } from '../instant.ts'
import type { ReturnRow, ReturnRowKind } from './return-row.ts'
import { evidenceOf, rowOf, type SaidEvidence } from './row-parts.ts'
import { firstAssignment, nameIn, type TicketLook } from './ticket-look.ts'
import type { FieldChange } from './ticket-changes.ts'

/**
 * Who got a ticket: transfers by who covers, changes by others, and what who covers put back after it was lost, the ticket to its ASE or
 * themself to its Cc.
 */
export function assigneeRows({ changes, setting, head, isNew }: TicketLook): ReturnRow[] {
  const course = changes.filter(({ field, at }) => field === 'assignee_id' && isWithin(at, setting))
  const opening = isNew ? firstAssignment(changes) : undefined
  const said = (change: FieldChange): SaidEvidence => ({
    ...{ at: change.at, byId: change.byId, isExact: change.isExact },
    words: `Assignee: ${nameIn(setting, change.from)} → ${nameIn(setting, change.to)}`,
  })
  const kinds = new Map<ReturnRowKind, SaidEvidence[]>()
  let isTaken = false
  for (const change of course) {
    const isOurs = change.byId !== null && setting.coverIds.has(change.byId)
    const isBack = isOurs && isTaken && change.to === setting.aseId
    const kind = isBack ? 'guard' : isOurs ? 'transferred' : 'assignee'
    if (!isOurs && change.from === setting.aseId) isTaken = true
    if (change.to === setting.aseId) isTaken = false
    if (change !== opening || isOurs) kinds.set(kind, [...(kinds.get(kind) ?? []), said(change)])
  }
  const guarded = [...(kinds.get('guard') ?? []), ...ccBack(changes, setting)]
  const rows = (kind: ReturnRowKind, all: readonly SaidEvidence[], words?: string) => {
    const last = all.at(-1)
    const evidence = all.map((each) => evidenceOf(each, setting))
    return last ? rowOf(head({ kind, words: words ?? last.words }), evidence, setting) : []
  }
  return [
    ...rows('assignee', kinds.get('assignee') ?? []),
    ...rows('transferred', kinds.get('transferred') ?? []),
    ...rows('guard', guarded, 'Put back as it was handed over'),
  ]
}

/** When who covers was on Cc again after the ticket had lost them. */
function ccBack(changes: readonly FieldChange[], setting: TicketLook['setting']): SaidEvidence[] {
  const course = changes.filter(({ field, at }) => field === 'cc_ids' && isWithin(at, setting))
  return [...setting.coverIds].flatMap((coverId) => {
    const has = (ids: unknown) => Array.isArray(ids) && ids.includes(coverId)
    return course
      .filter(({ from, to }, place) => {
        const isBack = !has(from) && has(to)
        return isBack && course.slice(0, place).some((before) => has(before.from) && !has(before.to))
      })
      .map(({ at, isExact }) => ({ at, isExact, words: `${nameIn(setting, coverId)} is back on Cc` }))
  })
}
