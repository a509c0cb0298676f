/** A support engineer of the sample workspace; `id` is their Zendesk user id. */
export interface DescribedPerson {
  readonly id: number
  readonly name: string
  readonly timeZone: string
  readonly region: string
  readonly workingHours: readonly { weekday: number; fromMinute: number; toMinute: number }[]
  /** Days like `2026-12-26` on which they do not work. */
  readonly daysOff: readonly string[]
  readonly slackHandle: string | null
}

/** A customer account; `id` is its Zendesk organization's id. */
export interface DescribedAccount {
  readonly id: number
  readonly name: string
  readonly aseId: number | null
  readonly aseSince: number | null
  readonly label: string | null
  readonly gitlabGroup: string | null
}

/** A plan for an absence: who was asked to cover which account when, and who accepted. */
export interface DescribedPlan {
  readonly id: string
  readonly aseId: number
  readonly startsAt: number
  readonly endsAt: number
  readonly accountIds: readonly number[]
  readonly plannedAt: number
  readonly entries: readonly {
    id: string
    accountId: number
    coverId: number
    startsAt: number
    endsAt: number
    state: 'asked' | 'accepted'
    at: number
  }[]
}

/** What is written down of an account beside its tickets. Times are ms since the epoch. */
export interface DescribedDesk {
  readonly accountId: number
  readonly updatedAt: number
  readonly document: {
    readonly contacts: readonly {
      id: string
      side: 'customer' | 'internal'
      name: string
      role: string
      reach: string
      howToWork: string
      important: boolean
    }[]
    readonly environment: Readonly<Record<string, string>>
    readonly environmentNote: string
    readonly resources: readonly { id: string; title: string; url: string; about: string }[]
    readonly slackChannel: string
    readonly cadence: string
    readonly extras: readonly { id: string; name: string; text: string }[]
    readonly onboarding: { readonly startsOn: string | null; readonly ticked: Readonly<Record<string, number>> }
  }
}

/** A call as somebody wrote it down. Times are ms since the epoch. */
export interface DescribedCall {
  readonly id: string
  readonly accountId: number
  readonly createdAt: number
  readonly updatedAt: number
  /** Null while it is a draft. */
  readonly filedAt: number | null
  /** What it became when it was filed, in words. */
  readonly became: string
  readonly document: {
    readonly about: 'tickets' | 'other'
    readonly day: string
    readonly purpose: string
    readonly tickets: readonly { id: number; how: 'internal' | 'public' }[]
    readonly customer: readonly string[]
    readonly ours: readonly string[]
    readonly topics: readonly { title: string; notes: string }[]
    readonly decisions: readonly string[]
    readonly actions: readonly { what: string; dri: string; dueOn: string; done: boolean }[]
    readonly prioritiesChanged: string
    readonly priorities: readonly string[]
  }
}

type DescribedMessage = { readonly at: number; readonly byName: string; readonly words: string } | null

/** What was known of a ticket when it was gone through. */
export interface DescribedFacts {
  readonly subject: string
  readonly status: string
  readonly priority: string | null
  readonly assigneeId: number | null
  readonly assigneeName: string | null
  readonly createdAt: number
  readonly lastCustomer: DescribedMessage
  readonly lastPublicReply: DescribedMessage
  readonly lastNote: DescribedMessage
  readonly clocks: readonly { metric: string; breachAt: number }[]
  readonly ccNames: readonly string[]
  readonly issues: readonly { reference: string; title: string; open: boolean }[]
}

/** What an ASE wrote of a ticket. */
export interface DescribedLine {
  readonly severity: 'unstable' | 'watcher' | 'stable' | null
  readonly story: string
  readonly nextAction: string
  readonly nextOwner: string
  readonly nextBy: string
  readonly contingencies: readonly {
    id: string
    if: string
    then: string
    trigger: { on: 'customer-replies' } | { on: 'severity-raised' } | { on: 'no-reply-by'; at: number } | null
  }[]
  readonly nothingForeseen: boolean
  readonly askWhom: string
}

/** An account that is being handed over, or was: what was written of it, said back and accepted. */
export interface DescribedHandoff {
  /** The plan it is for, or the absence where there is none. */
  readonly planOrAbsenceId: string
  readonly accountId: number
  readonly coverId: number
  readonly begunAt: number
  readonly texts: Readonly<
    Partial<Record<'contacts' | 'environment' | 'resources' | 'mood' | 'paused' | 'dates', string>>
  >
  readonly tickets: readonly {
    ticketId: number
    line: DescribedLine
    writtenAt: number
    /** What who covers said back, which the ASE accepted. */
    saidBack: string | null
    reviewed: { at: number; facts: DescribedFacts } | null
  }[]
  readonly acceptedAt: number | null
}

/** Who works in the sample workspace, for whom, and when. Instants are ms since the epoch. */
export interface DescribedWorkspace {
  readonly meId: number
  readonly people: readonly DescribedPerson[]
  readonly accounts: readonly DescribedAccount[]
  readonly absences: readonly { id: string; personId: number; startsAt: number; endsAt: number }[]
  readonly coverages: readonly {
    id: string
    absenceId: string
    accountId: number
    coverId: number
    startsAt: number
    endsAt: number
  }[]
  /** Absences that are still being arranged, with their covers. */
  readonly plans: readonly DescribedPlan[]
  /** Path of the GitLab project in which coverage is asked for. */
  readonly coverageProject: string
  /** Path of the GitLab project in which organization notes are kept. */
  readonly organizationsProject: string
  /** Who looks at merge requests for notes. */
  readonly gitlabManager: { readonly id: number; readonly username: string; readonly name: string }
  /** What is written down of accounts beside their tickets. */
  readonly desks: readonly DescribedDesk[]
  /** Calls that were written down. */
  readonly calls: readonly DescribedCall[]
  /** Handoffs that are begun. */
  readonly handoffs: readonly DescribedHandoff[]
  /** On-call shifts. */
  readonly shifts: readonly { id: string; personId: number; title: string; startsAt: number; endsAt: number }[]
}

/** Where a running simulator is, how to sign in to it, and what it plays. */
export interface SimulatorDescription {
  readonly zendesk: { readonly url: string; readonly email: string; readonly token: string }
  readonly gitlab: { readonly url: string; readonly token: string }
  readonly control: { readonly url: string }
  readonly seed: number
  readonly clock: { readonly now: number; readonly speed: number }
  readonly workspace: DescribedWorkspace
}
