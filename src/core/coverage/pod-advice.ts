import { overlapOf, type Window } from '../instant.ts'
import type { Absence, Account, Person } from '../people/people.ts'
import type { PodPolicy } from '../policy/policy.ts'

/** What somebody of a coverage pod has to do before booking. */
export interface PodAdvice {
  /** People of the pod who are out at once at some time of the absence, the ASE included. */
  readonly out: number
  readonly words: string
  readonly volunteerWords: string
  readonly source: string
}

/**
 * What the pod of an ASE asks for, by how many of it are out at once. Who is in which pod is written nowhere, and it rotates: people say
 * it. Where nobody said it, or the ASE is not among those that are known here, all ASEs of the region count, and that is said. Null where
 * there are no pods, or the ASE is of another region.
 */
export function podAdvice(
  pods: PodPolicy | null,
  absence: Window & { readonly aseId: number },
  facts: {
    readonly people: readonly Person[]
    readonly accounts: readonly Account[]
    /** Everybody's. */
    readonly absences: readonly Absence[]
    /** Who is in the pod, by a person's own word; nobody: that was not said. */
    readonly podMemberIds: readonly number[]
  },
): PodAdvice | null {
  if (pods === null) return null
  const inPod = ({ id, region }: Person) =>
    isOfRegion(region, pods.region) && (id === absence.aseId || facts.accounts.some(({ aseId }) => aseId === id))
  const region = facts.people.filter(inPod)
  const ase = region.find(({ id }) => id === absence.aseId)
  if (!ase) return null
  const named = facts.people.filter(({ id }) => facts.podMemberIds.includes(id))
  const isNamed = named.includes(ase)
  const pod = isNamed ? named : region
  const others = facts.absences.filter(
    ({ personId }) => personId !== absence.aseId && pod.some(({ id }) => id === personId),
  )
  const out = mostAtOnce(others, absence) + 1
  const { planned, emergency } = pods.volunteerHours
  return {
    out,
    words: isNamed
      ? `${outWords(out, 'the pod')} ${duty(out, pods)}`
      : `${outWords(out, `the ASEs in ${pods.region}`)} ${duty(out, pods)} ${guessWords(ase, named, pods)}`,
    volunteerWords:
      `Where the pod cannot cover, post it in the ASE channel. Others may volunteer for ${planned} hours, in an emergency ` +
      `for ${emergency}; after that the manager assigns somebody.`,
    source: pods.source,
  }
}

function outWords(out: number, whom: string): string {
  return out === 1 ? `Nobody else of ${whom} is out then.` : `${out} of ${whom} are out then, this absence included.`
}

/** Whom the pod is taken for, where nobody said it. */
function guessWords({ name }: Person, named: readonly Person[], { region }: PodPolicy): string {
  return named.length === 0
    ? `Who is in the pod is not set, so all ASEs in ${region} count: name its people in Settings under Handbook rules.`
    : `${name} is not in the pod that is named in Settings, so all ASEs in ${region} count.`
}

function duty(out: number, pods: PodPolicy): string {
  if (out >= pods.askManagerFrom)
    return 'Post it in the ASE channel and tag the manager before booking: the manager judges.'
  if (out >= pods.postFrom) return 'Coordinate it in the pod and post it in the ASE channel too.'
  return out >= pods.coordinateFrom ? 'Coordinate it in the pod.' : 'Nothing is to be coordinated.'
}

/** The most different people whose absences overlap at one instant of a window. */
function mostAtOnce(absences: readonly Absence[], window: Window): number {
  const inside = absences.flatMap((absence) => {
    const overlap = overlapOf(absence, window)
    return overlap ? [{ ...overlap, personId: absence.personId }] : []
  })
  const counts = inside.map(({ startsAt }) => {
    const away = inside.filter((other) => other.startsAt <= startsAt && other.endsAt > startsAt)
    return new Set(away.map(({ personId }) => personId)).size
  })
  return Math.max(0, ...counts)
}

/** Regions are written like AMER, or AMER-W for a part of it. */
function isOfRegion(region: string, pods: string): boolean {
  const [written, named] = [region.trim().toUpperCase(), pods.toUpperCase()]
  return written === named || written.startsWith(`${named}-`)
}
