import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { PendingGitlabSignIn } from '#contract/gitlab-connection.ts'
import { useWindow } from '../../api/window-context.tsx'

/** A sign-in to GitLab that goes on outside of this window. */
export type GitlabSignIn = Pick<PendingGitlabSignIn, 'kind' | 'url' | 'clientId' | 'mode'>

/** Begins a sign-in to GitLab; how it goes on is told by the connections. */
export function useGitlabSignIn(): {
  readonly start: (signIn: GitlabSignIn) => void
  readonly pending: boolean
  readonly error: Error | null
} {
  const { connection, queries } = useWindow()
  const queryClient = useQueryClient()
  const { mutate, isPending, error } = useMutation({
    mutationFn: ({ kind, ...application }: GitlabSignIn) =>
      kind === 'oauth'
        ? connection.client.connections.startGitlabOauth(application)
        : connection.client.connections.startGitlabDevice(application),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: queries.procedures.connections.key() }),
  })
  return { start: mutate, pending: isPending, error }
}
