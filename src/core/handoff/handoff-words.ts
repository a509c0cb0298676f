import { datedWords, instantWords, spanWords } from '../coverage/plan-words.ts'
import type { Acceptance, AccountText, TeachBack, TicketLine, Trigger, Verdict } from './handoff-document.ts'

/** How a handoff is written for people: whose clock its times are by, and what everybody and everything is called. */
export interface HandoffWords {
  readonly timeZone: string
  readonly ase: string
  readonly account: string
  /** `Ticket 5012`, with its subject where that is known. */
  readonly ticket: (id: number) => string
}

/** What people call the texts of an account. */
export const accountTextNames: Readonly<Record<AccountText, string>> = {
  contacts: 'Contacts and how to work with them',
  environment: 'Environment',
  resources: 'Documents, issues and other resources',
  mood: 'Mood of the customer',
  paused: 'Paused while away',
  dates: 'Dates ahead',
}

/** A line as one text, for telling two of them apart: `Unstable. Story. Next: send the patch, Dana, by 2026-12-28. …`. */
export function lineWords(line: TicketLine, { timeZone }: Pick<HandoffWords, 'timeZone'>): string {
  const { severity, story, contingencies, nothingForeseen, askWhom } = line
  const next = nextWords(line)
  const parts = [
    severity === null ? '' : severityNames[severity],
    story,
    next === '' ? '' : `Next: ${next}`,
    ...contingencies.map((each) => `If ${contingencyWords(each, timeZone)}`),
    nothingForeseen ? 'Nothing foreseen' : '',
    askWhom === '' ? '' : `Ask ${askWhom}`,
  ]
  const written = parts.map((part) => part.trim()).filter((part) => part !== '')
  return written.map((part) => (/[.!?…]$/.test(part) ? part : `${part}.`)).join(' ') || 'Nothing is written.'
}

/** What is to be done next, by whom, by when: `send the patch, Dana, by 2026-12-28`; empty while nothing is written of it. */
export function nextWords({ nextAction, nextOwner, nextBy }: TicketLine): string {
  // A sentence that people ended goes on here.
  const action = nextOwner === '' && nextBy === '' ? nextAction : nextAction.replace(/\.\s*$/, '')
  return [action, nextOwner, nextBy === '' ? '' : `by ${nextBy}`].filter((part) => part !== '').join(', ')
}

/** What may happen, what to do then, and what of it alerts: `it happens again, then restart Sidekiq (alert when the customer replies)`. */
export function contingencyWords(contingency: TicketLine['contingencies'][number], timeZone: string): string {
  const { trigger } = contingency
  const alert = trigger ? ` (alert when ${triggerWords(trigger, timeZone)})` : ''
  return `${contingency.if}, then ${contingency.then}${alert}`
}

/** What people call the severities. */
export const severityNames = { unstable: 'Unstable', watcher: 'Watcher', stable: 'Stable' } as const

/** What fires a contingency: `the customer replies`. */
export function triggerWords(trigger: Trigger, timeZone: string): string {
  switch (trigger.on) {
    case 'customer-replies':
      return 'the customer replies'
    case 'severity-raised':
      return 'its priority is raised'
    case 'no-reply-by':
      return `there is no public reply by ${datedWords(trigger.at, timeZone)}`
    case 'status':
      return `its status becomes ${trigger.to}`
    case 'issue-closed':
      return `issue ${trigger.iid} of project ${trigger.projectId} is closed`
  }
}

/** What was said back. */
export function teachBackWords({ words, speaker }: TeachBack): string {
  return `${speaker.name}: “${words}”`
}

/** What the ASE said to it. */
export function verdictWords({ accepted, words }: Verdict): string {
  return `${accepted ? 'that is it' : 'not yet'}${words === '' ? '' : `: “${words}”`}`
}

/** What was said of the account as a whole. */
export function acceptanceWords({ state, words, speaker }: Acceptance): string {
  const verb = { accepted: 'accepted', delayed: 'put off', withdrawn: 'taken back' }[state]
  return `${verb} by ${speaker.name}${words === '' ? '' : `: “${words}”`}`
}

/** The absence: `from Mon 21 Dec to Wed 23 Dec`. */
export function windowWords(
  window: { readonly startsAt: number; readonly endsAt: number },
  { timeZone }: Pick<HandoffWords, 'timeZone'>,
): string {
  return window.startsAt < window.endsAt
    ? spanWords(window, timeZone)
    : `from ${instantWords(window.startsAt, timeZone)} until ${instantWords(window.endsAt, timeZone)}`
}
