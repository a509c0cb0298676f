import { useState } from 'react'
import { useWindow } from '../api/window-context.tsx'

/** A text that outlives the window until it is sent or dropped. The key must not change between renders. */
export function useDraft(key: string, initial = ''): readonly [string, (text: string) => void] {
  const { drafts } = useWindow()
  const [text, setText] = useState(() => drafts.read(key) || initial)
  return [
    text,
    (next) => {
      setText(next)
      drafts.keep(key, next)
    },
  ]
}
