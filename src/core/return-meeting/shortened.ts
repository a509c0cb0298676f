/** A text on one line, with an end where it is too long. */
export function shortened(text: string, most: number): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line.length <= most ? line : `${line.slice(0, most - 1).trimEnd()}…`
}

/** A list of so many lines at most: the last of a longer one says how many more there are. */
export function withRest(lines: readonly string[], most: number): string[] {
  if (lines.length <= most) return [...lines]
  return [...lines.slice(0, most - 1), `and ${lines.length - most + 1} more`]
}
