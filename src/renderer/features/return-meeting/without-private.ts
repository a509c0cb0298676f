import type { MeetingRow, ReturnRowKind } from '#contract/returns.ts'

/** What a handoff foresaw is between two people. */
const foreseenWords: Readonly<Partial<Record<ReturnRowKind, string>>> = {
  'contingency-fired': 'Something happened that the handoff had foreseen.',
  'contingency-wrong': 'Something happened that the handoff had not foreseen.',
}

/**
 * A row as it may be seen by everybody who looks at a shared screen: without internal words, without what is decided in words, and
 * without what was foreseen in the handoff.
 *
 * SECURITY: what is left out here is not drawn at all, so that no search and no zoom finds it.
 */
export function withoutPrivate<Row extends MeetingRow>(row: Row): Row {
  const { evidence, issue, decided, kind } = row
  const shown = evidence.filter(({ isPrivate }) => !isPrivate)
  // Of an issue that not everybody may see even its title is private; of a ticket it never is.
  const isHidden = issue !== null && evidence.length > 0 && shown.length === 0
  const words = isHidden
    ? { subject: 'An issue that is not for everybody', words: 'Something came to it.' }
    : { subject: row.subject, words: foreseenWords[kind] ?? row.words }
  const decision = decided && { ...decided.decision, note: '', owner: '', dueOn: '' }
  return {
    ...row,
    ...words,
    evidence: shown,
    url: isHidden ? null : row.url,
    decided: decided && decision && { ...decided, ...words, decision },
  }
}

/** How much of a row is private. */
export function countPrivate({ evidence }: Pick<MeetingRow, 'evidence'>): number {
  return evidence.filter(({ isPrivate }) => isPrivate).length
}
