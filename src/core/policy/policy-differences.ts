import { onboardingDifferences } from '../desk/onboarding-differences.ts'
import { orgNoteDifferences } from '../org-note/org-note-differences.ts'
import { mostAccounts } from '../workload/week-load.ts'
import {
  guidanceSituations,
  type GuidanceSituation,
  type PlanningPolicy,
  type PlanningStep,
  type PodPolicy,
  type Policy,
  type ProactivePolicy,
} from './policy.ts'

/** What a policy says otherwise than another one, a sentence for each; from the values themselves, so that it cannot be out of date. */
export function policyDifferences(policy: Policy, other: Policy): string[] {
  return [
    ...coveringDifferences(policy, other),
    ...baselineDifferences(policy, other),
    ...differing(policy.contributing.notAssignedToAse, other.contributing.notAssignedToAse, (whose) => {
      return whose === 'org-note'
        ? 'A ticket that is not assigned to the ASE is anybody’s, as the account’s org note says.'
        : 'A ticket that is not assigned to the ASE is the ASE’s all the same.'
    }),
    ...planningDifferences(policy.planning, other.planning),
    ...podDifferences(policy.pods, other.pods),
    ...proactiveDifferences(policy.proactive, other.proactive),
    ...orgNoteDifferences(policy.orgNote, other.orgNote),
    ...onboardingDifferences(policy.onboarding, other.onboarding),
    ...adviceDifferences(policy, other),
  ]
}

function coveringDifferences({ covering, onCall }: Policy, other: Policy): string[] {
  return [
    ...differing(covering.reductionPerAccount, other.covering.reductionPerAccount, (share, before) => {
      const most = mostAccounts(covering)
      const fit =
        most === Infinity ? 'any number of accounts' : `${most} ${most === 1 ? 'account' : 'accounts'} at most`
      return (
        `Each covered account takes ${percent(share)} of the other ticket work instead of ${percent(before)}: ` +
        `${fit} instead of ${mostAccounts(other.covering)}.`
      )
    }),
    ...differing(onCall.swapFromAccounts, other.onCall.swapFromAccounts, (from, before) => {
      return `On-call shifts change hands from ${accounts(from)} on instead of ${before}.`
    }),
  ]
}

function baselineDifferences({ baseline }: Policy, other: Policy): string[] {
  return [
    ...differing(baseline.cleanWeeks, other.baseline.cleanWeeks, (weeks, before) => {
      return `The usual load is the mean of ${weeks} weeks instead of ${before}.`
    }),
    ...differing(baseline.lookBackWeeks, other.baseline.lookBackWeeks, (weeks, before) => {
      return `The usual load is looked for in the last ${weeks} weeks instead of ${before}.`
    }),
    ...differing(baseline.outlierDeviations, other.baseline.outlierDeviations, (many, before) => {
      return `A week is marked as far from the others beyond ${many} median deviations instead of ${before}.`
    }),
    ...differing(weekdays(baseline.workingDays), weekdays(other.baseline.workingDays), (days, before) => {
      return `Working days are ${days} instead of ${before}.`
    }),
  ]
}

function planningDifferences(planning: PlanningPolicy, other: PlanningPolicy): string[] {
  const stepsOnlyIn = (one: PlanningPolicy, another: PlanningPolicy) =>
    one.steps.filter((step) => !another.steps.some((candidate) => stepWords(candidate) === stepWords(step)))
  const named = (steps: readonly PlanningStep[]) => steps.map(({ words }) => `“${words}”`).join(' ')
  const more = stepsOnlyIn(planning, other)
  const fewer = stepsOnlyIn(other, planning)
  return [
    ...differing(planning.findCoverDays, other.findCoverDays, (days, before) => {
      return `Cover is found ${days} days before an absence instead of ${before}.`
    }),
    ...differing(planning.reviewDays, other.reviewDays, (days, before) => {
      return `Accounts are reviewed ${days} days before an absence instead of ${before}.`
    }),
    ...(more.length > 0 ? [`The checklist of an absence also says: ${named(more)}`] : []),
    ...(fewer.length > 0 ? [`The checklist of an absence no longer says: ${named(fewer)}`] : []),
  ]
}

function stepWords({ due, words }: PlanningStep): string {
  return `${due} ${words}`
}

function podDifferences(pods: PodPolicy | null, other: PodPolicy | null): string[] {
  if (pods === null) return other === null ? [] : ['There are no coverage pods.']
  if (other !== null && podWords(pods) === podWords(other)) return []
  return [podWords(pods)]
}

function podWords({ region, coordinateFrom, postFrom, askManagerFrom, volunteerHours }: PodPolicy): string {
  return (
    `Coverage pods in ${region}: with ${coordinateFrom} of a pod out it is coordinated there, with ${postFrom} it is posted ` +
    `in the ASE channel too, with ${askManagerFrom} or more the manager is asked before booking. Volunteers have ` +
    `${volunteerHours.planned} hours, in an emergency ${volunteerHours.emergency}.`
  )
}

function proactiveDifferences(proactive: ProactivePolicy, other: ProactivePolicy): string[] {
  const template = ({ callTemplate: { path, lines } }: ProactivePolicy) => [path, ...lines].join('\n')
  const letters = ({ announcements: { contacts, accountTeam } }: ProactivePolicy) =>
    [contacts, accountTeam].flatMap(({ subject, lines }) => [subject, ...lines]).join('\n')
  return [
    ...differing(template(proactive), template(other), () => 'Another issue template for calls.'),
    ...differing(letters(proactive), letters(other), () => 'Other announcements of an account’s GitLab project.'),
  ]
}

function adviceDifferences(policy: Policy, other: Policy): string[] {
  const situations = guidanceSituations.filter((situation) => {
    const [text, before] = [policy.guidance[situation], other.guidance[situation]]
    return text.action !== before.action || text.reason !== before.reason || text.steps.join() !== before.steps.join()
  })
  return situations.length === 0 ? [] : [`Other advice on ${listed(situations.map((each) => situationWords[each]))}.`]
}

const situationWords: Readonly<Record<GuidanceSituation, string>> = {
  finished: 'finished tickets',
  emergency: 'emergencies',
  'emergency-covered': 'emergencies of covered accounts',
  'emergency-on-call': 'emergencies while you are on call',
  'emergency-on-call-covered': 'emergencies of covered accounts while you are on call',
  'emergency-covering': 'emergencies of accounts you cover',
  'emergency-own': 'emergencies of your own accounts',
  'emergency-without-ase': 'emergencies without an ASE',
  'unassigned-account': 'accounts without an ASE',
  'pre-ase': 'tickets from before the ASE',
  'pre-ase-asked': 'those whose customer was asked',
  'pre-ase-chosen': 'those whose customer chose the ASE',
  'pre-ase-kept': 'those whose customer chose their assignee',
  'covering-new': 'new tickets you cover',
  'covering-breach': 'covered tickets that breach first',
  covering: 'other tickets you cover',
  'covering-elsewhere': 'covered tickets that went to somebody else',
  'own-away': 'your own tickets while you are away',
  'own-uncovered': 'your own tickets while nobody covers them',
  'own-breach': 'your own tickets that breach first',
  own: 'your own tickets',
  'own-by-priority': 'tickets of your accounts that are not assigned to you',
  'own-elsewhere': 'tickets of your accounts that somebody else has',
  'org-note': 'tickets that are not assigned to the ASE',
  'new-unassigned': 'new tickets that nobody has',
  'ase-away': 'tickets of an ASE who is away',
  'ase-away-breach': 'tickets that breach before the ASE is back',
  uncovered: 'tickets that nobody covers',
  'uncovered-breach': 'tickets that breach while nobody covers them',
  'breach-before-online': 'tickets that breach before the ASE is online',
  missed: 'tickets that were missed',
  'ase-online': 'tickets of an ASE who is online',
}

function differing<Value>(value: Value, before: Value, words: (value: Value, before: Value) => string): string[] {
  return value === before ? [] : [words(value, before)]
}

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`
}

function accounts(count: number): string {
  return count === 1 ? '1 covered account' : `${count} covered accounts`
}

const dayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

function weekdays(numbers: readonly number[]): string {
  return listed(numbers.toSorted((a, b) => a - b).map((number) => dayNames[number - 1] ?? String(number)))
}

function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? ''
  return words.length <= 1 ? last : `${words.slice(0, -1).join(', ')} and ${last}`
}
