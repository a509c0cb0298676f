/** A line of two texts: in both, only in the first (`out`), or only in the second (`in`). */
export interface DiffLine {
  readonly kind: 'same' | 'out' | 'in'
  readonly text: string
}

/** What of a text is taken out and put in, line by line, with as few of both as can be. An end of line at the end counts for nothing. */
export function diffLines(before: string, after: string): readonly DiffLine[] {
  const [a, b] = [linesOf(before), linesOf(after)]
  const longest = commonLengths(a, b)
  const lines: DiffLine[] = []
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    const [out, into] = [a[i], b[j]]
    if (out !== undefined && out === into) {
      lines.push({ kind: 'same', text: out })
      i += 1
      j += 1
    } else if (into === undefined || (out !== undefined && at(longest, i + 1, j) >= at(longest, i, j + 1))) {
      lines.push({ kind: 'out', text: out ?? '' })
      i += 1
    } else {
      lines.push({ kind: 'in', text: into })
      j += 1
    }
  }
  return lines
}

function linesOf(text: string): readonly string[] {
  const trimmed = text.replace(/\n+$/, '')
  return trimmed === '' ? [] : trimmed.split('\n')
}

/** How many lines the rest of both texts have in common, from each place in the one and the other. */
function commonLengths(a: readonly string[], b: readonly string[]): readonly Uint16Array[] {
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1))
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const row = lengths[i]
      if (row)
        row[j] = a[i] === b[j] ? at(lengths, i + 1, j + 1) + 1 : Math.max(at(lengths, i + 1, j), at(lengths, i, j + 1))
    }
  }
  return lengths
}

function at(lengths: readonly Uint16Array[], i: number, j: number): number {
  return lengths[i]?.[j] ?? 0
}
