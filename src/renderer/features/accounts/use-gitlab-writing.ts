import { useQuery } from '@tanstack/react-query'
import { useConnectionStatus, useWindow } from '../../api/window-context.tsx'

/** Whether changes in GitLab can be begun. */
export interface GitlabWriting {
  readonly possible: boolean
  /** Why not, for a person; undefined when it is possible, and when the window says by itself that it lost its service. */
  readonly why: string | undefined
  /** Who is signed in there, as far as the window knows. */
  readonly me: { readonly id: number; readonly name: string } | undefined
}

/** Whether changes in GitLab can be begun, and why not. The preview of each change says more. */
export function useGitlabWriting(): GitlabWriting {
  const { queries } = useWindow()
  const connected = useConnectionStatus() === 'open'
  const { data: workspace } = useQuery({ ...queries.status(), select: (status) => status.workspace })
  const { data: connections } = useQuery(queries.connections())
  const gitlab = connections?.gitlab
  // The sample's GitLab is the simulator, which nobody signs in to.
  const why =
    workspace !== 'real' || !connections
      ? undefined
      : !gitlab
        ? 'No GitLab is connected, so nothing can be changed there. Connections in Settings leads to the sign-in.'
        : gitlab.mode === 'read-only'
          ? 'You are signed in to GitLab for reading only. To change something from here, sign in again with the right “api”, under Connections in Settings.'
          : undefined
  return { possible: connected && why === undefined, why, me: gitlab?.user }
}
