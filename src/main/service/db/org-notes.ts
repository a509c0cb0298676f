import { z } from 'zod'
import { prepared, transaction, type ReadDb, type WriteDb } from './sql.ts'

/** A note that is being written. */
export interface NoteDraft {
  readonly text: string
  readonly savedAt: number
}

/** Where an account's note is kept in GitLab. */
export interface NotePlace {
  readonly projectId: number
  readonly path: string
}

const storedDraft = z.object({ text: z.string(), savedAt: z.number() })
const storedPlace = z.object({ projectId: z.number().int(), path: z.string() })

/** The note that is being written for an account; null where none is. */
export function readNoteDraft(db: ReadDb, accountId: number): NoteDraft | null {
  return storedDraft.safeParse(partOf(db, accountId, 'orgNoteDraft')).data ?? null
}

/** Keeps a note that is being written; null forgets it. */
export function writeNoteDraft(db: WriteDb, accountId: number, draft: NoteDraft | null, now: number): void {
  writePart(db, accountId, 'orgNoteDraft', draft, now)
}

/** Where an account's note was found last; null where it never was. */
export function readNotePlace(db: ReadDb, accountId: number): NotePlace | null {
  return storedPlace.safeParse(partOf(db, accountId, 'orgNoteFile')).data ?? null
}

/** Remembers where an account's note was found. */
export function writeNotePlace(db: WriteDb, accountId: number, place: NotePlace, now: number): void {
  writePart(db, accountId, 'orgNoteFile', place, now)
}

/** Whether nothing of an account may be written or copied elsewhere. */
export function isRestricted(db: ReadDb, accountId: number): boolean {
  const sql = 'SELECT 1 FROM account_desks WHERE account_id = ? AND restricted = 1'
  return prepared<[number]>(db, sql).get(accountId) !== undefined
}

type Part = 'orgNoteDraft' | 'orgNoteFile'

function partOf(db: ReadDb, accountId: number, part: Part): unknown {
  const sql = 'SELECT document -> ? AS value FROM account_desks WHERE account_id = ?'
  const row = prepared<[string, number], { value: string | null }>(db, sql).get(`$.${part}`, accountId)
  return row?.value == null ? null : (JSON.parse(row.value) as unknown)
}

/** The document has other parts, which stay. */
function writePart(db: WriteDb, accountId: number, part: Part, value: object | null, now: number): void {
  transaction(db, () => {
    prepared<[number, number]>(
      db,
      `INSERT INTO account_desks (account_id, document, updated_at) VALUES (?, '{}', ?) ON CONFLICT (account_id) DO NOTHING`,
    ).run(accountId, now)
    prepared<[string, string, number]>(
      db,
      'UPDATE account_desks SET document = json_set(document, ?, json(?)) WHERE account_id = ?',
    ).run(`$.${part}`, JSON.stringify(value), accountId)
  })
}
