import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { useWindow } from '../../api/window-context.tsx'

/** What is to be said of an address. */
export interface AddressWords {
  /** Why it cannot be used, or null. */
  readonly problem: string | null
  /** What may be wrong with it, or null. */
  readonly warning: string | null
}

const nothing: AddressWords = { problem: null, warning: null }

/** What is to be said of an address, each time that `look` is called: a half-typed one is not found fault with. */
export function useAddressWords(url: string): AddressWords & { readonly look: () => void } {
  const { queries } = useWindow()
  const [looked, setLooked] = useState(url)
  const { data } = useQuery({
    ...queries.procedures.connections.readAddress.queryOptions({ input: { url: looked.trim() } }),
    enabled: looked.trim() !== '',
  })
  return { ...((looked === url && data) || nothing), look: () => setLooked(url) }
}
