import type { TicketPriority, TicketStatus } from './ticket.ts'

/** One ticket of the opening scene, written so that the whole picture can be read at a glance. */
export interface Scene {
  readonly problem: string
  readonly organization: string
  readonly priority: TicketPriority | null
  /** When each message so far was written, in hours before the anchor. */
  readonly hoursAgo: readonly number[]
  readonly assignee: 'ase' | 'me' | 'colleague' | 'nobody'
  /** State after the last message; left out, it is what that message made it. */
  readonly status?: TicketStatus
  /** When the running clock ends, in minutes after the anchor; negative is breached. */
  readonly breachesIn?: number
  /** When the next message comes, in minutes after the anchor. */
  readonly nextIn?: number
  /** False: I am missing on the Cc list of a ticket that I cover. */
  readonly cc?: false
  readonly follows?: true
  readonly tags?: readonly string[]
}

type Rest = Pick<Scene, 'status' | 'breachesIn' | 'nextIn' | 'cc' | 'follows' | 'tags'>

const scene =
  (organization: string) =>
  (
    problem: string,
    priority: Scene['priority'],
    hoursAgo: readonly number[],
    assignee: Scene['assignee'],
    rest: Rest = {},
  ): Scene => ({ organization, problem, priority, hoursAgo, assignee, ...rest })

const cascadia = scene('cascadia')
const meridian = scene('meridian')
const kestrel = scene('kestrel')
const brandt = scene('brandt')

const hour = 60

/** Covered from today on: everything that can be seen on a ticket is somewhere here. */
const coveredFromToday: readonly Scene[] = [
  cascadia('web-down', 'urgent', [0.35, 0.3, 0.1], 'colleague', { tags: ['emergency'], cc: false, nextIn: 6 }),
  cascadia('geo-lag', 'high', [30, 28, 3.8], 'ase', { breachesIn: 10 }),
  cascadia('gitaly-oom', 'high', [76, 74, 51, 50, 49, 22], 'ase', { breachesIn: 1.1 * hour }),
  cascadia('batched-migration', 'high', [20, 17, 5, 4.5], 'ase', { breachesIn: -35, cc: false }),
  cascadia('runner-autoscaling', 'high', [2.9], 'ase', { breachesIn: 1.5 * hour }),
  cascadia('saml-groups', 'normal', [98, 91, 70, 68], 'ase', { status: 'pending', nextIn: 3 }),
  cascadia('pg-bloat', 'normal', [53, 49, 19], 'ase', { breachesIn: 5.2 * hour }),
  cascadia('upgrade-path', 'low', [120, 110, 26, 25], 'ase', { breachesIn: 26 * hour }),
  cascadia('registry-gc', 'normal', [44, 40, 21, 18], 'ase', { status: 'pending' }),
  cascadia('merge-train', 'high', [27, 25, 8, 7], 'ase', { breachesIn: 17 * hour }),
  cascadia('audit-streaming', 'low', [6], 'ase', { breachesIn: 18 * hour, cc: false }),
  cascadia('jira-dvcs', null, [33, 30, 11], 'ase'),
  cascadia('group-transfer', 'normal', [75, 70, 69], 'ase', { status: 'hold' }),
  cascadia('object-storage-migration', 'normal', [820, 816, 640, 638, 60], 'colleague', {
    breachesIn: 3 * hour,
    cc: false,
  }),
  cascadia('repo-checks', 'normal', [760, 752, 700, 699, 698], 'colleague', { status: 'pending', cc: false }),
]

/** Covered until tomorrow. */
const coveredUntilTomorrow: readonly Scene[] = [
  meridian('patroni-switchover', 'high', [31, 29, 6, 2], 'ase', { breachesIn: 22 * hour }),
  meridian('ldap-sync', 'high', [47, 45, 3.2], 'ase', { breachesIn: 48 }),
  meridian('backup-restore', 'normal', [96, 90, 45, 40, 16], 'ase', { breachesIn: 8 * hour, nextIn: 14 }),
  meridian('search-reindex', 'normal', [70, 62, 40, 36, 29], 'ase', { breachesIn: -5 * hour }),
  meridian('puma-memory', 'normal', [49, 44, 24, 20], 'ase', { status: 'pending' }),
  meridian('artifact-502', 'normal', [5.5], 'ase', { breachesIn: 2.5 * hour, cc: false }),
  meridian('license-activation', 'high', [12, 10, 3, 2.5], 'ase', { breachesIn: 55 }),
  meridian('redis-latency', 'normal', [51, 48, 26, 22], 'ase', { status: 'pending' }),
  meridian('pipeline-schedules', 'normal', [39, 35, 13, 12], 'ase', { breachesIn: 11 * hour }),
  meridian('two-factor', 'normal', [102, 100, 78, 70, 46], 'ase', { status: 'hold' }),
  meridian('webhook-timeouts', 'normal', [64, 60, 38, 30], 'ase', { status: 'pending', cc: false }),
  meridian('zoekt-memory', 'normal', [28, 20, 4], 'ase', { breachesIn: 20 * hour }),
  meridian('package-registry', 'low', [21, 14], 'ase', { status: 'pending' }),
  meridian('smtp-cert', 'high', [9, 8.4, 7.5, 7], 'ase', { status: 'solved' }),
]

/** My own account. */
const own: readonly Scene[] = [
  brandt('praefect-split', 'high', [3.5, 3.2, 2.1], 'me', { breachesIn: 1.8 * hour }),
  brandt('sidekiq-backlog', 'high', [8, 7.4, 6.6, 6, 1.5], 'me', { breachesIn: 2.5 * hour }),
  brandt('slow-clone', 'normal', [55, 50, 27, 26], 'me', { breachesIn: -1.2 * hour }),
  brandt('rate-limit-429', 'normal', [24, 22], 'me', { status: 'pending' }),
  brandt('mr-diff-slow', 'low', [50, 40, 17], 'me', { breachesIn: 7 * hour }),
  brandt('k8s-agent', 'normal', [90, 84, 66, 64], 'me', { status: 'hold' }),
  brandt('job-log-slow', 'low', [12], 'me', { breachesIn: 12 * hour }),
  brandt('dind-tls', 'low', [29, 26, 20], 'me', { breachesIn: 4.4 * hour }),
  brandt('pages-404', 'normal', [16, 15, 14], 'me', { breachesIn: 9 * hour, nextIn: 22 }),
  brandt('ci-minutes', 'normal', [22, 20, 19], 'me', { status: 'hold' }),
  brandt('upgrade-path', 'low', [140, 130, 100, 95, 92], 'me', { status: 'pending' }),
]

/** The other account of the ASE who left today; a colleague covers it. */
const coveredByAnother: readonly Scene[] = [
  kestrel('runner-autoscaling', 'high', [6, 5.2, 4], 'ase', { breachesIn: 20, cc: false }),
  kestrel('ldap-sync', 'normal', [36, 30, 10], 'ase', { breachesIn: 14 * hour, cc: false }),
  kestrel('gitaly-oom', 'high', [80, 78, 60, 59, 58], 'ase', { status: 'pending', cc: false }),
  kestrel('registry-gc', 'normal', [7], 'nobody', { breachesIn: 50, cc: false }),
  kestrel('webhook-timeouts', 'low', [30, 21], 'ase', { status: 'pending', cc: false }),
  kestrel('search-reindex', 'normal', [28, 24, 6], 'ase', { breachesIn: 18 * hour, cc: false }),
  kestrel('package-registry', 'normal', [2], 'nobody', { breachesIn: 6 * hour, cc: false }),
  kestrel('pg-bloat', 'normal', [66, 60, 40, 36], 'ase', { status: 'hold', cc: false }),
  kestrel('two-factor', 'normal', [18, 12, 9], 'colleague', { breachesIn: 15 * hour, cc: false, follows: true }),
]

/** The general queue. */
const generalQueue: readonly Scene[] = [
  scene('lumen')('smtp-cert', 'high', [3, 2.6, 1], 'me', { breachesIn: 3 * hour }),
  scene('lumen')('mr-diff-slow', 'low', [20], 'nobody', { breachesIn: 4 * hour }),
  scene('ostrava')('backup-restore', 'normal', [40, 33, 20], 'colleague', { breachesIn: 4 * hour }),
  scene('ostrava')('patroni-switchover', 'high', [9, 8], 'colleague', { status: 'pending' }),
  scene('pinecrest')('saml-groups', 'normal', [52, 48, 30, 26], 'me', { status: 'pending' }),
  scene('pinecrest')('rate-limit-429', 'normal', [1.2], 'nobody', { breachesIn: 6.8 * hour }),
  scene('tallinn')('merge-train', 'high', [5, 4.2, 3], 'colleague', { breachesIn: 1 * hour }),
  scene('tallinn')('dind-tls', 'low', [44, 41, 25], 'colleague', { breachesIn: -1 * hour, follows: true }),
  scene('orchid')('license-activation', 'high', [7, 5, 3.5], 'me', { breachesIn: 30 }),
  scene('heron')('artifact-502', 'normal', [26, 22, 15, 13], 'colleague', { status: 'pending' }),
  scene('heron')('jira-dvcs', null, [70, 66, 50], 'colleague'),
]

/** What the guidance on tickets tells apart and nothing above shows. */
const forGuidance: readonly Scene[] = [
  // Somebody else holds what should be its ASE's: of an account I cover, and of my own.
  cascadia('rate-limit-429', 'normal', [9, 8.5, 2], 'colleague', { breachesIn: 7 * hour }),
  brandt('artifact-502', 'normal', [10, 9, 3], 'colleague', { breachesIn: 5 * hour }),
  // New, and nobody has it.
  brandt('webhook-timeouts', 'normal', [0.5], 'nobody', { breachesIn: 6 * hour }),
  // An emergency without an ASE to notify.
  scene('heron')('web-down', 'urgent', [0.2, 0.15], 'colleague', { tags: ['emergency'], follows: true, nextIn: 9 }),
]

/** What is going on in the sample workspace when it opens. */
export const scenes: readonly Scene[] = [
  ...coveredFromToday,
  ...coveredUntilTomorrow,
  ...own,
  ...coveredByAnother,
  ...generalQueue,
  ...forGuidance,
]
