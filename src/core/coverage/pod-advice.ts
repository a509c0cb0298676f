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
 * What the pod of an ASE asks for, by how many of it are out at once. Who is in which pod is nowhere written: the ASEs of the region
 * count. Null where there are no pods, or the ASE is of another region.
 *
 * @param absences everybody's.
 */
export function podAdvice(
  pods: PodPolicy | null,
  absence: Window & { readonly aseId: number },
  facts: {
    readonly people: readonly Person[]
    readonly accounts: readonly Account[]
    readonly absences: readonly Absence[]
  },
): PodAdvice | null {
  if (pods === null) return null
  const inPod = ({ id, region }: Person) =>
    isOfRegion(region, pods.region) && (id === absence.aseId || facts.accounts.some(({ aseId }) => aseId === id))
  const pod = facts.people.filter(inPod)
  if (!pod.some(({ id }) => id === absence.aseId)) return null
  const others = facts.absences.filter(
    ({ personId }) => personId !== absence.aseId && pod.some(({ id }) => id === personId),
  )
  const out = mostAtOnce(others, absence) + 1
  const { planned, emergency } = pods.volunteerHours
  return {
    out,
    words: `${outWords(out, pods)} ${duty(out, pods)}`,
    volunteerWords:
      `Where the pod cannot cover, post it in the ASE channel. Others may volunteer for ${planned} hours, in an emergency ` +
      `for ${emergency}; after that the manager assigns somebody.`,
    source: pods.source,
  }
}

function outWords(out: number, { region }: PodPolicy): string {
  return out === 1
    ? `Nobody else of the ASEs in ${region} is out then.`
    : `${out} of the ASEs in ${region} are out then, this absence included.`
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
