import { textPrint } from '../sharing/text-print.ts'
import type { InstantMs } from '../instant.ts'
import type { ReturnIssue, ReturnRow, ReturnSetting } from './return-row.ts'
import { evidenceOf, rowOf } from './row-parts.ts'

/** An action item of a call that is not done. */
export interface OpenItem {
  readonly what: string
  readonly dri: string
  /** Calendar day; empty for none. */
  readonly dueOn: string
  readonly overdue: boolean
  readonly callPurpose: string
  /** When the call was written down. */
  readonly at: InstantMs
  /** The call, or its issue. */
  readonly of: string
  readonly issue: ReturnIssue | null
}

/**
 * Action items that are open: those of calls inside of the window, and older ones that fell due in it, which count as of its beginning: with
 * its end, which moves on while somebody covers, a row would say something else each time.
 */
export function actionRows(items: readonly OpenItem[], setting: ReturnSetting, endsOn: string): ReturnRow[] {
  return items.flatMap(({ what, dri, dueOn, overdue, callPurpose, at, of, issue }) => {
    const isOld = at < setting.startsAt
    if (isOld && (dueOn === '' || dueOn > endsOn)) return []
    const parts = [what, ...(dri === '' ? [] : [dri]), ...(overdue ? ['overdue'] : [])]
    const said = { at: isOld ? setting.startsAt : at, words: `From the call “${callPurpose}”`, isExact: !isOld }
    const key = `action:${of}/${textPrint(what)}`
    const head = { key, kind: 'action-item' as const, ticketId: null, issue, subject: callPurpose, dueOn }
    return rowOf({ ...head, words: parts.join(', '), isLight: !overdue }, [evidenceOf(said, setting)], setting)
  })
}
