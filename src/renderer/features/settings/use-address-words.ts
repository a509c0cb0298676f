import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { useWindow } from '../../api/window-context.tsx'

/** Whose address is typed. */
export type Vendor = 'zendesk' | 'gitlab'

/** What is to be said of an address. */
export interface AddressWords {
  /** Why it cannot be used, or null. */
  readonly problem: string | null
  /** What may be wrong with it, or null. */
  readonly warning: string | null
}

const nothing: AddressWords = { problem: null, warning: null }

/** What is to be said of an address, each time that `look` is called: a half-typed one is not found fault with. */
export function useAddressWords(url: string, vendor: Vendor): AddressWords & { readonly look: () => void } {
  const { queries } = useWindow()
  const [looked, setLooked] = useState(url)
  const { readAddress, readGitlabAddress } = queries.procedures.connections
  const input = { url: looked.trim() }
  const typed = input.url !== ''
  const zendesk = useQuery({ ...readAddress.queryOptions({ input }), enabled: typed && vendor === 'zendesk' })
  const gitlab = useQuery({ ...readGitlabAddress.queryOptions({ input }), enabled: typed && vendor === 'gitlab' })
  const data = vendor === 'zendesk' ? zendesk.data : gitlab.data && { ...gitlab.data, warning: null }
  return { ...((looked === url && data) || nothing), look: () => setLooked(url) }
}
