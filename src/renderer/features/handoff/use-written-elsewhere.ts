import { useEffect } from 'react'
import type { KeptDraft } from '../../ui/draft-keeper.ts'

/**
 * Tells when what is stored is another text than what a form shows that has nothing unsaved: it was written in another window, or
 * taken in. A form with something unsaved hears of it when it saves.
 */
export function useWrittenElsewhere<Document>(
  draft: KeptDraft<Document>,
  stored: { readonly base: string; readonly isShown: boolean },
  onElsewhere: () => void,
): void {
  const { base, isShown } = stored
  const isOver = draft.saved && draft.other === null && !isShown
  useEffect(() => {
    if (isOver) onElsewhere()
    // oxlint-disable-next-line react/exhaustive-deps -- only another state of what is stored can be another text
  }, [base])
}
