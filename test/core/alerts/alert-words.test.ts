import { describe, expect, test } from 'vitest'
import type { AlertFacts } from '#core/alerts/alert.ts'
import { alertText, clockWords, whyWords, type AlertReader } from '#core/alerts/alert-words.ts'

const at = (text: string) => Date.parse(text)
const reader: AlertReader = { now: at('2026-11-18T16:03+01:00'), timeZone: 'Europe/Berlin', customerText: true }
const ticket = { id: 712_004, subject: 'Pushes fail with 500\nsince noon', priority: 'high' }
const clock = { metric: 'first_reply_time', breachAt: at('2026-11-18T16:30+01:00') }
const account = 'Acme'
const coverage = {
  account,
  aseName: 'Dana Whitfield',
  startsAt: at('2026-11-20T17:00+01:00'),
  endsAt: at('2027-01-04T09:00+01:00'),
  signInProblem: null,
}

test.each<[string, AlertFacts, string, string]>([
  [
    'a new ticket',
    { kind: 'new-ticket', account, ticket, clock },
    'Acme · new ticket, first reply due 16:30',
    '#712004, high: Pushes fail with 500 since noon',
  ],
  [
    'a new ticket without a clock or a priority',
    { kind: 'new-ticket', account, ticket: { ...ticket, priority: null }, clock: null },
    'Acme · new ticket',
    '#712004: Pushes fail with 500 since noon',
  ],
  [
    'an emergency',
    { kind: 'emergency', account, ticket, clock },
    'Acme · EMERGENCY, first reply due 16:30',
    '#712004, high: Pushes fail with 500 since noon\nThe engineer on call leads. Have the account’s facts at hand.',
  ],
  [
    'a reply',
    { kind: 'customer-replied', account, ticket, text: 'It is worse now.', clock: null },
    'Acme · the customer replied',
    '#712004: It is worse now.',
  ],
  [
    'a clock about to end',
    { kind: 'breach-coming', account, ticket, clock },
    'Acme · first reply breaches in 27 min (16:30)',
    '#712004, high: Pushes fail with 500 since noon',
  ],
  [
    'a clock that ended',
    { kind: 'breached', account, ticket, clock: { ...clock, breachAt: at('2026-11-17T22:10+01:00') } },
    'Acme · first reply breached yesterday 22:10',
    '#712004, high: Pushes fail with 500 since noon',
  ],
  [
    'a clock that ends before the ASE is back',
    {
      kind: 'breaches-before-ase',
      account,
      ticket,
      clock: { ...clock, breachAt: at('2026-11-18T18:10+01:00') },
      aseName: 'Dana',
      aseOnlineAt: at('2026-11-19T09:00+01:00'),
    },
    'Acme · first reply breaches in 2 h 7 min (18:10), before the ASE is back',
    '#712004, high: Pushes fail with 500 since noon\nAnswer it and put yourself on Cc; Dana is next at work tomorrow 09:00, and stays the assignee.',
  ],
  [
    'the ASE taken off',
    { kind: 'ase-removed', account, ticket, aseName: 'Dana', assigneeName: null },
    'Acme · #712004 was taken from Dana',
    '#712004, high: Pushes fail with 500 since noon\nAssigned to nobody now. While you cover, the ASE stays the assignee.',
  ],
  [
    'me taken off Cc',
    { kind: 'cc-removed', account, ticket },
    'Acme · you are off Cc of #712004',
    '#712004, high: Pushes fail with 500 since noon\nPut yourself back on Cc, or replies will not reach you.',
  ],
  [
    'a shift that nobody takes',
    { kind: 'swap-open', shift: 'EMEA on-call', startsAt: at('2026-11-23T09:00+01:00'), accounts: ['Acme', 'Globex'] },
    'On call Mon 23 Nov 09:00 · nobody takes your shift yet',
    'During “EMEA on-call” you cover Acme and Globex. Ask your manager for a swap; until then you are on duty.',
  ],
  [
    'a coverage ahead',
    { kind: 'coverage-coming', ...coverage },
    'Acme · you cover from Fri 20 Nov 17:00',
    'Dana Whitfield is away until Mon 4 Jan 2027 09:00. Your sign-ins work until then.',
  ],
  [
    'a coverage that begins, with a sign-in that does not work',
    { kind: 'coverage-started', ...coverage, signInProblem: 'Zendesk does not accept your sign-in.' },
    'Acme · your coverage begins',
    'Until Mon 4 Jan 2027 09:00, for Dana Whitfield. Zendesk does not accept your sign-in.',
  ],
  [
    'a coverage that is over',
    { kind: 'coverage-ended', ...coverage },
    'Acme · your coverage is over',
    'Dana Whitfield takes over again. Go through what happened with them.',
  ],
  [
    'the meeting afterwards',
    { kind: 'return-meeting-due', account, aseName: 'Dana' },
    'Acme · return meeting with Dana',
    'Dana is back at work. Review the work together, and decide about each ticket opened meanwhile.',
  ],
  [
    'a meeting that is near',
    {
      kind: 'return-meeting',
      account,
      otherName: 'Dana',
      startsAt: at('2026-11-18T16:30+01:00'),
      isChosen: true,
      isOverdue: false,
    },
    'Acme · return meeting in 27 min (16:30)',
    'Go through the list with Dana, row by row.',
  ],
  [
    'a meeting that is proposed',
    {
      kind: 'return-meeting',
      account,
      otherName: 'Ines',
      startsAt: at('2026-11-18T15:30+01:00'),
      isChosen: false,
      isOverdue: false,
    },
    'Acme · return meeting with Ines could begin 15:30',
    'Nobody chose a time; this is the first for both of you. Agree on it, or choose another one in Return.',
  ],
  [
    'a meeting that nobody began',
    {
      kind: 'return-meeting',
      account,
      otherName: 'Dana',
      startsAt: at('2026-11-17T16:30+01:00'),
      isChosen: false,
      isOverdue: true,
    },
    'Acme · return meeting due since yesterday 16:30',
    'It was not begun. Go through the list with Dana, or choose another time in Return.',
  ],
  [
    'a sign-in that ends',
    { kind: 'sign-in-ending', host: 'GitLab', endsAt: at('2026-11-25T01:00+01:00') },
    'GitLab · your sign-in ends Wed 25 Nov 01:00',
    'Sign in anew in Settings before that. Afterwards nothing is read any more, and no alert comes.',
  ],
  [
    'an account that cannot be seen',
    { kind: 'account-unseen', account, since: at('2026-11-18T15:50+01:00'), problem: 'Zendesk cannot be reached.' },
    'Acme · not seen since 15:50',
    'Zendesk cannot be reached. What happens there now is not announced: look in Zendesk.',
  ],
  [
    'a ticket that changed since it was gone over',
    {
      kind: 'handoff-stale',
      account,
      ticket,
      clock,
      changes: [
        { what: 'priority', words: 'Priority: normal → urgent', said: null },
        {
          what: 'note',
          words: 'Ben left an internal note 2 hours ago: “See”',
          said: { who: 'Ben left an internal note', at: at('2026-11-18T14:00+01:00'), text: 'See' },
        },
      ],
    },
    'Acme · #712004 changed since you went over it, first reply due 16:30',
    '#712004, high: Pushes fail with 500 since noon\nPriority: normal → urgent\nBen left an internal note (14:00): “See”',
  ],
  [
    'a ticket that nobody went over',
    { kind: 'handoff-stale', account, ticket, clock: null, changes: null },
    'Acme · #712004 is not in the handoff',
    '#712004, high: Pushes fail with 500 since noon\nNobody went over it. Look at it, and mark it as gone over in Handoff.',
  ],
  [
    'what the ASE foresaw',
    {
      kind: 'contingency',
      account,
      ticket,
      clock: null,
      aseName: 'Dana',
      foreseen: 'it is\nslow again',
      advice: 'Restart Sidekiq.',
    },
    'Acme · If it is slow again',
    'Dana wrote: “Restart Sidekiq.”\n#712004, high: Pushes fail with 500 since noon',
  ],
  [
    'what the ASE foresaw with a word too many, and no advice yet',
    { kind: 'contingency', account, ticket, clock: null, aseName: 'Dana', foreseen: 'If it is slow', advice: ' ' },
    'Acme · If it is slow',
    '#712004, high: Pushes fail with 500 since noon',
  ],
  [
    'what the ASE foresaw and has no words for yet',
    { kind: 'contingency', account, ticket, clock, aseName: 'Dana', foreseen: '', advice: 'Call Ben' },
    'Acme · what the ASE foresaw, first reply due 16:30',
    'Dana wrote: “Call Ben”\n#712004, high: Pushes fail with 500 since noon',
  ],
  [
    'a ticket that woke',
    { kind: 'woke', account, ticket, why: 'The customer replied.', meanwhile: ['Acme · the customer replied'] },
    'Acme · #712004 is back',
    'The customer replied.\nMeanwhile:\nAcme · the customer replied',
  ],
])('%s', (_, facts, title, body) => {
  expect(alertText(facts, reader)).toEqual({ title, body })
})

describe('what customers wrote stays out where it is so set', () => {
  const quiet = { ...reader, customerText: false }
  test.each<AlertFacts>([
    { kind: 'new-ticket', account, ticket, clock },
    { kind: 'emergency', account, ticket, clock },
    { kind: 'customer-replied', account, ticket, text: 'since noon', clock },
    { kind: 'breach-coming', account, ticket, clock },
    { kind: 'breached', account, ticket, clock },
    { kind: 'breaches-before-ase', account, ticket, clock, aseName: 'Dana', aseOnlineAt: null },
    {
      kind: 'handoff-stale',
      account,
      ticket,
      clock,
      changes: [
        {
          what: 'customer',
          words: 'The customer wrote just now: “since noon”',
          said: { who: 'The customer wrote', at: 0, text: 'since noon' },
        },
      ],
    },
    { kind: 'contingency', account, ticket, clock, aseName: 'Dana', foreseen: 'it is slow', advice: 'Wait' },
    { kind: 'ase-removed', account, ticket, aseName: 'Dana', assigneeName: 'Jonas' },
    { kind: 'cc-removed', account, ticket },
    { kind: 'woke', account, ticket, why: 'The customer replied.', meanwhile: [] },
  ])('$kind', (facts) => {
    const { title, body } = alertText(facts, quiet)
    expect(`${title}\n${body}`).not.toMatch(/since noon|Pushes/)
    expect(`${title}\n${body}`).toContain('712004')
  })
})

test('no more time is promised than there is', () => {
  const title = (leftMs: number) =>
    alertText({ kind: 'breach-coming', account, ticket, clock: { ...clock, breachAt: reader.now + leftMs } }, reader)
      .title
  expect(title(59_999)).toContain('in less than a minute (')
  expect(title(119_999)).toContain('in 1 min (')
  expect(title(2 * 3_600_000)).toContain('in 2 h (')
  expect(title(30 * 3_600_000)).toContain('in 30 h (tomorrow 22:03)')
})

test('an instant is as short as it stays clear', () => {
  const words = (text: string) => clockWords(at(text), reader.now, reader.timeZone)
  expect(words('2026-11-18T16:30+01:00')).toBe('16:30')
  expect(words('2026-11-19T08:30+01:00')).toBe('tomorrow 08:30')
  expect(words('2026-11-17T23:59+01:00')).toBe('yesterday 23:59')
  expect(words('2026-11-23T09:00+01:00')).toBe('Mon 23 Nov 09:00')
  expect(words('2027-01-04T09:00+01:00')).toBe('Mon 4 Jan 2027 09:00')
})

test('a person reads why they see it', () => {
  expect(whyWords({ as: 'cover', endsAt: at('2026-11-20T17:00+01:00') }, account, reader)).toBe(
    'You cover Acme until Fri 20 Nov 17:00.',
  )
  expect(whyWords({ as: 'ase', endsAt: 8.64e15 }, account, reader)).toBe('You are the ASE of Acme.')
})
