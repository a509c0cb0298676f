import type { CoverRequest, PlanDetail, PlanEntry } from '#contract/plans.ts'
import type { IconName } from '../../ui/icon.tsx'
import type { PillTone } from '../../ui/pill.tsx'
import { dayAndTime, zoneName } from '../../ui/time-words.ts'

/** Word, sign and colour of how far asking has come. */
export const requestLooks: Readonly<
  Record<CoverRequest['state'], { readonly word: string; readonly icon: IconName; readonly tone: PillTone }>
> = {
  draft: { word: 'Not asked yet', icon: 'edit', tone: 'plain' },
  asked: { word: 'Asked, no answer yet', icon: 'hourglass', tone: 'info' },
  accepted: { word: 'Accepted', icon: 'check', tone: 'success' },
  declined: { word: 'Declined', icon: 'close', tone: 'danger' },
}

/** Whether anything changes hands already, in words. */
export function handsWords(plan: Pick<PlanDetail, 'entries' | 'missing' | 'own' | 'aseName'>): {
  readonly settled: boolean
  readonly lead: string
  readonly words: string
} {
  const { entries, missing, own, aseName } = plan
  const open = entries.filter(({ request }) => request.state !== 'accepted').length
  const keeps = own ? 'you still have your accounts' : `${aseName} still has the accounts`
  if (entries.length === 0) {
    return { settled: false, lead: 'Nothing changes hands.', words: `Nobody is planned to cover, so ${keeps}.` }
  }
  if (open === entries.length) {
    return { settled: false, lead: 'Nothing changes hands yet.', words: `Until somebody accepts, ${keeps}.` }
  }
  if (open > 0) {
    return {
      settled: false,
      lead: `${entries.length - open} of ${entries.length} covers are accepted.`,
      words: `For the rest nothing changes hands until it is accepted: ${keeps} there.`,
    }
  }
  if (missing > 0) {
    return {
      settled: false,
      lead: 'Every cover that was asked for is accepted.',
      words: `Where nobody covers, nothing changes hands: ${keeps} there.`,
    }
  }
  return { settled: true, lead: 'Every cover is accepted.', words: 'Each begins and ends as it stands below.' }
}

/** The message that asks somebody to cover, with every time by the clock where the ASE is. */
export function askWords(plan: PlanDetail, entries: readonly PlanEntry[]): string {
  const [first] = entries
  if (!first) return ''
  const wall = (instant: number) => dayAndTime(instant, plan.aseTimeZone)
  const whose = plan.own ? 'I am away' : `${plan.aseName} is away`
  const lines = entries.map(
    ({ accountName, startsAt, endsAt }) => `- ${accountName}: ${wall(startsAt)} – ${wall(endsAt)}`,
  )
  const [given = first.coverName] = first.coverName.split(' ')
  return [
    `Hi ${given}, ${whose} from ${wall(plan.startsAt)} to ${wall(plan.endsAt)}. Could you cover?`,
    ...lines,
    `Times are those in ${zoneName(plan.aseTimeZone, plan.startsAt)}. Covering means working the tickets; issues and standing calls are not part of it. Until you accept, nothing changes hands. You can also accept a part.`,
  ].join('\n')
}
