import { open, readFile, rename, rm, type FileHandle } from 'node:fs/promises'
import { z } from 'zod'
import { alertKind } from '#contract/alerts.ts'

/** An alert that was put before the person, or never will be; kept beside the database, which may be restored from a backup. */
export interface JournalLine {
  readonly id: number
  readonly kind: z.infer<typeof alertKind>
  readonly subject: string
  readonly instance: string
  readonly ticketId: number | null
  readonly accountId: number | null
  readonly title: string
  readonly dueAt: number
  /** When it was written. */
  readonly at: number
}

/** Remembers alerts outside of the database. */
export interface Journal {
  /** Everything that is remembered, oldest first; what is older than `since` is forgotten for good. */
  read(since: number): Promise<JournalLine[]>
  /** On disk when this resolves. */
  append(lines: readonly JournalLine[]): Promise<void>
  /** Forgets lines for good. */
  forget(concerned: (line: JournalLine) => boolean): Promise<void>
  close(): Promise<void>
}

const line = z.object({
  id: z.number().int(),
  kind: alertKind,
  subject: z.string(),
  instance: z.string(),
  ticketId: z.number().nullable(),
  accountId: z.number().nullable(),
  title: z.string(),
  dueAt: z.number(),
  at: z.number(),
})

/** Opens the journal in a file, which need not be there yet. A broken line, such as a crash leaves at the end, is passed over. */
export function openJournal(file: string): Journal {
  let handle: Promise<FileHandle> | null = null
  // Lines of a page that was torn off must not glue themselves to the next one.
  let isWhole = true

  async function closeHandle(): Promise<void> {
    const open = handle
    handle = null
    await (await open)?.close()
  }

  async function keepOnly(isKept: (line: JournalLine) => boolean): Promise<JournalLine[]> {
    await closeHandle()
    const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return ''
      throw error
    })
    const rows = text.split('\n').filter((row) => row !== '')
    const lines = rows.flatMap((row) => readLine(row) ?? [])
    const kept = lines.filter(isKept)
    isWhole = text === '' || text.endsWith('\n')
    if (kept.length < rows.length) {
      await replace(file, kept)
      isWhole = true
    }
    return kept
  }

  return {
    read: (since) => keepOnly(({ at }) => at >= since),
    async forget(concerned) {
      await keepOnly((line) => !concerned(line))
      // What a crash left of an earlier replacing.
      await rm(`${file}.next`, { force: true })
    },
    async append(lines) {
      if (lines.length === 0) return
      const to = await (handle ??= open(file, 'a', 0o600))
      const text = lines.map((one) => `${JSON.stringify(one)}\n`).join('')
      await to.appendFile(isWhole ? text : `\n${text}`)
      isWhole = true
      await to.datasync()
    },
    close: closeHandle,
  }
}

function readLine(row: string): JournalLine | null {
  try {
    return line.safeParse(JSON.parse(row)).data ?? null
  } catch {
    return null
  }
}

async function replace(file: string, lines: readonly JournalLine[]): Promise<void> {
  const next = await open(`${file}.next`, 'w', 0o600)
  await next.writeFile(lines.map((one) => `${JSON.stringify(one)}\n`).join(''))
  await next.sync()
  await next.close()
  await rename(`${file}.next`, file)
}
