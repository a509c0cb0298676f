import { useEffect, useRef, useState } from 'react'
import type { AlertRow } from '#contract/alerts.ts'

/** Where the keyboard stands in the list. */
export interface AlertWalk {
  readonly current: AlertRow | undefined
  readonly setCursor: (id: number) => void
  readonly move: (steps: number) => void
  readonly register: (id: number, element: HTMLElement | null) => void
}

/** Walks the list: a cursor that keeps to its alert when others come in above, and to its place when that one leaves. */
export function useAlertWalk(alerts: readonly AlertRow[], startAt: number | undefined): AlertWalk {
  const elements = useRef(new Map<number, HTMLElement>())
  const [cursor, setCursor] = useState<{ readonly id: number; readonly index: number } | undefined>(undefined)
  const found = alerts.findIndex(({ id }) => id === cursor?.id)
  const at = found < 0 ? clamp(cursor?.index ?? 0, alerts.length) : found
  const current = alerts[at]
  const indexOf = (id: number) => alerts.findIndex((alert) => alert.id === id)
  const focus = (id: number) => {
    const element = elements.current.get(id)
    element?.focus({ preventScroll: true })
    element?.closest('li')?.scrollIntoView({ block: 'nearest' })
  }
  const here = startAt !== undefined && indexOf(startAt) >= 0
  useEffect(() => {
    if (here && startAt !== undefined) focus(startAt)
  }, [here, startAt])
  // Without this, whoever dismisses the alert under the focus in a list of open ones has to look for their place again.
  const left = cursor !== undefined && found < 0 ? current?.id : undefined
  useEffect(() => {
    if (left !== undefined && document.activeElement === document.body) focus(left)
  }, [left])
  return {
    current,
    setCursor: (id) => setCursor({ id, index: indexOf(id) }),
    move(steps) {
      const onList = [...elements.current.values()].some((element) =>
        element.closest('li')?.contains(document.activeElement),
      )
      // The first step of a walk goes to where the cursor already stands.
      const to = alerts[clamp(at + (onList ? steps : 0), alerts.length)]
      if (to) focus(to.id)
    },
    register(id, element) {
      if (element) elements.current.set(id, element)
      else elements.current.delete(id)
    },
  }
}

function clamp(index: number, length: number): number {
  return Math.max(0, Math.min(index, length - 1))
}
