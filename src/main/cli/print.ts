import type { Terminal } from '#service/doors/run-command.ts'

/** Prints one value as JSON, indented for people who look. */
export function printJson(terminal: Terminal, value: unknown): Promise<void> {
  return terminal.print(`${JSON.stringify(value, null, 2)}\n`)
}

/** Prints items as one JSON array while they come, a line each, so that a long list needs no memory. */
export async function printJsonList(terminal: Terminal, items: AsyncIterable<unknown>): Promise<void> {
  let separator = '['
  for await (const item of items) {
    await terminal.print(`${separator}\n  ${JSON.stringify(item)}`)
    separator = ','
  }
  await terminal.print(separator === '[' ? '[]\n' : '\n]\n')
}

/** One column of a table: its title and its width in characters. The last column takes what is there. */
export type Column = readonly [title: string, width: number]

/** Prints rows under titles while they come. Cells that are too long end in an ellipsis. */
export async function printTable(
  terminal: Terminal,
  columns: readonly Column[],
  rows: AsyncIterable<readonly string[]>,
): Promise<void> {
  const line = (cells: readonly string[]) =>
    `${columns.map(([, width], index) => fit(cells[index] ?? '', width, index === columns.length - 1)).join('  ')}\n`
  await terminal.print(line(columns.map(([title]) => title)))
  for await (const row of rows) await terminal.print(line(row))
}

function fit(text: string, width: number, last: boolean): string {
  // SECURITY: subjects are written by strangers; control characters would command the terminal.
  const clean = text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ')
  const cut = clean.length > width ? `${clean.slice(0, width - 1)}…` : clean
  return last ? cut : cut.padEnd(width)
}

/** An instant as scripts read it: ISO 8601 in UTC. */
export function isoInstant(at: number): string
export function isoInstant(at: number | null): string | null
export function isoInstant(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}

/** An instant as people read it, in this machine's time zone; `never` when there was none. */
export function readableInstant(at: number | null): string {
  return at === null ? 'never' : new Date(at).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' })
}
