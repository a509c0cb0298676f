import { useState } from 'react'
import { useDraft } from '../../ui/use-draft.ts'

/** The list beside the row: whether it is folded away, and whether a row is looked for in it. */
export interface ListFold {
  readonly folded: boolean
  readonly toggle: () => void
  /** Puts the focus into the field that finds a row. */
  readonly find: () => void
  /** Counts how often that was asked for since the list came up. */
  readonly asked: number
}

/** Whether the list is folded away, remembered from one meeting to the next. */
export function useListFold(): ListFold {
  const [kept, keep] = useDraft('return list', 'open')
  const [asked, setAsked] = useState(0)
  const folded = kept === 'folded'
  return {
    ...{ folded, asked },
    toggle() {
      keep(folded ? 'open' : 'folded')
      setAsked(0)
    },
    find() {
      keep('open')
      setAsked(asked + 1)
    },
  }
}
