import { useQuery } from '@tanstack/react-query'
import { useWindow } from '../api/window-context.tsx'
import { ConnectionBanner } from './connection-banner.tsx'

/** Says on every screen that GitLab cannot be asked, or that its token ends before long, and leads to where that is mended. */
export function GitlabBanner() {
  const { queries } = useWindow()
  const { data: gitlab } = useQuery({ ...queries.connections(), select: (connections) => connections.gitlab })
  if (!gitlab) return null
  if (gitlab.state === 'sign-in-needed') {
    return (
      <ConnectionBanner icon="key" style="lost" role="alert" what="GitLab needs you to sign in again.">
        Issues that are stored stay readable.
      </ConnectionBanner>
    )
  }
  if (gitlab.state === 'unreachable') {
    return (
      <ConnectionBanner icon="offline" style="away" role="status" what="GitLab cannot be reached.">
        Issues that are stored stay readable.
      </ConnectionBanner>
    )
  }
  if (gitlab.warning === null) return null
  const [what = '', ...remedy] = gitlab.warning.split(/(?<=\.) /)
  return (
    <ConnectionBanner icon="alert" style="away" role="status" what={what}>
      {remedy.join(' ')}
    </ConnectionBanner>
  )
}
