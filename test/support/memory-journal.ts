import type { Journal, JournalLine } from '#service/alerts/journal.ts'

/** A journal that outlives databases and runs of a test, but not the test. */
export function createMemoryJournal(): Journal & { readonly lines: JournalLine[] } {
  const lines: JournalLine[] = []
  return {
    lines,
    read: async (since) => lines.filter(({ at }) => at >= since),
    append: async (more) => void lines.push(...more),
    forget: async (concerned) => {
      const kept = lines.filter((line) => !concerned(line))
      lines.splice(0, lines.length, ...kept)
    },
    close: async () => undefined,
  }
}
