import type { HandoffState, HandoffTicket, TicketLineValues, TriggerValues } from '#contract/handoffs.ts'
import type { AccountText, Severity } from '#core/handoff/handoff-document.ts'
import type { IconName } from '../../ui/icon.tsx'
import type { PillTone } from '../../ui/pill.tsx'

interface Look {
  readonly word: string
  readonly icon: IconName
  readonly tone: PillTone
}

/** Word, sign and colour of how far the handoff of an account is. */
export const stateLooks: Readonly<Record<HandoffState, Look>> = {
  'not-begun': { word: 'Not begun', icon: 'dash', tone: 'plain' },
  preparing: { word: 'Being prepared', icon: 'edit', tone: 'info' },
  prepared: { word: 'Prepared', icon: 'check', tone: 'info' },
  'in-review': { word: 'In review', icon: 'eye', tone: 'caution' },
  accepted: { word: 'Accepted', icon: 'check', tone: 'success' },
  delayed: { word: 'Put off', icon: 'hourglass', tone: 'warning' },
}

/** Word, sign and colour of a ticket's severity, what it means, and the key that chooses it. */
export const severityLooks: Readonly<Record<Severity, Look & { readonly means: string; readonly key: string }>> = {
  unstable: {
    ...{ word: 'Unstable', icon: 'flame', tone: 'danger', key: '1' },
    means: 'Needs work meanwhile',
  },
  watcher: { word: 'Watcher', icon: 'eye', tone: 'caution', key: '2', means: 'Quiet now, may turn' },
  stable: { word: 'Stable', icon: 'check', tone: 'success', key: '3', means: 'Nothing is expected of it' },
}

/** What each text of the account part is called, and what belongs into it. */
export const textWords: Readonly<Record<AccountText, { readonly name: string; readonly hint: string }>> = {
  contacts: { name: 'Contacts', hint: 'Who matters, there and here, and how to work with them.' },
  environment: { name: 'Environment', hint: 'Their GitLab: how it runs, versions, what is special about it.' },
  resources: { name: 'Resources', hint: 'Documents, issues and links that help.' },
  mood: { name: 'Mood', hint: 'How the customer feels about us at present, and why.' },
  paused: { name: 'Paused while away', hint: 'Proactive issues and standing meetings that wait for the return.' },
  dates: { name: 'Dates ahead', hint: 'Upgrades, renewals, maintenance windows.' },
}

/** Statuses that an *if* can wait for. */
export const statusChoices = ['new', 'open', 'pending', 'hold', 'solved', 'closed'] as const

/** What fires an *if*, as the end of a sentence; `at` is written by the caller's clock. */
export function triggerWords(trigger: TriggerValues, at: (instant: number) => string, issue: string): string {
  switch (trigger.on) {
    case 'customer-replies':
      return 'the customer replies'
    case 'severity-raised':
      return 'its priority is raised'
    case 'no-reply-by':
      return `there is no public reply of ours by ${at(trigger.at)}`
    case 'status':
      return `its status becomes ${trigger.to}`
    case 'issue-closed':
      return `${issue} is closed`
  }
}

/** A field of a ticket's line, by the name its control has in `data-field`. */
export type LineField = 'severity' | 'story' | 'nextAction' | 'nextOwner' | 'nextBy' | 'contingencies' | 'askWhom'

/** The first field of a line that still wants something written, for putting the focus there; undefined where none does. */
export function firstEmptyField(line: TicketLineValues): LineField | undefined {
  const texts = ['story', 'nextAction', 'nextOwner', 'nextBy'] as const
  if (line.severity === null) return 'severity'
  const text = texts.find((field) => line[field].trim() === '')
  if (text) return text
  if (line.severity === 'stable') return undefined
  const foreseen = line.contingencies.some((each) => each.if.trim() !== '' && each.then.trim() !== '')
  return foreseen || line.nothingForeseen ? undefined : 'contingencies'
}

/** Enough letters of a hash to compare two of them by eye. */
export function shortHash(hash: string): string {
  return hash.slice(0, 12)
}

/** What a line still lacks, for a row of the list. */
export function missingWords({ line, missing }: Pick<HandoffTicket, 'line' | 'missing'>): string {
  if (missing.length === 0) return 'Nothing missing'
  return line ? `Missing: ${missing.join(', ')}` : 'Nothing is written yet'
}

/** A line in short, for telling two of them apart. */
export function shortLine(line: TicketLineValues): string {
  const { severity, story, nextAction, nextOwner, nextBy, contingencies, askWhom } = line
  const parts = [
    severity && severityLooks[severity].word,
    story && `“${story}”`,
    nextAction && `next: ${nextAction}`,
    nextOwner,
    nextBy,
    ...contingencies.map((each) => `if ${each.if} then ${each.then}`),
    askWhom && `ask ${askWhom}`,
  ]
  return parts.filter(Boolean).join(', ') || 'Nothing'
}

/** `1 ticket`, `12 tickets`. */
export function ticketCount(count: number): string {
  return count === 1 ? '1 ticket' : `${count} tickets`
}
