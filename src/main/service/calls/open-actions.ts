import type { OpenAction } from '#contract/calls.ts'
import { byDueDay, isOverdue } from '#core/calls/action-item.ts'
import { withoutEmpty } from '#core/calls/call-document.ts'
import { readCallIssue } from '#core/calls/read-call.ts'
import { stripMarkers } from '#core/outbox/marker.ts'
import { isIssueStored, openCallIssues, readCallOrder, readCalls, type StoredCall } from '../db/calls.ts'
import type { ReadDb } from '../db/sql.ts'
import { readRoster } from '../db/workspace.ts'
import { issueIidIn } from '../sharing/issue-address.ts'
import type { CallDesk } from './call-desk.ts'
import { todayOf } from './edit-calls.ts'

/**
 * Action items that are not done, overdue ones first: tasks of stored call issues, and items of calls filed here of which no issue is
 * stored. An issue that is closed leaves nothing open.
 */
export function openActions(desk: CallDesk, accountId: number | null): OpenAction[] {
  const { db } = desk
  const today = todayOf(desk)
  const names = new Map(readRoster(db).accounts.map(({ id, name }) => [id, name]))
  const finish = ({ item, ...rest }: Found): OpenAction => ({
    ...rest,
    accountName: names.get(rest.accountId) ?? '',
    ...{ what: item.what, dri: item.dri, dueOn: item.dueOn, overdue: isOverdue(item, today) },
  })
  return [...ofIssues(db, accountId), ...ofCalls(db, accountId)]
    .map(finish)
    .toSorted((a, b) => byDueDay(a, b) || a.callDay.localeCompare(b.callDay))
}

interface Found extends Pick<OpenAction, 'accountId' | 'callDay' | 'callPurpose' | 'at'> {
  readonly item: { readonly what: string; readonly dri: string; readonly dueOn: string; readonly done: boolean }
}

function ofIssues(db: ReadDb, accountId: number | null): Found[] {
  return openCallIssues(db, accountId).flatMap(({ description, title, ...issue }) => {
    const call = readCallIssue({ title, description: stripMarkers(description) })
    const { projectId, iid, reference, url } = issue
    return (call?.actions ?? [])
      .filter(({ done }) => !done)
      .map((item) => ({
        ...{ item, accountId: issue.accountId, callDay: call?.day ?? '', callPurpose: call?.purpose ?? '' },
        at: { kind: 'issue', projectId, iid, text: item.text, nth: item.nth, reference, url },
      }))
  })
}

function ofCalls(db: ReadDb, accountId: number | null): Found[] {
  return readCalls(db, accountId)
    .filter((call) => call.filed !== null && !hasStoredIssue(db, call))
    .flatMap((call) =>
      call.document.actions.flatMap((item, index): Found[] => {
        const [written] = withoutEmpty({ ...call.document, actions: [item] }).actions
        if (!written || written.done) return []
        const { day, purpose } = call.document
        return [
          {
            ...{ item: written, accountId: call.accountId, callDay: day, callPurpose: purpose },
            at: { kind: 'call', callId: call.id, index },
          },
        ]
      }),
    )
}

/** From the moment its issue is stored, that tells what is done. */
function hasStoredIssue(db: ReadDb, { filed }: StoredCall): boolean {
  return (filed?.parts ?? []).some(({ intent, entryId }) => {
    if (intent?.kind !== 'create-issue' || entryId === null) return false
    const iid = issueIidIn(readCallOrder(db, entryId)?.url ?? '')
    return iid !== undefined && isIssueStored(db, intent.projectId, iid)
  })
}
