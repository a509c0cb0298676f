import { Temporal } from 'temporal-polyfill'
import { datedWords, instantWords, isoDay, listed } from '../coverage/plan-words.ts'
import type { StaleChange } from '../handoff/stale-differences.ts'
import type { InstantMs } from '../instant.ts'
import { metricWord } from '../tickets/metric-word.ts'
import type { AlertFacts, AlertTicket, EndingClock } from './alert.ts'

/** For whom and when an alert is written. */
export interface AlertReader {
  readonly now: InstantMs
  /** Whose clock its times are by. */
  readonly timeZone: string
  /** Whether what customers wrote may stand in it: notifications are read over shoulders. */
  readonly customerText: boolean
}

/** An alert as it is read: account and clock come first. */
export interface AlertText {
  readonly title: string
  readonly body: string
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs
/** What is read in a notification; platforms cut longer ones off. */
const mostText = 140

/** Writes an alert. */
export function alertText(facts: AlertFacts, reader: AlertReader): AlertText {
  switch (facts.kind) {
    case 'new-ticket':
      return {
        title: `${facts.account} · new ticket${clockAfter(facts.clock, reader)}`,
        body: ticketBody(facts.ticket, reader),
      }
    case 'emergency':
      return {
        title: `${facts.account} · EMERGENCY${clockAfter(facts.clock, reader)}`,
        body: `${ticketBody(facts.ticket, reader)}\nThe engineer on call leads. Have the account’s facts at hand.`,
      }
    case 'customer-replied':
      return {
        title: `${facts.account} · the customer replied${clockAfter(facts.clock, reader)}`,
        body: reader.customerText
          ? `#${facts.ticket.id}: ${shortened(facts.text)}`
          : `Ticket #${facts.ticket.id}. Open it to read what they wrote.`,
      }
    case 'breach-coming':
    case 'breached':
    case 'breaches-before-ase':
    case 'ase-removed':
    case 'cc-removed':
      return ticketText(facts, reader)
    case 'handoff-stale':
    case 'contingency':
      return handoffText(facts, reader)
    case 'woke':
      return {
        title: `${facts.account} · #${facts.ticket.id} is back`,
        body: [facts.why, ...(facts.meanwhile.length > 0 ? ['Meanwhile:', ...facts.meanwhile] : [])].join('\n'),
      }
    case 'swap-open':
    case 'coverage-coming':
    case 'coverage-started':
    case 'coverage-ended':
    case 'return-meeting-due':
    case 'return-meeting':
    case 'sign-in-ending':
    case 'account-unseen':
      return otherText(facts, reader)
  }
}

type TicketFacts = Extract<
  AlertFacts,
  { readonly kind: 'breach-coming' | 'breached' | 'breaches-before-ase' | 'ase-removed' | 'cc-removed' }
>

function ticketText(facts: TicketFacts, reader: AlertReader): AlertText {
  const body = ticketBody(facts.ticket, reader)
  switch (facts.kind) {
    case 'breach-coming':
      return {
        title: `${facts.account} · ${metricOf(facts.clock)} ${endsIn(facts.clock.breachAt, reader)}`,
        body,
      }
    case 'breached':
      return {
        title: `${facts.account} · ${metricOf(facts.clock)} breached ${clockWords(facts.clock.breachAt, reader.now, reader.timeZone)}`,
        body,
      }
    case 'breaches-before-ase': {
      const online =
        facts.aseOnlineAt === null
          ? `when ${facts.aseName} is next at work is not known`
          : `${facts.aseName} is next at work ${clockWords(facts.aseOnlineAt, reader.now, reader.timeZone)}`
      return {
        title: `${facts.account} · ${metricOf(facts.clock)} ${endsIn(facts.clock.breachAt, reader)}, before the ASE is back`,
        body: `${body}\nAnswer it and put yourself on Cc; ${online}, and stays the assignee.`,
      }
    }
    case 'ase-removed':
      return {
        title: `${facts.account} · #${facts.ticket.id} was taken from ${facts.aseName}`,
        body: `${body}\nAssigned to ${facts.assigneeName ?? 'nobody'} now. While you cover, the ASE stays the assignee.`,
      }
    case 'cc-removed':
      return {
        title: `${facts.account} · you are off Cc of #${facts.ticket.id}`,
        body: `${body}\nPut yourself back on Cc, or replies will not reach you.`,
      }
  }
}

type HandoffFacts = Extract<AlertFacts, { readonly kind: 'handoff-stale' | 'contingency' }>

function handoffText(facts: HandoffFacts, reader: AlertReader): AlertText {
  const body = ticketBody(facts.ticket, reader)
  const clock = clockAfter(facts.clock, reader)
  if (facts.kind === 'contingency') {
    const [foreseen, advice] = [oneLine(facts.foreseen), oneLine(facts.advice)]
    // Either may be empty while a line is not complete.
    const what = foreseen === '' ? 'what the ASE foresaw' : /^if\b/i.test(foreseen) ? foreseen : `If ${foreseen}`
    return {
      title: `${facts.account} · ${what}${clock}`,
      body: advice === '' ? body : `${facts.aseName} wrote: “${advice}”\n${body}`,
    }
  }
  const { id } = facts.ticket
  if (facts.changes === null) {
    return {
      title: `${facts.account} · #${id} is not in the handoff${clock}`,
      body: `${body}\nNobody went over it. Look at it, and mark it as gone over in Handoff.`,
    }
  }
  const lines = facts.changes.map((change) => changeLine(change, reader))
  return {
    title: `${facts.account} · #${id} changed since you went over it${clock}`,
    body: [body, ...lines].join('\n'),
  }
}

/** With the time of day, which stays true when the alert is read later. */
function changeLine({ words, said }: StaleChange, { now, timeZone, customerText }: AlertReader): string {
  if (said === null) return words
  const line = `${said.who} (${clockWords(said.at, now, timeZone)})`
  return customerText ? `${line}: “${shortened(said.text)}”` : line
}

type OtherFacts = Exclude<
  AlertFacts,
  TicketFacts | HandoffFacts | { readonly kind: 'new-ticket' | 'emergency' | 'customer-replied' | 'woke' }
>

function otherText(facts: OtherFacts, reader: AlertReader): AlertText {
  const at = (instant: InstantMs) => clockWords(instant, reader.now, reader.timeZone)
  switch (facts.kind) {
    case 'swap-open':
      return {
        title: `On call ${at(facts.startsAt)} · nobody takes your shift yet`,
        body: `During “${facts.shift}” you cover ${listed(facts.accounts)}. Ask your manager for a swap; until then you are on duty.`,
      }
    case 'coverage-coming':
      return {
        title: `${facts.account} · you cover from ${at(facts.startsAt)}`,
        body: `${facts.aseName} is away until ${at(facts.endsAt)}. ${facts.signInProblem ?? 'Your sign-ins work until then.'}`,
      }
    case 'coverage-started':
      return {
        title: `${facts.account} · your coverage begins`,
        body: `Until ${at(facts.endsAt)}, for ${facts.aseName}.${facts.signInProblem === null ? '' : ` ${facts.signInProblem}`}`,
      }
    case 'coverage-ended':
      return {
        title: `${facts.account} · your coverage is over`,
        body: `${facts.aseName} takes over again. Go through what happened with them.`,
      }
    case 'return-meeting-due':
      return {
        title: `${facts.account} · return meeting with ${facts.aseName}`,
        body: `${facts.aseName} is back at work. Review the work together, and decide about each ticket opened meanwhile.`,
      }
    case 'return-meeting':
      return meetingText(facts, reader)
    case 'sign-in-ending':
      return {
        title: `${facts.host} · your sign-in ends ${at(facts.endsAt)}`,
        body: 'Sign in anew in Settings before that. Afterwards nothing is read any more, and no alert comes.',
      }
    case 'account-unseen':
      return {
        title: `${facts.account} · not seen since ${at(facts.since)}`,
        body: `${facts.problem ?? 'Its tickets could not be read.'} What happens there now is not announced: look in Zendesk.`,
      }
  }
}

function meetingText(
  { account, otherName, startsAt, isChosen, isOverdue }: Extract<AlertFacts, { readonly kind: 'return-meeting' }>,
  { now, timeZone }: AlertReader,
): AlertText {
  const at = clockWords(startsAt, now, timeZone)
  if (isOverdue) {
    return {
      title: `${account} · return meeting due since ${at}`,
      body: `It was not begun. Go through the list with ${otherName}, or choose another time in Return.`,
    }
  }
  const when = now < startsAt ? `in ${spanWords(startsAt - now)} (${at})` : `since ${at}`
  return isChosen
    ? { title: `${account} · return meeting ${when}`, body: `Go through the list with ${otherName}, row by row.` }
    : {
        title: `${account} · return meeting with ${otherName} could begin ${at}`,
        body: 'Nobody chose a time; this is the first for both of you. Agree on it, or choose another one in Return.',
      }
}

/** Why a person sees alerts of an account. */
export function whyWords(
  concern: { readonly as: 'cover' | 'ase'; readonly endsAt: InstantMs },
  account: string,
  reader: Pick<AlertReader, 'now' | 'timeZone'>,
): string {
  return concern.as === 'ase'
    ? `You are the ASE of ${account}.`
    : `You cover ${account} until ${clockWords(concern.endsAt, reader.now, reader.timeZone)}.`
}

/** An instant as short as it stays clear: `16:30`, `tomorrow 08:30`, `Mon 23 Nov 08:30`, with the year where it is another one. */
export function clockWords(at: InstantMs, now: InstantMs, timeZone: string): string {
  const words = instantWords(at, timeZone)
  const time = words.slice(-5)
  const day = isoDay(at, timeZone)
  const today = Temporal.PlainDate.from(isoDay(now, timeZone))
  const days = today.until(day).days
  if (days === 0) return time
  if (days === 1) return `tomorrow ${time}`
  if (days === -1) return `yesterday ${time}`
  return day.slice(0, 4) === today.toString().slice(0, 4) ? words : datedWords(at, timeZone)
}

function endsIn(breachAt: InstantMs, { now, timeZone }: AlertReader): string {
  return `breaches in ${spanWords(breachAt - now)} (${clockWords(breachAt, now, timeZone)})`
}

function clockAfter(clock: EndingClock | null, reader: AlertReader): string {
  if (clock === null) return ''
  const { breachAt } = clock
  return breachAt <= reader.now
    ? `, ${metricOf(clock)} breached ${clockWords(breachAt, reader.now, reader.timeZone)}`
    : `, ${metricOf(clock)} due ${clockWords(breachAt, reader.now, reader.timeZone)}`
}

/** Rounded down, so that nobody believes to have longer than they have. */
function spanWords(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / minuteMs))
  if (minutes === 0) return 'less than a minute'
  const hours = Math.floor(ms / hourMs)
  if (hours === 0) return `${minutes} min`
  const rest = minutes - hours * 60
  return rest === 0 || hours >= 12 ? `${hours} h` : `${hours} h ${rest} min`
}

/** In the middle of a line. */
function metricOf({ metric }: EndingClock): string {
  const word = metricWord(metric)
  return `${word.charAt(0).toLowerCase()}${word.slice(1)}`
}

function ticketBody({ id, subject, priority }: AlertTicket, { customerText }: AlertReader): string {
  const number = `#${id}${priority === null ? '' : `, ${priority}`}`
  return customerText ? `${number}: ${shortened(subject)}` : `${number}. Open it to see what it is about.`
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}

function shortened(text: string): string {
  const line = oneLine(text)
  return line.length > mostText ? `${line.slice(0, mostText - 1).trimEnd()}…` : line
}
