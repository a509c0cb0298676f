/** A cell of a table; null for an empty one. */
export type CsvCell = string | number | null

/** Rows as CSV (RFC 4180): cells in quotes where they have to be, lines that end in CR LF. */
export function csvText(rows: readonly (readonly CsvCell[])[]): string {
  return rows.map((row) => `${row.map(cellText).join(',')}\r\n`).join('')
}

function cellText(cell: CsvCell): string {
  if (typeof cell === 'number') return String(cell)
  const text = inert(cell ?? '')
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

// SECURITY: names are written by others, and a spreadsheet carries out a cell that begins like a formula.
function inert(text: string): string {
  return /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text
}
