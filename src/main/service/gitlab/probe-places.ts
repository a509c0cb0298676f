import type { GitlabPlace } from '#contract/gitlab-connection.ts'
import { RemoteFailure } from '../transport/remote-failure.ts'
import type { RemoteRequest, RemoteResponse } from '../transport/transport.ts'

/** How a GitLab is asked. */
interface Reach {
  readonly url: string
  send(request: RemoteRequest): Promise<RemoteResponse>
}

/** More are not asked for at once: the sync finds out about the others. */
const mostPlaces = 10

/**
 * Asks for one issue of each group or project: the only way to learn what a token may read whose rights GitLab keeps to itself.
 *
 * @throws {RemoteFailure} when GitLab cannot be asked at all.
 */
export async function probePlaces(reach: Reach, places: readonly string[]): Promise<readonly GitlabPlace[]> {
  const found: GitlabPlace[] = []
  for (const place of [...new Set(places)].slice(0, mostPlaces)) {
    const group = await look(reach, 'groups', place)
    found.push({ place, answer: group === 'absent' ? await look(reach, 'projects', place) : group })
  }
  return found
}

async function look({ url, send }: Reach, kind: 'groups' | 'projects', place: string): Promise<GitlabPlace['answer']> {
  const query = 'scope=all&state=all&issue_type=issue&per_page=1'
  const address = `${url}/api/v4/${kind}/${encodeURIComponent(place)}/issues?${query}`
  try {
    await send({ method: 'GET', url: address, headers: { Accept: 'application/json' }, urgency: 'person' })
    return 'readable'
  } catch (failure) {
    if (!(failure instanceof RemoteFailure)) throw failure
    if (failure.kind === 'forbidden') return 'refused'
    if (failure.kind === 'not-found') return 'absent'
    throw failure
  }
}
