import { oc } from '@orpc/contract'
import { z } from 'zod'
import { errors } from './errors.ts'
import { instantMs, zendeskId } from './values.ts'

/** What an alert is about. */
export const alertKind = z.enum([
  'new-ticket',
  'emergency',
  'customer-replied',
  'breach-coming',
  'breached',
  'breaches-before-ase',
  'ase-removed',
  'cc-removed',
  'swap-open',
  'coverage-coming',
  'coverage-started',
  'coverage-ended',
  'return-meeting-due',
  /** It begins in a quarter of an hour, or was not begun on its day. */
  'return-meeting',
  'sign-in-ending',
  'account-unseen',
  /** What was gone over in a handoff is otherwise since, or was never gone over. */
  'handoff-stale',
  /** What the ASE foresaw has happened; says what they advise. */
  'contingency',
  /** A ticket that was snoozed is back; says why. */
  'woke',
])
export type AlertKind = z.infer<typeof alertKind>

/**
 * What became of an alert:
 *
 * | state       | means                                                                                     |
 * | ----------- | ----------------------------------------------------------------------------------------- |
 * | `listed`    | never announced: it was there before Understudy looked, is switched off, or was overtaken |
 * | `held`      | waits: quiet hours, a pause, a meeting, a snoozed ticket; `heldBy` says which             |
 * | `claimed`   | about to be shown                                                                         |
 * | `shown`     | put before the person, by itself or in a list                                             |
 * | `opened`    | the person followed it                                                                    |
 * | `dismissed` | the person put it away; it stays in the list                                              |
 */
export const alertState = z.enum(['listed', 'held', 'claimed', 'shown', 'opened', 'dismissed'])
export type AlertState = z.infer<typeof alertState>

/** Something that was raised once, and what became of it. */
export const alertRow = z.object({
  id: z.number().int(),
  kind: alertKind,
  state: alertState,
  /** The ticket it leads to; null for what is about an account, a coverage, a shift or a sign-in. */
  ticketId: zendeskId.nullable(),
  accountId: zendeskId.nullable(),
  /** The coverage it is about; null for what is about none. */
  coverageId: z.string().nullable(),
  /** Account and clock come first. */
  title: z.string(),
  body: z.string(),
  /** Why the person sees this, in a sentence. */
  why: z.string(),
  /** Passes quiet hours: emergencies, and what breaches within minutes. */
  urgent: z.boolean(),
  /** Why it is held or was only listed, in words; null where neither. */
  heldBy: z.string().nullable(),
  /** When it happened or was due. */
  dueAt: instantMs,
  raisedAt: instantMs,
  shownAt: instantMs.nullable(),
  openedAt: instantMs.nullable(),
  dismissedAt: instantMs.nullable(),
})
export type AlertRow = z.infer<typeof alertRow>

/** Until when a ticket keeps still. */
export const snoozeUntil = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('for'),
    minutes: z
      .number()
      .int()
      .min(5)
      .max(7 * 24 * 60),
  }),
  /** The beginning of my next working day. */
  z.object({ kind: z.literal('tomorrow') }),
  z.object({ kind: z.literal('reply') }),
  /** So many minutes before its next clock ends. */
  z.object({
    kind: z.literal('before-breach'),
    minutes: z
      .number()
      .int()
      .min(5)
      .max(24 * 60),
  }),
])
export type SnoozeUntil = z.infer<typeof snoozeUntil>

export const snooze = z.object({
  ticketId: zendeskId,
  subject: z.string(),
  until: snoozeUntil,
  /** When it wakes at the latest; null while only a reply wakes it. */
  wakeAt: instantMs.nullable(),
  /** `Until the customer replies`, `Until tomorrow 08:30`. */
  words: z.string(),
  since: instantMs,
})
export type Snooze = z.infer<typeof snooze>

/** Whether alerts are announced at present, and if not, why and until when. */
export const quiet = z.object({
  reason: z.enum(['none', 'quiet-hours', 'paused', 'meeting']),
  /** When it ends by itself; null for none. */
  until: instantMs.nullable(),
  words: z.string(),
  /** Alerts that wait for its end. */
  held: z.number().int(),
})
export type Quiet = z.infer<typeof quiet>

/** One thing a door shows: an alert, or a list of several. */
export const alertNotice = z.object({
  /** The platform replaces what it showed under the same one. */
  tag: z.string(),
  /** Null for a list. */
  kind: alertKind.nullable(),
  title: z.string(),
  /** Lines; the last one of a single alert says why the person sees it, those of a list are its titles. */
  body: z.string(),
  urgent: z.boolean(),
  alertIds: z.array(z.number().int()).min(1),
  /** Where following it leads; null: to the list of alerts. */
  ticketId: zendeskId.nullable(),
})
export type AlertNotice = z.infer<typeof alertNotice>

const one = z.object({ id: z.number().int() })
const many = z.object({ ids: z.array(z.number().int()).min(1).max(1000) })
const ticket = z.object({ ticketId: zendeskId })
const account = z.object({ accountId: zendeskId })
const NOT_FOUND = { NOT_FOUND: errors.NOT_FOUND }

export const alerts = {
  /** Everything that was raised, newest first. `open` leaves out what was opened, dismissed or only listed. */
  list: oc
    .input(
      z.object({
        limit: z.number().int().min(1).max(500).default(100),
        beforeId: z.number().int().optional(),
        kinds: z.array(alertKind).optional(),
        accountId: zendeskId.optional(),
        ticketId: zendeskId.optional(),
        open: z.boolean().default(false),
      }),
    )
    .output(
      z.object({
        alerts: z.array(alertRow),
        more: z.boolean(),
        /** Announced ones that nobody has opened or dismissed. */
        unopened: z.number().int(),
        quiet,
        now: instantMs,
      }),
    ),
  /** What this window still has to show by itself, because its host cannot (web). Asking claims it. */
  takePending: oc.input(z.object({})).output(z.object({ notices: z.array(alertNotice) })),
  /** The person followed this alert. */
  markOpened: oc.errors(NOT_FOUND).input(one).output(z.object({})),
  /** Puts alerts away; `undismiss` brings them back. */
  dismiss: oc.input(many).output(z.object({})),
  undismiss: oc.input(many).output(z.object({})),
  /** Lets a ticket keep still; alerts about it wait. */
  snooze: oc
    .errors({ NOT_FOUND: errors.NOT_FOUND, REFUSED: errors.REFUSED })
    .input(ticket.extend({ until: snoozeUntil }))
    .output(snooze),
  unsnooze: oc.input(ticket).output(z.object({})),
  snoozes: oc.input(z.object({})).output(z.object({ snoozes: z.array(snooze) })),
  /** Announces nothing of an account any more, emergencies included, until it is unmuted; it is listed all the same. */
  mute: oc.errors(NOT_FOUND).input(account).output(z.object({})),
  unmute: oc.errors(NOT_FOUND).input(account).output(z.object({})),
  muted: oc.input(z.object({})).output(z.object({ accountIds: z.array(zendeskId) })),
  /** Announces nothing for an hour, or until my next working day begins; null goes on at once. Urgent ones pass if so set. */
  pause: oc.input(z.object({ for: z.enum(['hour', 'tomorrow']).nullable() })).output(quiet),
  /** Holds everything back while a meeting runs, at most for some hours. */
  hold: oc.input(z.object({ meeting: z.boolean() })).output(quiet),
  /** Shows a made-up alert, to see whether the system lets it through. */
  test: oc.input(z.object({})).output(
    z.object({
      /** `window`: this window shows it itself. */
      shownBy: z.enum(['system', 'window']),
      words: z.string(),
    }),
  ),
}
