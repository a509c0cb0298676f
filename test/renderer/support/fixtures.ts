import type { AccountRow } from '#contract/accounts.ts'
import type { AlertNotice, AlertRow, Quiet } from '#contract/alerts.ts'
import type { AppStatus } from '#contract/app.ts'
import type { CoverageRow } from '#contract/coverage.ts'
import type { IssueRecord } from '#contract/issues.ts'
import type { SlaClock, TicketComment, TicketDetail, TicketRow } from '#contract/tickets.ts'
import type { WorkloadWeek } from '#contract/workload.ts'
import { shippedPolicy } from './rules-fixtures.ts'

/** Tuesday, 24 November 2026, 13:20 in Berlin. */
export const now = Date.UTC(2026, 10, 24, 12, 20)
export const minuteMs = 60_000
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs

/** A running clock that breaches after so many minutes; negative ones have breached. */
export function aClock(minutes: number, metric = 'next_reply_time'): SlaClock {
  return { metric, stage: 'active', breachAt: now + minutes * minuteMs }
}

/** A row of the queue. */
export function aTicket(changes: Partial<TicketRow> = {}): TicketRow {
  return {
    id: 4711,
    subject: 'Runners stay offline after the upgrade to 18.6',
    status: 'open',
    priority: 'high',
    emergency: false,
    accountId: 1,
    accountName: 'Northwind Logistics',
    requesterName: 'Ada Meyer',
    assigneeId: 20,
    assigneeName: 'Priya Raman',
    relation: 'covering',
    nextClock: aClock(90),
    createdAt: now - 2 * dayMs,
    updatedAt: now - 3 * hourMs,
    fetchedAt: now - 20_000,
    guidance: {
      situation: 'covering-breach',
      action: 'Answer before the clock runs out, leave Priya Raman as the assignee and keep yourself on Cc.',
      reason:
        'You cover Northwind Logistics, and the clock runs out before Priya Raman is back online (Mon 30 Nov 09:00).',
      source: 'Handbook, Covering for an ASE when they are absent',
    },
    ...changes,
  }
}

/** A message of a conversation. */
export function aComment(changes: Partial<TicketComment> = {}): TicketComment {
  return {
    id: 1,
    authorId: 30,
    authorName: 'Ada Meyer',
    authorRole: 'end-user',
    public: true,
    createdAt: now - 3 * hourMs,
    html: '<p>Since last night none of our runners picks up a job.</p>',
    text: 'Since last night none of our runners picks up a job.',
    ...changes,
  }
}

/** A ticket with its clocks and conversation. */
export function aTicketDetail(row: TicketRow, changes: Partial<TicketDetail> = {}): TicketDetail {
  return {
    ...row,
    url: `https://sample.zendesk.com/agent/tickets/${row.id}`,
    tags: ['self-managed', 'runner'],
    ccNames: ['Tom Okafor', 'Release Team Northwind'],
    followerNames: [],
    iAmOnCc: true,
    me: { onCc: true, follows: false },
    clocks: row.nextClock
      ? [row.nextClock, { metric: 'first_reply_time', stage: 'achieved', breachAt: now - dayMs }]
      : [],
    comments: [
      aComment(),
      aComment({
        id: 2,
        authorId: 20,
        authorName: 'Priya Raman',
        authorRole: 'agent',
        createdAt: now - 2 * hourMs,
        html: '<p>Could you send the output of <code>gitlab-runner verify</code>, and <a href="https://docs.gitlab.com/runner/">check these steps</a>?</p><pre>sudo gitlab-runner --debug run\nsudo gitlab-runner verify</pre>',
        text: 'Could you send the output of gitlab-runner verify?',
      }),
      aComment({
        id: 3,
        authorId: 20,
        authorName: 'Priya Raman',
        authorRole: 'agent',
        public: false,
        createdAt: now - 100 * minuteMs,
        html: '<p>Looks like the token format change. If they confirm, re-register with the new token and watch for an hour.</p>',
        text: 'Looks like the token format change.',
      }),
      aComment({
        id: 4,
        createdAt: now - 30 * minuteMs,
        html: '<p>Here it is, all of them say <em>verification failed</em>:</p><p><img src="https://attachments.example.com/verify.png" alt="verify.png"></p>',
        text: 'Here it is',
      }),
    ],
    commentsComplete: true,
    ...changes,
  }
}

/** A queue as a covering engineer sees one at noon, already in the service's order. */
export function aQueue(): TicketRow[] {
  const own = {
    accountId: 3,
    accountName: 'Contoso Robotics',
    relation: 'own' as const,
    assigneeName: 'Tom Okafor',
    guidance: {
      situation: 'own' as const,
      action: 'Yours to work.',
      reason: 'You are the ASE of Contoso Robotics.',
      source: 'Handbook, New non-emergency tickets',
    },
  }
  const fabrikam = { accountId: 2, accountName: 'Fabrikam Health', assigneeName: 'Marta Lindqvist' }
  return [
    aTicket({
      id: 4702,
      subject: 'Merge requests show 500 for one group only',
      priority: 'urgent',
      nextClock: aClock(-74),
    }),
    aTicket({
      id: 4718,
      ...fabrikam,
      subject: 'Production down: Gitaly refuses connections on two of three nodes',
      priority: 'urgent',
      emergency: true,
      status: 'new',
      nextClock: aClock(12, 'first_reply_time'),
      guidance: {
        situation: 'emergency',
        action:
          'The on-call engineer is the DRI. Ping Marta Lindqvist in the emergency’s Slack thread and have the account’s facts at hand.',
        reason:
          'Whenever an emergency comes in, the on-call engineer works it; the only extra step is to notify the ASE.',
        source: 'Handbook, New emergency tickets',
      },
    }),
    aTicket({ id: 4711, nextClock: aClock(26) }),
    aTicket({
      id: 4699,
      ...own,
      subject: 'Elasticsearch index falls behind after bulk imports',
      nextClock: aClock(95, 'periodic_update_time'),
    }),
    aTicket({
      id: 4720,
      ...fabrikam,
      subject: 'SAML group sync removes members that are still in the group',
      status: 'new',
      priority: 'normal',
      nextClock: aClock(4 * 60, 'first_reply_time'),
    }),
    aTicket({
      id: 4690,
      subject: 'How do we size Praefect for 4 000 repositories?',
      priority: 'low',
      nextClock: aClock(9 * 60),
    }),
    aTicket({
      id: 4713,
      ...own,
      subject: 'Geo secondary is 40 minutes behind for LFS objects',
      nextClock: aClock(20 * 60),
    }),
    aTicket({
      id: 4685,
      ...fabrikam,
      subject: 'Container registry garbage collection never finishes',
      priority: 'normal',
      nextClock: aClock(27 * 60),
      fetchedAt: now - 14 * minuteMs,
    }),
    aTicket({
      id: 4721,
      subject: 'License seats counted twice for bot users',
      priority: 'normal',
      nextClock: aClock(41 * 60),
    }),
    aTicket({
      id: 4676,
      ...own,
      subject: 'Plan for moving CI to the new runner fleet',
      status: 'pending',
      priority: 'normal',
      nextClock: { metric: 'next_reply_time', stage: 'paused', breachAt: null },
    }),
    aTicket({
      id: 4670,
      subject: 'Feature request: protected branches per file path',
      status: 'hold',
      priority: null,
      assigneeName: null,
      assigneeId: null,
      nextClock: null,
    }),
  ]
}

/** The accounts of the fixture workspace. */
export function someAccounts(): AccountRow[] {
  const freshness = { ticketsSyncedAt: now - 20_000, issuesSyncedAt: now - 20_000, problem: null }
  return [
    {
      id: 1,
      name: 'Northwind Logistics',
      aseId: 20,
      aseName: 'Priya Raman',
      aseSince: Date.UTC(2025, 2, 2, 23),
      label: 'ASE Work - Northwind',
      gitlabGroup: 'collab/northwind',
      relation: 'covering',
      policy: shippedPolicy,
      openTickets: 5,
      openIssues: 3,
      freshness,
    },
    {
      id: 2,
      name: 'Fabrikam Health',
      aseId: 21,
      aseName: 'Marta Lindqvist',
      aseSince: null,
      label: 'ASE Work - Fabrikam',
      gitlabGroup: 'collab/fabrikam',
      relation: 'covering',
      policy: shippedPolicy,
      openTickets: 3,
      openIssues: 0,
      freshness: {
        ...freshness,
        ticketsSyncedAt: now - 14 * minuteMs,
        problem: 'Zendesk answered 502 twice; the next pass tries again.',
      },
    },
    {
      id: 3,
      name: 'Contoso Robotics',
      aseId: 10,
      aseName: 'Tom Okafor',
      aseSince: null,
      label: 'ASE Work - Contoso',
      gitlabGroup: 'collab/contoso',
      relation: 'own',
      policy: shippedPolicy,
      openTickets: 3,
      openIssues: 1,
      freshness,
    },
    {
      id: 4,
      name: 'Tailspin Games',
      aseId: null,
      aseName: null,
      aseSince: null,
      label: null,
      gitlabGroup: null,
      relation: 'other',
      policy: shippedPolicy,
      openTickets: 9,
      openIssues: 0,
      freshness: { ...freshness, issuesSyncedAt: null },
    },
  ]
}

/** What stands in an issue: a description and a note for colleagues only. */
export const issueText = {
  description: 'Upgrade in three steps.',
  notes: [
    {
      id: 1,
      author: 'priya',
      internal: true,
      text: 'Their staging is smaller than production.',
      createdAt: now - dayMs,
      updatedAt: now - dayMs,
    },
  ],
}

/** A labelled issue. */
export function anIssue(changes: Partial<IssueRecord> = {}): IssueRecord {
  return {
    kind: 'issue',
    projectId: 8,
    iid: 12,
    accountId: 1,
    title: 'Upgrade path from 17.11 to 18.6 with zero downtime',
    state: 'opened',
    labels: ['ASE Work - Northwind'],
    assignees: ['Priya Raman'],
    reference: 'collab/northwind#12',
    url: 'https://gitlab.example.com/collab/northwind/-/issues/12',
    confidential: false,
    dueDate: '2026-12-04',
    tasksDone: 2,
    tasksTotal: 5,
    notes: 0,
    fate: null,
    movedTo: null,
    ticketIds: [],
    createdAt: now - 20 * dayMs,
    updatedAt: now - 2 * dayMs,
    lastActivityAt: now - 2 * dayMs,
    ...changes,
  }
}

/** Coverages of every phase. */
export function someCoverages(): CoverageRow[] {
  const cover = { coverName: 'Tom Okafor', mine: true }
  return [
    {
      id: 'c1',
      accountId: 1,
      accountName: 'Northwind Logistics',
      aseName: 'Priya Raman',
      aseTimeZone: 'Asia/Kolkata',
      ...cover,
      phase: 'running',
      startsAt: now - 2 * dayMs,
      endsAt: Date.UTC(2026, 10, 27, 16, 0),
    },
    {
      id: 'c2',
      accountId: 2,
      accountName: 'Fabrikam Health',
      aseName: 'Marta Lindqvist',
      aseTimeZone: 'Europe/Stockholm',
      ...cover,
      phase: 'running',
      startsAt: now - hourMs,
      endsAt: Date.UTC(2026, 11, 4, 16, 0),
    },
    {
      id: 'c3',
      accountId: 4,
      accountName: 'Tailspin Games',
      aseName: 'Jo Park',
      aseTimeZone: 'America/Los_Angeles',
      coverName: 'Ines Duarte',
      mine: false,
      phase: 'upcoming',
      startsAt: now + 9 * dayMs,
      endsAt: now + 16 * dayMs,
    },
  ]
}

/** A week in which a second coverage starts on the fourth day. */
export function aWeek(changes: Partial<WorkloadWeek> = {}): WorkloadWeek {
  return {
    week: '2026-W48',
    startsAt: Date.UTC(2026, 10, 22, 23),
    endsAt: Date.UTC(2026, 10, 29, 23),
    baseline: {
      perWeek: 12,
      origin: 'measured',
      weeks: ['W36', 'W37', 'W38', 'W40', 'W41', 'W43', 'W44', 'W46'].map((week, index) => ({
        week: `2026-${week}`,
        taken: index === 5 ? 31 : 10 + (index % 5),
        outlier: index === 5,
      })),
    },
    steps: [
      { days: 1, coveredAccounts: 1, share: 0.75, perDay: 1.8 },
      { days: 4, coveredAccounts: 2, share: 0.5, perDay: 1.2 },
    ],
    allowed: 6.6,
    taken: 3,
    possible: true,
    arithmetic: '12/week → 1 day at 1.8 + 4 days at 1.2 = 6.6',
    source:
      'Handbook, Global Support working with ASEs: “decrease your non-ASE ticket work by 25% for each account you cover”',
    ...changes,
  }
}

/** An alert that was shown and that nobody opened yet. */
export function anAlert(changes: Partial<AlertRow> = {}): AlertRow {
  return {
    id: 1,
    kind: 'new-ticket',
    state: 'shown',
    ticketId: 4720,
    accountId: 2,
    coverageId: null,
    title: 'Fabrikam Health · new ticket, first reply due 14:55',
    body: '#4720, high: SAML group sync removes members that are still in the group',
    why: 'You cover Fabrikam Health until 4 Dec 18:00.',
    urgent: false,
    heldBy: null,
    dueAt: now - 2 * minuteMs,
    raisedAt: now - 2 * minuteMs,
    shownAt: now - 2 * minuteMs,
    openedAt: null,
    dismissedAt: null,
    ...changes,
  }
}

/** The notice of one alert, as a window that shows alerts by itself is given it. */
export function aNotice(changes: Partial<AlertNotice> = {}): AlertNotice {
  const { kind, title, body, ticketId } = anAlert()
  return { tag: 'alert-1', kind, title, body, urgent: false, alertIds: [1], ticketId, ...changes }
}

/** How the app stands in the fixture workspace. */
export function aStatus(changes: Partial<AppStatus> = {}): AppStatus {
  return {
    version: '0.1.0',
    host: 'web',
    capabilities: { nativeNotifications: false, tray: false },
    workspace: 'sample',
    sampleCoverageProject: null,
    me: { id: 10, name: 'Tom Okafor', timeZone: 'Europe/Berlin' },
    sync: 'idle',
    unopenedAlerts: 0,
    clock: { now, speed: 0 },
    ...changes,
  }
}

/** Alerts come as they come. */
export function notQuiet(): Quiet {
  return { reason: 'none', until: null, words: 'Alerts are announced as they come.', held: 0 }
}
