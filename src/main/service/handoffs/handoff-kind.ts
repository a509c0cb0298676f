import { handoffChanges } from '#core/handoff/handoff-changes.ts'
import { handoffConflicts, type HandoffConflict } from '#core/handoff/handoff-conflicts.ts'
import type { HandoffDocument } from '#core/handoff/handoff-document.ts'
import { handoffLayout } from '#core/handoff/handoff-text.ts'
import { mergeHandoffs } from '#core/handoff/merge-handoffs.ts'
import { handoffTitle, writeHandoffMarkdown } from '#core/handoff/write-handoff-text.ts'
import { canonical, shownOf, type Versioned } from '#core/sharing/versioned.ts'
import { handoffsInIssues } from '../db/handoff-issues.ts'
import { readHandoff, storeHandoffs } from '../db/handoffs.ts'
import { writeSharedIssue } from '../db/document-issues.ts'
import type { SharedKind } from '../sharing/document-kind.ts'
import { wordsForHandoff, type HandoffDesk } from './handoff-desk.ts'
import { judgeHandoffText } from './read-handoff-text.ts'
import { writtenHandoff } from './written-handoff.ts'

/** Handoffs of accounts, as documents that are handed over. */
export const handoffKind: SharedKind<HandoffDocument, HandoffDesk, HandoffConflict> = {
  noun: 'handoff',
  name: 'handoff',
  layout: handoffLayout,
  ownTitle: /^Handoff of .+ by .+, \d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d$/,
  scope: 'handoff-issues',
  table: 'handoffs',
  read: readHandoff,
  inIssues: handoffsInIssues,
  store(db, handoff, now, issue) {
    storeHandoffs(db, [handoff], now, () => {
      if (issue) writeSharedIssue(db, 'handoffs', handoff.document.id, issue)
    })
  },
  judge: judgeHandoffText,
  merge: mergeHandoffs,
  changes: (before, after, desk) => handoffChanges(before, after, wordsForHandoff(after, desk)),
  conflicts: (document, desk) => handoffConflicts(document, wordsForHandoff(document, desk)),
  advice(_, after, desk) {
    if (desk.roster.accounts.some(({ id }) => id === after.accountId)) return []
    const { account } = wordsForHandoff(after, desk)
    return [`${account} is not followed here: follow it, or its tickets do not show when you cover it.`]
  },
  goesUnasked(before, after, { roster }) {
    const mine = (document: HandoffDocument) => canonical(saidBy(document, roster.me?.id))
    return mine(before) === mine(after)
  },
  write(document, desk) {
    const written = writtenHandoff(document, desk)
    return { title: handoffTitle(document, written.words), markdown: writeHandoffMarkdown(written), beside: '' }
  },
}

/** What stands in a handoff in somebody's name: acceptance, what was said back, and the answers to it. */
function saidBy({ acceptance, tickets }: HandoffDocument, personId: number | undefined) {
  const said = (field: Versioned<{ readonly speaker: { readonly id: number; readonly name: string } }>) => {
    const shown = shownOf(field)?.value
    return shown && shown.speaker.id === personId ? shown : null
  }
  const parts = Object.entries(tickets).map(([id, part]) => [id, said(part.teachBack), said(part.verdict)] as const)
  return [said(acceptance), parts.filter(([, teachBack, verdict]) => teachBack ?? verdict)]
}
