import type { Simulator } from '#simulator/create-simulator.ts'
import type { MisbehaviourOrder } from '#simulator/http/misbehaviour.ts'
import type { Dice } from './dice.ts'
import { byTheApp } from './look-at-traffic.ts'
import type { Network } from './network.ts'

/** Every kind of misbehaviour that the simulator's Zendesk knows. */
export const vendorKinds = [
  ...(['401', '403', '404', '409', '422', '429', '502', '503', 'html', 'truncate', 'hang', 'slow'] as const),
  ...(['empty-page', 'no-meta', 'error-in-list', 'repeat-rows', 'other-host'] as const),
  ...(['lost-502', 'lost-hang', 'lost-cut'] as const),
]
/** What the network does by itself, and rows that move from one page to another while they are read. */
const networkKinds = ['unknown name', 'no secure connection', 'page move'] as const
/** Every kind that comes up when it is ordered. */
export const orderedKinds = [...vendorKinds, ...networkKinds]
/** One of them. */
export type OrderedKind = (typeof orderedKinds)[number]
/** What the app itself goes through. */
const lifeKinds: readonly string[] = [
  'kill',
  'restart',
  'sleep',
  'port closed',
  'sign-in ended',
  'signed in again',
  'sign-in refused',
]
/** Everything that has to come up in an eventful day. */
export const kinds: readonly string[] = [...orderedKinds, ...lifeKinds]
const paths = [
  '/oauth/tokens',
  '/tickets.json?',
  '/organizations/',
  'show_many',
  '/comments',
  '/audits',
  '/users/',
  '/tickets/',
  '',
]

/** How often each thing that can go wrong was met up to now. */
export function countMet(
  simulator: Simulator,
  network: Network,
  lives: Readonly<Record<string, number>>,
): Record<string, number> {
  const met: Record<string, number> = { ...network.met, ...lives }
  for (const exchange of simulator.record().filter(byTheApp)) {
    const { misbehaviour, status, path } = exchange
    // Zendesk's own word on a token that is over.
    const kind = misbehaviour ?? (status === 401 && path.startsWith('/api/') ? 'sign-in refused' : null)
    if (kind !== null) met[kind] = (met[kind] ?? 0) + 1
  }
  return met
}

/** An order of this kind for some of the requests to come. Lost ones are for writes, and some others too. */
export function misbehaviourOf(
  kind: (typeof vendorKinds)[number],
  dice: Dice,
  beforeNight: boolean,
): MisbehaviourOrder {
  const isForWrites = kind.startsWith('lost') || kind === '409' || dice.below(4) === 0
  // A closed ticket that is said to be gone while everything is looked through stays so until the next night.
  const isAboutOne = kind === '404' || kind === '403'
  const path = isAboutOne && !beforeNight ? '/comments' : (dice.one(paths) ?? '')
  const slow = kind === 'hang' || kind === 'slow' || kind === 'lost-hang'
  return {
    target: 'zendesk',
    kind,
    count: 1 + dice.below(slow ? 2 : 6),
    skip: dice.below(3),
    retryAfter: dice.one([1, 5, 30, 60, 100, null]) ?? null,
    delayMs: 100,
    ...(isForWrites ? { method: 'PUT' } : { pathContains: path }),
    form: dice.one(['text', 'object'] as const) ?? 'text',
  }
}
