import type { Workspace } from '#contract/workspace.ts'
import type { Issue } from '#core/issues/issue.ts'
import type { SlaClock, Ticket, TicketComment } from '#core/tickets/ticket.ts'
import type { TicketSighting } from '#service/db/store-tickets.ts'

/** A Wednesday morning that everything in these values happens around: 2026-11-18T09:00Z. */
export const wednesday = Date.UTC(2026, 10, 18, 9)

export const hourMs = 3_600_000
export const dayMs = 24 * hourMs

type WorkspaceParts = { -readonly [Key in keyof Workspace]: Workspace[Key] }

/**
 * A workspace of three people and three accounts: I (11, Ines) cover Acme (1) for Anna (12), am the ASE of Borealis (2),
 * and have nothing to do with Cormorant (3), which is Ben's (13).
 */
export function aWorkspace(parts: Partial<WorkspaceParts> = {}): Workspace {
  const officeHours = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, fromMinute: 9 * 60, toMinute: 17 * 60 }))
  const person = { region: 'EMEA', workingHours: officeHours, daysOff: [], slackHandle: null }
  return {
    meId: 11,
    people: [
      { ...person, id: 11, name: 'Ines', timeZone: 'Europe/Berlin' },
      { ...person, id: 12, name: 'Anna', timeZone: 'Europe/Berlin' },
      { ...person, id: 13, name: 'Ben', timeZone: 'America/New_York' },
    ],
    accounts: [
      { id: 1, name: 'Acme', aseId: 12, aseSince: null, label: 'ASE Work - Acme', gitlabGroup: 'customers/acme' },
      {
        id: 2,
        name: 'Borealis',
        aseId: 11,
        aseSince: null,
        label: 'ASE Work - Borealis',
        gitlabGroup: 'customers/borealis',
      },
      { id: 3, name: 'Cormorant', aseId: 13, aseSince: null, label: null, gitlabGroup: null },
    ],
    absences: [{ id: 'anna-away', personId: 12, startsAt: wednesday - dayMs, endsAt: wednesday + dayMs }],
    coverages: [
      {
        id: 'acme-by-ines',
        absenceId: 'anna-away',
        accountId: 1,
        coverId: 11,
        startsAt: wednesday - dayMs,
        endsAt: wednesday + dayMs,
      },
    ],
    plans: [],
    coverageProject: null,
    desks: [],
    calls: [],
    organizationsProject: null,
    gitlabManager: null,
    handoffs: [],
    shifts: [],
    ...parts,
  }
}

/** An open ticket of Acme. */
export function aTicket(parts: Partial<Ticket> = {}): Ticket {
  return {
    id: 101,
    organizationId: 1,
    subject: 'Runners time out',
    status: 'open',
    priority: 'normal',
    requesterId: 501,
    assigneeId: 12,
    groupId: null,
    formId: null,
    ccIds: [],
    followerIds: [],
    tags: [],
    createdAt: wednesday - hourMs,
    updatedAt: wednesday,
    generatedAt: parts.updatedAt ?? wednesday,
    ...parts,
  }
}

/** A ticket as a page told it, with no clock unless some are given. */
export function aSighting(
  ticket: Partial<Ticket> = {},
  more: { readonly clocks?: readonly SlaClock[] | null; readonly takenAt?: number | null } = {},
): TicketSighting {
  return {
    ticket: aTicket(ticket),
    clocks: more.clocks === undefined ? [] : more.clocks,
    takenAt: more.takenAt ?? null,
  }
}

/** A public message on ticket 101. */
export function aComment(parts: Partial<TicketComment> = {}): TicketComment {
  return {
    id: 9001,
    ticketId: 101,
    authorId: 501,
    public: true,
    createdAt: wednesday,
    html: '<p>It is slow.</p>',
    text: 'It is slow.',
    ...parts,
  }
}

/** An open labelled issue of Acme. */
export function anIssue(parts: Partial<Issue> = {}): Issue {
  return {
    kind: 'issue',
    projectId: 7,
    iid: 3,
    id: (parts.projectId ?? 7) * 1000 + (parts.iid ?? 3),
    title: 'Upgrade to 19.0',
    description: '',
    state: 'opened',
    labels: ['ASE Work - Acme'],
    assignees: ['anna'],
    reference: 'customers/acme#3',
    url: 'https://gitlab.example.com/customers/acme/-/issues/3',
    confidential: false,
    dueDate: null,
    tasksDone: 0,
    tasksTotal: 0,
    notesCount: 0,
    movedToId: null,
    createdAt: wednesday - dayMs,
    updatedAt: wednesday,
    ...parts,
  }
}
