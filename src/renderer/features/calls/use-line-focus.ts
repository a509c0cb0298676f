import { type RefObject, useEffect, useRef } from 'react'

/** The attribute by which a line of a list is found. */
export const lineAttribute = 'data-line'

/** Moves the focus to a line, `decisions 2`, as soon as it is there. */
export type FocusLine = (line: string) => void

/** Lets lists of a form move the focus to lines that they are about to add. */
export function useLineFocus(form: RefObject<HTMLElement | null>): FocusLine {
  const wanted = useRef<string | null>(null)
  const go = () => {
    const field = form.current?.querySelector<HTMLElement>(`[${lineAttribute}="${wanted.current}"]`)
    if (!field) return
    wanted.current = null
    field.focus()
  }
  useEffect(() => {
    if (wanted.current !== null) go()
  })
  return (line) => {
    wanted.current = line
    go()
  }
}
