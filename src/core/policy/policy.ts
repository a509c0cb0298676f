import type { OnboardingPolicy } from '../desk/onboarding-policy.ts'
import type { OrgNotePolicy } from '../org-note/org-note-policy.ts'

/**
 * Handbook rules as data. Every number a rule uses and every text it prints comes from here, because the same handbook
 * pages say other things from year to year. The shape is checked by `policySchema` in the contract room.
 */
export interface Policy {
  /** Which edition of the handbook this is, as `YYYY-MM`. */
  readonly version: string
  /** What people call it: `Handbook of April 2025`. */
  readonly title: string
  readonly covering: CoveringPolicy
  readonly onCall: OnCallPolicy
  readonly baseline: BaselinePolicy
  readonly contributing: ContributingPolicy
  readonly planning: PlanningPolicy
  readonly returning: ReturningPolicy
  /** Null in editions without coverage pods. */
  readonly pods: PodPolicy | null
  readonly proactive: ProactivePolicy
  /** What an account's organization note has to say (rule 15). */
  readonly orgNote: OrgNotePolicy
  /** What taking over an account takes (rules 13 to 15 and 17). */
  readonly onboarding: OnboardingPolicy
  /** What to do with a ticket, by the situation it is in (rules 3 to 12). */
  readonly guidance: Readonly<Record<GuidanceSituation, GuidanceText>>
  /** The words of the steps that guidance consists of. */
  readonly guidanceSteps: Readonly<Record<GuidanceStepId, GuidanceStepText>>
}

/** Rule 1: how covering accounts lowers an engineer's other ticket work. */
export interface CoveringPolicy {
  /** Share of non-ASE ticket work each covered account takes away, 0 to 1, added up per account. */
  readonly reductionPerAccount: number
  readonly source: string
}

/** Rule 2: when an overlapping on-call shift has to change hands. */
export interface OnCallPolicy {
  /** Accounts covered at the same instant from which the swap flag goes up. */
  readonly swapFromAccounts: number
  readonly source: string
}

/** Rule 1: which weeks the baseline is the mean of. */
export interface BaselinePolicy {
  /** Complete weeks without absence or coverage to average over. */
  readonly cleanWeeks: number
  /** How far back to look for them, in weeks. */
  readonly lookBackWeeks: number
  /** Median deviations from the median beyond which a week is marked as far from the others. */
  readonly outlierDeviations: number
  /** Days of a week that count as working days, ISO numbers (1 is Monday). */
  readonly workingDays: readonly number[]
  readonly source: string
}

/** Rules 8, 11 and 12: who works a ticket of an ASE's account that is not assigned to the ASE. */
export interface ContributingPolicy {
  /** `like-assigned`: it is the ASE's all the same. `org-note`: anybody's, as the account's org note says. */
  readonly notAssignedToAse: 'like-assigned' | 'org-note'
  readonly source: string
}

/** What an ASE does before and after an absence, and how many days ahead. */
export interface PlanningPolicy {
  /** Days before the absence by which cover is found. */
  readonly findCoverDays: number
  /** Days before the absence by which accounts are reviewed and customers told. */
  readonly reviewDays: number
  readonly source: string
  /** The checklist, in its order. */
  readonly steps: readonly PlanningStep[]
}

/** Rule 7: the meeting after an absence, and what follows it. */
export interface ReturningPolicy {
  /** How long the meeting is planned for. */
  readonly meetingMinutes: number
  /** Days after the last coverage of an account at which its customer's data is removed from this machine. */
  readonly removeAfterDays: number
  /** That the ASE is back. `{account}`, `{ase}`, `{cover}` and `{sender}` are filled in. */
  readonly notices: { readonly contacts: MessageText; readonly accountTeam: MessageText }
  readonly source: string
}

/** One step of the checklist of an absence. */
export interface PlanningStep {
  readonly id: string
  /** By when: the days ahead that cover is found, or accounts are reviewed; or the day of the return. */
  readonly due: 'find-cover' | 'review' | 'return'
  /** `covered`: done as soon as somebody accepted every account for the whole absence. Null where a person ticks it. */
  readonly doneBy: 'covered' | null
  readonly words: string
  readonly source: string
}

/**
 * Groups of ASEs in one region who cover for each other. What somebody has to do before they book an absence depends on how
 * many people of the pod are out then, themself included.
 */
export interface PodPolicy {
  readonly region: string
  /** People out from which it is coordinated in the pod. */
  readonly coordinateFrom: number
  /** People out from which it is posted in the ASEs' channel as well. */
  readonly postFrom: number
  /** People out from which the manager judges before it is booked. */
  readonly askManagerFrom: number
  /** How long others may volunteer where the pod cannot cover, before the manager assigns somebody. */
  readonly volunteerHours: { readonly planned: number; readonly emergency: number }
  readonly source: string
}

/** Rules 16 to 18: the texts with which proactive work in an account's GitLab project begins. */
export interface ProactivePolicy {
  /** Issue template for calls that are not about tickets. `{account}` and `{label}` are filled in. */
  readonly callTemplate: {
    /** Of the file in the repository. */
    readonly path: string
    readonly lines: readonly string[]
    readonly source: string
  }
  /** `{account}`, `{project}`, `{url}`, `{label}`, `{whom}` and `{sender}` are filled in. */
  readonly announcements: {
    /** To the people of the customer. */
    readonly contacts: MessageText
    readonly accountTeam: MessageText
  }
}

/** A message to write, with placeholders that depend on what it is about. */
export interface MessageText {
  readonly subject: string
  readonly lines: readonly string[]
  readonly source: string
}

/** What a rule says, in words for the screen. `{ase}`, `{cover}`, `{account}`, `{online}` and `{assignee}` are filled in. */
export interface GuidanceText {
  readonly action: string
  readonly reason: string
  readonly source: string
  /** What to do one by one, in this order; those that do not apply to a ticket are left out. */
  readonly steps: readonly GuidanceStepId[]
}

/** The steps that guidance can consist of. What each of them is (a change, a text to copy, a link) is in `guidanceSteps` of the rules. */
export type GuidanceStepId = (typeof guidanceStepIds)[number]

/** Every step. */
export const guidanceStepIds = [
  'answer',
  'cc-me',
  'leave-ase',
  'assign-ase',
  'leave-assignee',
  'ask-assignee',
  'ping-ase',
  'tell-cover',
  'find-cover',
  'ask-customer',
  'record-choice',
  'handover-note',
  'read-org-note',
  'brief',
  'capture',
] as const

/**
 * The words of a step, and of the text it gives to copy (empty for the others). Beside those of guidance, `{aseHandle}`, `{coverHandle}`
 * (in Slack, else the name), `{ticket}`, `{subject}` and `{url}` are filled in; `{history}`, `{expectations}`, `{facts}` and `{conversation}` are
 * what a person writes into a note.
 */
export interface GuidanceStepText {
  readonly words: string
  readonly text: string
  readonly source: string
}

/** The situations of a ticket that the handbook answers differently. */
export type GuidanceSituation = (typeof guidanceSituations)[number]

/** Every situation. Which one a ticket is in is told by the decision table. */
export const guidanceSituations = [
  'finished',
  'emergency',
  'emergency-covered',
  'emergency-on-call',
  'emergency-on-call-covered',
  'emergency-covering',
  'emergency-own',
  'emergency-without-ase',
  'unassigned-account',
  'pre-ase',
  'pre-ase-asked',
  'pre-ase-chosen',
  'pre-ase-kept',
  'covering-new',
  'covering-breach',
  'covering',
  'covering-elsewhere',
  'own-away',
  'own-uncovered',
  'own-breach',
  'own',
  'own-by-priority',
  'own-elsewhere',
  'org-note',
  'new-unassigned',
  'ase-away',
  'ase-away-breach',
  'uncovered',
  'uncovered-breach',
  'breach-before-online',
  'missed',
  'ase-online',
] as const
