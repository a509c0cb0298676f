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
  /** Null in editions without coverage pods. */
  readonly pods: PodPolicy | null
  readonly proactive: ProactivePolicy
  /** What to do with a ticket, by the situation it is in (rules 3 to 12). */
  readonly guidance: Readonly<Record<GuidanceSituation, GuidanceText>>
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
  readonly announcements: {
    /** To the people of the customer. */
    readonly contacts: AnnouncementText
    readonly accountTeam: AnnouncementText
  }
}

/** A message to write. `{account}`, `{project}`, `{url}`, `{label}`, `{whom}` and `{sender}` are filled in. */
export interface AnnouncementText {
  readonly subject: string
  readonly lines: readonly string[]
  readonly source: string
}

/** What a rule says, in words for the screen. `{ase}`, `{cover}`, `{account}` and `{online}` are filled in. */
export interface GuidanceText {
  readonly action: string
  readonly reason: string
  readonly source: string
}

/** The situations of a ticket that the handbook answers differently. */
export type GuidanceSituation = (typeof guidanceSituations)[number]

/** Every situation, in order of precedence: the first one that holds is the one shown. */
export const guidanceSituations = [
  'finished',
  'emergency',
  'unassigned-account',
  'pre-ase',
  'covering-new',
  'covering-breach',
  'covering',
  'own-away',
  'own',
  'org-note',
  'ase-away',
  'breach-before-online',
  'ase-online',
] as const
