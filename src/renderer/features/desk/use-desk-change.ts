import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { DeskEdit } from '#contract/desk.ts'
import { useWindow } from '../../api/window-context.tsx'
import { useUndo } from '../../ui/use-undo.ts'

/** Makes changes to the desk of an account, each of which can be undone from its notice. */
export interface DeskChanging {
  /** `words` tell what was done; `onStored` runs once it is stored. */
  readonly change: (edit: DeskEdit, words: string, onStored?: () => void) => void
  readonly pending: boolean
  readonly error: Error | null
}

/** Changes the desk of an account; what is shown of it follows at once. */
export function useDeskChange(accountId: number): DeskChanging {
  const { queries, connection } = useWindow()
  const queryClient = useQueryClient()
  const offerUndo = useUndo()
  const store = async (change: DeskEdit) => {
    const answer = await connection.client.desks.change({ accountId, change })
    queryClient.setQueryData(queries.desk(accountId).queryKey, answer.page)
    return answer.undo
  }
  const { mutate, isPending, error } = useMutation({
    mutationFn: ({
      edit,
    }: {
      readonly edit: DeskEdit
      readonly words: string
      readonly onStored?: (() => void) | undefined
    }) => store(edit),
    onSuccess: (undo, { words, onStored }) => {
      onStored?.()
      if (undo !== null) offerUndo(words, () => store(undo))
    },
  })
  return { change: (edit, words, onStored) => mutate({ edit, words, onStored }), pending: isPending, error }
}
