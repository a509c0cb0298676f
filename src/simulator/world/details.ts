import type { Details } from '../stories/problem.ts'
import { createRandom } from '../random.ts'
import { zendeskTime } from '../time.ts'
import type { Organization } from './organizations.ts'

const versions = ['18.5.2-ee', '18.4.4-ee', '18.3.6-ee', '18.2.8-ee', '17.11.7-ee', '18.6.0-ee'] as const
const olders = ['18.2.8-ee', '17.11.7-ee', '17.8.7-ee', '17.5.5-ee'] as const
const nodes = ['gitaly-01', 'gl-rails-02', 'git-store-3', 'glnode04', 'gitlab-app-1', 'geo-sec-01'] as const
const projects = [
  'platform/monorepo',
  'core/billing',
  'firmware/flight-control',
  'web/portal',
  'data/pipelines',
] as const

/** What the placeholders of one ticket stand for; the same ticket always tells the same story. */
export function detailsOf(
  seed: number,
  ticketId: number,
  organization: Organization,
  names: { readonly requester: string; readonly agent: string },
  createdAt: number,
): Details {
  const random = createRandom(seed, 'details', ticketId)
  const stamp = zendeskTime(createdAt - random.int(20, 200) * 60_000)
  return {
    host: organization.host,
    requester: names.requester.split(' ')[0] ?? names.requester,
    agent: names.agent.split(' ')[0] ?? names.agent,
    version: random.pick(versions),
    older: random.pick(olders),
    node: random.pick(nodes),
    project: random.pick(projects),
    n: String(random.int(12, 980)),
    m: String(random.int(1200, 9800)),
    date: stamp.slice(0, 10),
    time: stamp.slice(11, 19),
  }
}
