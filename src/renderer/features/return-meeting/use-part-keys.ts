import type { RefObject } from 'react'
import { useShortcuts } from '../../ui/keyboard.tsx'

/** Lets `j` and `k` go from one part of a page to the next and back: the focus to its heading, which comes into sight. */
export function usePartKeys(root: RefObject<HTMLElement | null>): void {
  const go = (by: 1 | -1) => {
    const parts = [...(root.current?.querySelectorAll('[data-part]') ?? [])]
    const here = parts.findIndex((part) => part.contains(document.activeElement))
    const heading = parts[Math.max(0, here + by)]?.querySelector<HTMLElement>('h2')
    if (!heading) return
    heading.focus({ preventScroll: true })
    heading.scrollIntoView({ block: 'start' })
  }
  const group = 'After the list'
  useShortcuts([
    { keys: 'j', words: 'Next part', group, run: () => go(1) },
    { keys: 'k', words: 'Part before', group, run: () => go(-1) },
  ])
}
