import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import type { HandoffDetail } from '#contract/handoffs.ts'
import { useWindow } from '../../api/window-context.tsx'
import { useDraft } from '../../ui/use-draft.ts'

type Side = 'ase' | 'cover'

/** Who acts at this window, and as whom. */
export interface ReviewModeState {
  /** Both at one screen, or each at their own. */
  readonly together: boolean
  readonly choose: (together: boolean) => void
  /** Whether what this side does can be done here. */
  readonly mayAct: (side: Side) => boolean
  /** Who speaks for a side, for what is sent with it: nothing where that is whoever is signed in. */
  readonly speaker: (side: Side) => { readonly speaker?: { readonly id: number } }
  /** The covering engineer who speaks, and the choice where there are several. */
  readonly cover: HandoffDetail['covers'][number] | undefined
  readonly chooseCover: (id: number) => void
}

/** How two people hold the review, remembered from one to the next. */
export function useReviewMode(handoff: HandoffDetail): ReviewModeState {
  const { queries } = useWindow()
  const [mode, keep] = useDraft('handoff-review-mode', 'own')
  const { data: me } = useQuery({ ...queries.status(), select: (status) => status.me?.id })
  const [chosen, chooseCover] = useState<number | undefined>(undefined)
  const { role, covers, aseId } = handoff
  const cover = covers.find(({ id }) => id === chosen) ?? covers.find(({ id }) => id === me) ?? covers[0]
  const together = mode === 'together' && role !== 'other'
  const idOf = (side: Side) => (side === 'ase' ? aseId : cover?.id)
  return {
    together,
    choose: (wanted) => keep(wanted ? 'together' : 'own'),
    mayAct: (side) => together || role === side,
    speaker(side) {
      const id = idOf(side)
      return id === undefined || id === me ? {} : { speaker: { id } }
    },
    cover,
    chooseCover,
  }
}
