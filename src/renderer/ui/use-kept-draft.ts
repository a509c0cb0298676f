import { useEffect, useState, useSyncExternalStore } from 'react'
import { useWindow } from '../api/window-context.tsx'
import { createDraftKeeper, type DraftPlace, type KeptDraft } from './draft-keeper.ts'

/**
 * Keeps a document while a person types it: every letter at once in the window's own store, which outlives the window, and all of it
 * at the service a moment later. What a window that was killed kept is taken up again where nothing else was saved meanwhile.
 *
 * @param place as it is when the component begins; for another document there has to be another component.
 */
export function useKeptDraft<Document extends object>(place: DraftPlace<Document>): KeptDraft<Document> {
  const { drafts } = useWindow()
  const [keeper] = useState(() => createDraftKeeper(place, drafts))
  const state = useSyncExternalStore(keeper.subscribe, keeper.state)
  useEffect(() => keeper.begin(), [keeper])
  return { ...state, ...keeper.typing }
}
