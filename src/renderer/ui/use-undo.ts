import { Toast } from '@base-ui/react/toast'
import { errorWords } from './error-words.ts'

/** How long something can be undone from its notice. */
const undoMs = 20_000

/** Tells that something was done, with a button that undoes it; where that does not work, why. */
export function useUndo(): (title: string, undo: () => Promise<unknown>) => void {
  const { add, close } = Toast.useToastManager()
  return (title, undo) => {
    const run = () => {
      close(id)
      undo().catch((error: unknown) =>
        add({ title: 'This was not undone', description: errorWords(error instanceof Error ? error : new Error()) }),
      )
    }
    const id = add({ title, timeout: undoMs, actionProps: { children: 'Undo', onClick: run } })
  }
}
