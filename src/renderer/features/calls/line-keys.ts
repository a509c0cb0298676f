import type { KeyboardEvent } from 'react'
import type { FocusLine } from './use-line-focus.ts'

/** How the keys change a list of lines; every one answers with the whole list. */
export interface LineKeys<Line> {
  /** Names the list in `data-line`. */
  readonly name: string
  readonly lines: readonly Line[]
  readonly blank: Line
  readonly isBlank: (line: Line) => boolean
  readonly onChange: (lines: readonly Line[]) => void
  readonly focusLine: FocusLine
  /** Where the focus goes when an empty last line is left with Enter. */
  readonly after?: () => void
}

/** Enter begins the next line, Backspace takes an empty one away, Alt with the arrows moves one up or down. */
export function handleLineKey<Line>(event: KeyboardEvent, index: number, keys: LineKeys<Line>): void {
  const { lines, blank, isBlank, onChange, focusLine, name } = keys
  const line = lines[index]
  if (line === undefined || event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return
  const to = (next: number) => focusLine(`${name} ${next}`)
  if (event.key === 'Enter' && !event.shiftKey && !event.altKey) {
    event.preventDefault()
    if (isBlank(line)) return
    const next = lines[index + 1]
    if (next === undefined || !isBlank(next)) onChange(lines.toSpliced(index + 1, 0, blank))
    to(index + 1)
  } else if (event.key === 'Backspace' && isBlank(line)) {
    event.preventDefault()
    onChange(lines.toSpliced(index, 1))
    to(Math.max(0, index - 1))
  } else if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
    event.preventDefault()
    const target = index + (event.key === 'ArrowUp' ? -1 : 1)
    if (target < 0 || target >= lines.length) return
    onChange(lines.toSpliced(index, 1).toSpliced(target, 0, line))
    to(target)
  }
}
