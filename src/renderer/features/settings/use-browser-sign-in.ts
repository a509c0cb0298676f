import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useWindow } from '../../api/window-context.tsx'

/** A sign-in that goes on outside of this window. */
export type BrowserSignIn =
  | { readonly kind: 'oauth'; readonly url: string; readonly clientId: string }
  | { readonly kind: 'session'; readonly url: string }

/** Begins a sign-in; how it goes on is told by the connections. */
export function useBrowserSignIn(): {
  readonly start: (signIn: BrowserSignIn) => void
  readonly pending: boolean
  readonly error: Error | null
} {
  const { connection, queries } = useWindow()
  const queryClient = useQueryClient()
  const { mutate, isPending, error } = useMutation({
    mutationFn: (signIn: BrowserSignIn) =>
      signIn.kind === 'oauth'
        ? connection.client.connections.startZendeskOauth({ url: signIn.url, clientId: signIn.clientId })
        : connection.client.connections.startZendeskSession({ url: signIn.url }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: queries.procedures.connections.key() }),
  })
  return { start: mutate, pending: isPending, error }
}
