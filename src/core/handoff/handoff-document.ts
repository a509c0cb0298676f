import type { InstantMs } from '../instant.ts'
import type { Versioned } from '../sharing/versioned.ts'

/** How a ticket stands in the eyes of its ASE, the gravest first: the order in which a handoff is gone through. */
export const severities = ['unstable', 'watcher', 'stable'] as const

/** One of them. */
export type Severity = (typeof severities)[number]

/** Letters of a ticket's story: one line that is read while somebody waits. */
export const longestStory = 280

/** What can be seen to happen to a ticket, so that an alert tells an *if* of the ASE. */
export type Trigger =
  | { readonly on: 'customer-replies' }
  /** Its priority becomes a higher one. */
  | { readonly on: 'severity-raised' }
  /** No public reply of ours by then. */
  | { readonly on: 'no-reply-by'; readonly at: InstantMs }
  | { readonly on: 'status'; readonly to: string }
  | { readonly on: 'issue-closed'; readonly projectId: number; readonly iid: number }

/** *If … then …*, in the ASE's words. */
export type Contingency = {
  readonly id: string
  readonly if: string
  readonly then: string
  /** What fires it; null where only people can tell. */
  readonly trigger: Trigger | null
}

/** What the ASE writes of a ticket: judgement, no facts. Texts are empty and severity null until written. */
export type TicketLine = {
  readonly severity: Severity | null
  /** In one line, `longestStory` letters at most. */
  readonly story: string
  readonly nextAction: string
  readonly nextOwner: string
  /** Calendar day, `2026-12-28`; empty while none is set. */
  readonly nextBy: string
  readonly contingencies: readonly Contingency[]
  /** That nothing is foreseen is said, not left open. */
  readonly nothingForeseen: boolean
  readonly askWhom: string
}

/** What is known of a ticket without anybody's judgement, as it was when somebody looked. */
export type TicketFacts = {
  readonly subject: string
  readonly status: string
  readonly priority: string | null
  readonly assigneeId: number | null
  readonly assigneeName: string | null
  readonly createdAt: InstantMs
  /** The last public message of the customer, and of ours: when, and its first words. */
  readonly lastCustomer: { readonly at: InstantMs; readonly byName: string; readonly words: string } | null
  readonly lastPublicReply: { readonly at: InstantMs; readonly byName: string; readonly words: string } | null
  /** The last internal note: a change of it is a change of what is known. */
  readonly lastNote: { readonly at: InstantMs; readonly byName: string; readonly words: string } | null
  /** Running clocks, the next breach first. */
  readonly clocks: readonly { readonly metric: string; readonly breachAt: InstantMs }[]
  /** Names of who is on Cc. */
  readonly ccNames: readonly string[]
  /** Linked issues of GitLab, `group/project#12`, and whether they are open. */
  readonly issues: readonly { readonly reference: string; readonly title: string; readonly open: boolean }[]
}

/** Who said something on whose machine: in a meeting on one screen the one who speaks is not the one who is signed in. */
export type Speaker = { readonly id: number; readonly name: string }

/** What the covering engineer said back, in their words, of exactly what line. */
export type TeachBack = { readonly words: string; readonly speaker: Speaker; readonly ofLine: string }

/** What the ASE said to a teach-back: that is it, or what is missing. `ofWords` names the teach-back that was heard. */
export type Verdict = {
  readonly accepted: boolean
  readonly words: string
  readonly speaker: Speaker
  readonly ofWords: string
}

/** One ticket of a handoff, as it is shared. Each part has one author by its nature, so that field by field is part by part. */
export interface TicketPart {
  readonly line: Versioned<TicketLine>
  readonly teachBack: Versioned<TeachBack>
  readonly verdict: Versioned<Verdict>
  /** The facts as they were when the covering engineer last went over it; what differs from them since makes it stale. */
  readonly reviewed: Versioned<TicketFacts>
}

/** What is said of the account beside its tickets, each a text of its own. */
export const accountTexts = ['contacts', 'environment', 'resources', 'mood', 'paused', 'dates'] as const

/** One of them. */
export type AccountText = (typeof accountTexts)[number]

/** An account's handoff was accepted, or put off, or taken back; `hash` names exactly what was accepted. */
export type Acceptance = {
  readonly state: 'accepted' | 'delayed' | 'withdrawn'
  /** SHA-256, hex, of what `acceptedText` writes; empty where nothing was accepted. */
  readonly hash: string
  /** The prints of each ticket's line as accepted, for saying later which one changed. */
  readonly lines: Readonly<Record<string, string>>
  /** Why it was put off or taken back. */
  readonly words: string
  readonly speaker: Speaker
}

/** Names for a machine that does not know whom and what a handoff is about. */
export interface HandoffNames {
  readonly ase: string
  readonly aseTimeZone: string
  readonly account: string
  readonly covers: Readonly<Record<string, string>>
}

/**
 * The handoff of one account for one absence, as it is shared and merged without a server between the copies. Its id follows from
 * the absence and the account, so that whoever begins it begins the same one.
 */
export interface HandoffDocument {
  readonly id: string
  readonly aseId: number
  readonly accountId: number
  /** The absence it is for. */
  readonly window: Versioned<{ readonly startsAt: number; readonly endsAt: number }>
  readonly texts: Readonly<Record<string, Versioned<string>>>
  /** By the ticket's id. */
  readonly tickets: Readonly<Record<string, TicketPart>>
  readonly acceptance: Versioned<Acceptance>
  readonly names: HandoffNames
}

/** A line in which nothing is written yet. */
export const blankLine: TicketLine = {
  severity: null,
  story: '',
  nextAction: '',
  nextOwner: '',
  nextBy: '',
  contingencies: [],
  nothingForeseen: false,
  askWhom: '',
}
