import { isoDay } from '#core/coverage/plan-words.ts'
import type { HandoffConflict } from '#core/handoff/handoff-conflicts.ts'
import { writeHandoffLines } from '#core/handoff/handoff-text.ts'
import { writeHandoffPage } from '#core/handoff/write-handoff-page.ts'
import { writeHandoffMarkdown } from '#core/handoff/write-handoff-text.ts'
import { shownOf } from '#core/sharing/versioned.ts'
import { readHandoff } from '../db/handoffs.ts'
import { fileNameOf } from '../sharing/file-name.ts'
import { takeIn } from '../sharing/take-in.ts'
import { noSuchHandoff, type HandoffDesk } from './handoff-desk.ts'
import { handoffKind } from './handoff-kind.ts'
import { readHandoffTexts } from './read-handoff-text.ts'
import { writtenHandoff } from './written-handoff.ts'

/** What a handoff is exported as: a file for another Understudy, Markdown, or a page to print. */
export type HandoffForm = 'file' | 'markdown' | 'page'

const endings = { file: 'jsonl', markdown: 'md', page: 'html' } as const

/**
 * Handoffs as one text to hand over.
 *
 * @throws {Refusal} where one of them is not known.
 */
export function exportHandoffs(
  desk: HandoffDesk,
  ids: readonly string[],
  as: HandoffForm,
): { readonly fileName: string; readonly text: string } {
  const written = [...new Set(ids)].map((id) => writtenHandoff(knownHandoff(desk, id), desk))
  const [first] = written
  if (!first) throw new Error('No handoff is named')
  const { document, words } = first
  const what =
    written.length === 1
      ? `handoff-${fileNameOf(words.account, String(document.accountId))}`
      : `handoffs-${fileNameOf(words.ase, String(document.aseId))}`
  const day = isoDay(shownOf(document.window)?.value.startsAt ?? desk.now, words.timeZone)
  return { fileName: `${what}-${day}.${endings[as]}`, text: textOf(written, as) }
}

function textOf(written: readonly ReturnType<typeof writtenHandoff>[], as: HandoffForm): string {
  switch (as) {
    case 'file':
      return written.map(({ document }) => writeHandoffLines(document)).join('')
    case 'markdown':
      return written.map(writeHandoffMarkdown).join('\n')
    case 'page':
      return writeHandoffPage(written)
  }
}

/** What taking in handoffs changes, or would change. */
export interface HandoffsImport {
  readonly ids: readonly string[]
  /** How many were not known here. */
  readonly fresh: number
  readonly changes: readonly string[]
  readonly conflicts: readonly HandoffConflict[]
  /** What could not be read, in words. */
  readonly unread: readonly string[]
}

/**
 * Takes in what was exported, here or elsewhere, by merging it with what is known; without `apply` it only says what would change.
 *
 * @throws {Refusal} when the text holds nothing that can be read, or another handoff of the same id; nothing is stored then.
 */
export function importHandoffs(
  desk: HandoffDesk,
  { text, apply }: { readonly text: string; readonly apply: boolean },
): HandoffsImport {
  const { handoffs, unread } = readHandoffTexts(text)
  // What is refused is refused before anything of it is stored.
  const results = handoffs.map((handoff) => takeIn(handoffKind, desk.db, { ...handoff, apply: false }, desk))
  if (apply) for (const handoff of handoffs) takeIn(handoffKind, desk.db, { ...handoff, apply }, desk)
  return {
    ids: [...new Set(results.map(({ id }) => id))],
    fresh: results.filter(({ fresh }) => fresh).length,
    changes: results.flatMap(({ changes }) => changes),
    conflicts: results.flatMap(({ conflicts }) => conflicts),
    unread: [...results.flatMap((result) => result.unread), ...unread],
  }
}

/**
 * A handoff that is known here.
 *
 * @throws {Refusal} where it is not.
 */
export function knownHandoff({ db }: Pick<HandoffDesk, 'db'>, id: string) {
  const stored = readHandoff(db, id)
  if (stored) return stored.document
  throw noSuchHandoff(id)
}
