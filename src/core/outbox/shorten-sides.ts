const longestSide = 1200

/**
 * Shortens several states of one text for showing them side by side: lines that all of them begin or end with are left out but for one,
 * and what is still too long is cut.
 */
export function shortenSides(texts: readonly string[]): string[] {
  const all = texts.map((text) => text.replaceAll('\r\n', '\n').split('\n'))
  const shortest = Math.min(...all.map((lines) => lines.length))
  const agrees = (lineOf: (lines: readonly string[]) => string | undefined) => new Set(all.map(lineOf)).size === 1
  let head = 0
  while (head < shortest && agrees((lines) => lines[head])) head += 1
  let tail = 0
  while (tail < shortest - head && agrees((lines) => lines.at(-1 - tail))) tail += 1
  const [from, left] = [Math.max(0, head - 1), Math.max(0, tail - 1)]
  return all.map((lines) => {
    const middle = lines.slice(from, lines.length - left).join('\n')
    return `${from > 0 ? '…\n' : ''}${cut(middle)}${left > 0 ? '\n…' : ''}`
  })
}

function cut(text: string): string {
  return text.length > longestSide ? `${text.slice(0, longestSide)}… (${text.length} characters)` : text
}
