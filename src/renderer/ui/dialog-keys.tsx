import { type RefObject, useEffect } from 'react'
import { useKeyboard } from './keyboard.tsx'

/**
 * Stands last in a dialog: from its first moment on, what is typed goes into its field and is no shortcut of the window. The
 * dialog's own focus comes a moment later, and whoever types fast would have assigned a ticket with the words of a note.
 */
export function DialogKeys({ first }: { readonly first?: RefObject<HTMLElement | null> | undefined }) {
  const keyboard = useKeyboard()
  useEffect(() => keyboard.rest(), [keyboard])
  useEffect(() => {
    // After the dialog has noted where the focus was, which is where it goes back to.
    queueMicrotask(() => first?.current?.focus())
  }, [first])
  return null
}
