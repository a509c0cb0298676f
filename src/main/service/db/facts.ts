import type { z } from 'zod'
import type { SourceName } from './source-name.ts'
import { prepared, type ReadDb, type WriteDb } from './sql.ts'

/** What facts are about: a source, or the alerts of this workspace. */
export type FactSource = SourceName | 'alerts'

/** Something that was found out about a source, or null when it is not known. One that an older Understudy stored in another shape counts as not known. */
export function readFact<Schema extends z.ZodType>(
  db: ReadDb,
  source: FactSource,
  name: string,
  schema: Schema,
): z.output<Schema> | null {
  const row = prepared<[string, string], { value: string }>(
    db,
    'SELECT value FROM facts WHERE source = ? AND name = ?',
  ).get(source, name)
  return row ? (schema.safeParse(jsonOf(row.value)).data ?? null) : null
}

/** Stores something that was found out about a source at `at`; what was known before under this name is replaced. */
export function writeFact(db: WriteDb, source: FactSource, name: string, value: unknown, at: number): void {
  prepared<[string, string, string, number]>(
    db,
    `INSERT INTO facts (source, name, value, at) VALUES (?, ?, ?, ?)
     ON CONFLICT (source, name) DO UPDATE SET value = excluded.value, at = excluded.at`,
  ).run(source, name, JSON.stringify(value), at)
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
