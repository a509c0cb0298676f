import { useEffect, useState } from 'react'

/** How long nobody must have typed before what was typed is asked for. */
const pauseMs = 250

/** A text as it was when it last stayed the same for a moment; the first one counts at once. */
export function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), pauseMs)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}
