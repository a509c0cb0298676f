/** What an ASE does when they take an account, and by when (rules 13 to 15 and 17). */
export interface OnboardingPolicy {
  readonly introduction: {
    /** How long the meeting is. */
    readonly minutes: number
    /** To copy. `{account}`, `{ase}` and `{sender}` are filled in. */
    readonly agenda: readonly string[]
    readonly source: string
  }
  readonly autoAssign: AutoAssignPolicy
  /** The checklist, in its order. */
  readonly steps: readonly OnboardingStepPolicy[]
}

/** How automatic assignment is asked for. */
export type AutoAssignPolicy =
  | {
      /** By a form on the web, with what to choose in it. */
      readonly by: 'form'
      readonly url: string
      readonly choices: readonly { readonly question: string; readonly answer: string }[]
      /** What to know before. */
      readonly remark: string
      readonly source: string
    }
  | {
      /** By an issue in the project in which notes of organizations are kept. */
      readonly by: 'issue'
      /** `{account}`, `{accountId}`, `{ase}` and `{aseId}` are filled in. */
      readonly title: string
      readonly lines: readonly string[]
      readonly remark: string
      readonly source: string
    }

/** One step of taking over an account. */
export interface OnboardingStepPolicy {
  readonly id: OnboardingStepId
  /** Business days after the first day of the contract on which it is due; 0 is that day. */
  readonly dueBusinessDays: number
  readonly words: string
  readonly source: string
}

/** What the steps are about; each knows by itself what there is to be read of it. */
export const onboardingStepIds = [
  'introduction',
  'cadence',
  'auto-assign',
  'org-note',
  'project-kit',
  'announcements',
] as const

/** One of them. */
export type OnboardingStepId = (typeof onboardingStepIds)[number]
