import type { OrganizationDetails } from '#contract/accounts.ts'
import type { PendingSignIn, ZendeskConnection, ZendeskProbe } from '#contract/connections.ts'
import type { GitlabConnection, PendingGitlabSignIn } from '#contract/gitlab-connection.ts'
import type { OutboxEntry, WriteIntent, WritePreview } from '#contract/outbox.ts'
import { dayMs, hourMs, minuteMs, now } from './fixtures.ts'

type Meter = ZendeskConnection['meter']

/** Calls as on a quiet day. */
export function aMeter(changes: Partial<Meter> = {}): Meter {
  return {
    requestsLastHour: 412,
    requestsLastMinute: 7,
    perMinute: 20,
    budget: { limit: 700, remaining: 655, asOf: now - 4000 },
    waiting: null,
    queued: 0,
    ...changes,
  }
}

/** What a Zendesk offers whose tickets tell their clocks in most ways of asking. */
export function aProbe(changes: Partial<ZendeskProbe> = {}): ZendeskProbe {
  return {
    checkedAt: now - 2 * hourMs,
    slas: { organization: 'yes', showMany: 'no', search: 'refused', ticket: 'unknown' },
    ccsAndFollowers: 'on',
    planPerMinute: 700,
    role: 'agent',
    lightAgent: false,
    restriction: null,
    meaning: [
      'SLA clocks come with the tickets of an organization: countdowns are exact.',
      'You can put yourself on Cc, and the customer sees you there.',
    ],
    ...changes,
  }
}

/** A Zendesk that is connected and answers. */
export function aZendeskConnection(changes: Partial<ZendeskConnection> = {}): ZendeskConnection {
  return {
    url: 'https://acme.zendesk.com/',
    kind: 'oauth',
    email: null,
    user: { id: 10, name: 'Tom Okafor', role: 'agent' },
    state: 'ready',
    problem: null,
    health: {
      checkedAt: now - 2 * hourMs,
      mayWrite: true,
      scopes: ['read', 'tickets:write'],
      endsAt: now + 29 * dayMs,
      advice: ['Open Understudy once within 29 days, or you sign in again.'],
    },
    probe: aProbe(),
    meter: aMeter(),
    pollPlan: {
      mode: 'per-organization',
      words: 'Each of your 4 accounts is asked by itself: 4 requests a minute instead of 11 for all tickets.',
    },
    ...changes,
  }
}

/** A sign-in that waits for the person in the browser. */
export function aSignIn(changes: Partial<PendingSignIn> = {}): PendingSignIn {
  return {
    kind: 'oauth',
    url: 'https://acme.zendesk.com/',
    signInUrl:
      'https://acme.zendesk.com/oauth/authorizations/new?response_type=code&client_id=understudy&redirect_uri=http%3A%2F%2F127.0.0.1%3A47810%2Fcallback&scope=read+tickets%3Awrite&state=b7d1c2',
    warning: null,
    state: 'waiting',
    problem: null,
    ...changes,
  }
}

/** A GitLab that is connected with a token and answers. */
export function aGitlabConnection(changes: Partial<GitlabConnection> = {}): GitlabConnection {
  return {
    url: 'https://gitlab.com',
    kind: 'token',
    user: { id: 77, name: 'Tom Okafor', username: 'tokafor' },
    mode: 'read-write',
    modeWords: 'Understudy reads issues, and sends a change only when you press Send.',
    state: 'ready',
    problem: null,
    warning: null,
    health: {
      checkedAt: now - 2 * hourMs,
      mode: 'read-write',
      scopes: ['api'],
      fineGrained: false,
      endsAt: now + 200 * dayMs,
      places: [],
      advice: [],
    },
    meter: aMeter(),
    ...changes,
  }
}

/** A sign-in to GitLab that waits for the person in the browser. */
export function aGitlabSignIn(changes: Partial<PendingGitlabSignIn> = {}): PendingGitlabSignIn {
  return {
    kind: 'oauth',
    url: 'https://gitlab.com',
    clientId: 'understudy',
    mode: 'read-write',
    signInUrl: 'https://gitlab.com/oauth/authorize?response_type=code&client_id=understudy&scope=api&state=b7d1c2',
    code: null,
    state: 'waiting',
    problem: null,
    ...changes,
  }
}

/** Everything `connections.get` tells, with nothing connected. */
export interface ConnectionsState {
  zendesk: ZendeskConnection | null
  signIn: PendingSignIn | null
  gitlab: GitlabConnection | null
  gitlabSignIn: PendingGitlabSignIn | null
  vault: { kind: string; persistent: boolean; protected: boolean }
  canUseSession: boolean
}

/** Nothing connected, on the desktop with a keychain. */
export function someConnections(changes: Partial<ConnectionsState> = {}): ConnectionsState {
  return {
    zendesk: null,
    signIn: null,
    gitlab: null,
    gitlabSignIn: null,
    vault: { kind: 'Keychain', persistent: true, protected: true },
    canUseSession: true,
    ...changes,
  }
}

/** An organization with a record that suggests something for everything. */
export function anOrganization(changes: Partial<OrganizationDetails> = {}): OrganizationDetails {
  return {
    id: 501,
    name: 'Wingtip Toys',
    followed: false,
    note: 'ASE: Priya Raman (APAC).\nOutside her hours anyone answers, she takes it on return.\nEmergencies: on-call is the DRI.',
    tags: ['ultimate', 'ase'],
    fields: { account_owner: 'Ines Duarte', seats: 1200, prospect: false, org_region: 'APAC', assigned_se: '20' },
    suggested: {
      ase: { id: 20, words: 'Priya Raman' },
      label: 'ASE Work - Wingtip Toys',
      gitlabProject: 'collab/wingtip',
      region: 'APAC',
      supportLevel: 'Ultimate',
    },
    ...changes,
  }
}

/** A change that waits to be sent. */
export function anEntry(changes: Partial<OutboxEntry> = {}): OutboxEntry {
  return {
    id: 1,
    intent: { kind: 'add-cc', ticketId: 4711 },
    subject: 'Runners stay offline after the upgrade to 18.6',
    words: 'Put you (Tom Okafor) on Cc of #4711.',
    customerSees: { visible: true, words: 'Your address stands on their mails.' },
    state: 'queued',
    problem: null,
    url: null,
    conflict: null,
    attempts: 0,
    createdAt: now - 2 * minuteMs,
    sentAt: null,
    settledAt: null,
    ...changes,
  }
}

/** What a change would do. */
export function aPreview(intent: WriteIntent, changes: Partial<WritePreview> = {}): WritePreview {
  const visible = intent.kind === 'add-cc' || intent.kind === 'remove-cc'
  return {
    intent,
    subject: 'Runners stay offline after the upgrade to 18.6',
    words: intentWords(intent),
    customerSees: visible
      ? { visible, words: 'Your name and address stand on the Cc list of their e-mails from the next public reply on.' }
      : { visible, words: 'Only agents of your company see it.' },
    warnings: [],
    refusal: null,
    stamp: now - 3 * hourMs,
    ...changes,
  }
}

function intentWords(intent: WriteIntent): string {
  if (!('ticketId' in intent)) return `Make a change in GitLab (${intent.kind}).`
  switch (intent.kind) {
    case 'add-cc':
      return `Put you (Tom Okafor) on Cc of #${intent.ticketId}.`
    case 'remove-cc':
      return `Take you (Tom Okafor) off the Cc of #${intent.ticketId}.`
    case 'follow':
      return `Make you (Tom Okafor) a follower of #${intent.ticketId}.`
    case 'unfollow':
      return `Take you (Tom Okafor) off the followers of #${intent.ticketId}.`
    case 'internal-note':
      return `Add an internal note to #${intent.ticketId}:\n${intent.body}`
    case 'assign':
      return `Assign #${intent.ticketId} to user ${intent.assigneeId}.`
    case 'tags':
      return `Tags of #${intent.ticketId}: add ${intent.add.join(', ') || 'none'}; take away ${intent.remove.join(', ') || 'none'}.`
  }
}
