/** An issue of a customer's collaboration projects, as it stands when the world opens. */
export interface IssueStory {
  readonly account: string
  readonly place?: 'migration'
  /** `{call}` becomes the date of the call. */
  readonly title: string
  readonly intro: string
  readonly tasks?: readonly string[]
  readonly tasksDone?: number
  readonly daysAgo: number
  readonly updatedDaysAgo: number
  readonly dueInDays?: number
  readonly closed?: true
  readonly confidential?: true
  readonly byCustomer?: true
  readonly unassigned?: true
  /** Not ASE work: noise beside the labelled issues. */
  readonly unlabelled?: true
  readonly labels?: readonly string[]
  /** The problem of the account's ticket that its description links, where that is open. */
  readonly ticket?: string
}

type Rest = Omit<IssueStory, 'account' | 'title' | 'intro' | 'daysAgo' | 'updatedDaysAgo'>

const of =
  (account: string) =>
  (title: string, daysAgo: number, updatedDaysAgo: number, intro: string, rest: Rest = {}): IssueStory => ({
    account,
    title,
    daysAgo,
    updatedDaysAgo,
    intro,
    ...rest,
  })

const cascadia = of('cascadia')
const meridian = of('meridian')
const kestrel = of('kestrel')
const brandt = of('brandt')
const call = { labels: ['call'] }

const cascadiaIssues: readonly IssueStory[] = [
  cascadia(
    '{call} Call: Geo failover rehearsal',
    12,
    2,
    'Present: Marcus Bell, Yuki Tanabe, Dana Whitfield. Purpose: agree the order of steps for the rehearsal in December.',
    {
      ...call,
      tasks: [
        'Marcus: book the maintenance window',
        'Dana: send the failover checklist',
        'Yuki: lower the DNS TTL a day before',
      ],
      tasksDone: 1,
      dueInDays: 9,
    },
  ),
  cascadia(
    '{call} Call: Introductory meeting',
    29,
    20,
    'Present: everybody. Purpose: get to know each other, goals of the first quarter, how to reach whom.',
    {
      ...call,
      tasks: ['Dana: collect the environment summary', 'Marcus: invite Dana to the shared channel'],
      closed: true,
    },
  ),
  cascadia(
    'Plan the upgrade to 18.5 across both Geo sites',
    18,
    1,
    'Required stops, order of the sites, who is on the bridge.',
    {
      tasks: [
        'Upgrade path agreed',
        'Background migrations checked on staging',
        'Rollback written down',
        'Announcement to developers',
      ],
      tasksDone: 2,
      dueInDays: 16,
      ticket: 'upgrade-path',
    },
  ),
  cascadia(
    'Split the build farm\u2019s clones off to the secondary',
    22,
    6,
    'Proposal with numbers from the Gitaly dashboards; needs a decision by the platform team.',
    { byCustomer: true },
  ),
  cascadia(
    'Move repositories from NFS to Gitaly Cluster',
    24,
    3,
    'Forty thousand repositories in batches of 500, at night.',
    {
      place: 'migration',
      tasks: [
        'Pilot with 100 repositories',
        'Batch 1 to 20',
        'Batch 21 to 40',
        'Batch 41 to 60',
        'Batch 61 to 80',
        'Remove NFS mounts',
      ],
      tasksDone: 3,
      dueInDays: 40,
    },
  ),
  cascadia('Rotate the LDAP bind password without downtime', 15, 9, 'Steps and a date; was forgotten last year.', {
    dueInDays: -2,
    confidential: true,
  }),
  cascadia(
    'Reduce the number of projects with more than 10 GB',
    20,
    14,
    'List of the fifty largest and who owns them.',
    { unassigned: true },
  ),
]

const meridianIssues: readonly IssueStory[] = [
  meridian(
    '{call} Call: Fortnightly cadence',
    9,
    6,
    'Present: Alice Moreau, Dev Anand, Callum Hayes. Reviewed tickets, ranked next priorities, leave of Callum announced.',
    {
      ...call,
      tasks: [
        'Callum: draft of the backup policy',
        'Alice: names of two more contacts',
        'Dev: export of the runner inventory',
      ],
      tasksDone: 1,
      dueInDays: 5,
    },
  ),
  meridian(
    '{call} Call: Fortnightly cadence (October)',
    37,
    30,
    'Present: Alice Moreau, Callum Hayes. Priorities for the quarter.',
    { ...call, closed: true, tasks: ['Callum: send the search sizing'] },
  ),
  meridian('Disaster recovery drill: evidence for the auditors', 33, 4, 'What has to be shown, and where it is kept.', {
    tasks: ['Restore measured', 'Secrets restored', 'Report signed'],
    tasksDone: 2,
    dueInDays: 1,
    ticket: 'backup-restore',
  }),
  meridian('Replace shared runners by autoscaling fleet', 60, 8, 'Target picture, cost estimate, order of teams.', {
    place: 'migration',
    tasks: ['Image built', 'First team moved', 'All teams moved'],
    tasksDone: 1,
    dueInDays: 30,
  }),
  meridian(
    'Patient-data projects: review of permissions',
    45,
    11,
    'Only the list of projects is kept here, no names of people.',
    { confidential: true, dueInDays: 12 },
  ),
  meridian('Advanced Search: plan the cluster for next year', 28, 2, 'Growth of the index and the limits we know of.', {
    byCustomer: true,
    ticket: 'search-reindex',
  }),
  meridian('Shorten the pipeline of the main application', 80, 41, 'From 48 to 19 minutes.', {
    closed: true,
    tasks: ['Cache keys', 'Split tests', 'Needs instead of stages'],
  }),
]

const kestrelIssues: readonly IssueStory[] = [
  kestrel(
    '{call} Call: Quarterly review',
    16,
    13,
    'Present: Ivan Petrov, Lena Hartmann, Dana Whitfield. Trends of tickets, what went well.',
    { ...call, tasks: ['Dana: summary to the account team'], tasksDone: 0 },
  ),
  kestrel(
    'Firmware builds: evaluate larger runners on GPU hosts',
    40,
    5,
    'Measurements of three weeks, decision due at the next call.',
    { dueInDays: 7, byCustomer: true },
  ),
  kestrel('Import the remaining Bitbucket projects', 70, 3, 'Done in waves of one hundred.', {
    place: 'migration',
    tasks: ['Wave 1', 'Wave 2', 'Wave 3', 'Wave 4'],
    tasksDone: 3,
    dueInDays: 21,
  }),
  kestrel('Write the runbook for a lost Redis node', 50, 26, 'One page, tried once.', { closed: true }),
  kestrel('Move to the metadata database of the registry', 25, 7, 'Estimate: four hours of read-only time.', {
    tasks: ['Dry run', 'Window agreed', 'Import'],
    tasksDone: 1,
  }),
]

const brandtIssues: readonly IssueStory[] = [
  brandt(
    '{call} Call: Jour fixe',
    8,
    5,
    'Anwesend: Katrin Vogel, Stefan Albers, Jonas Feldkamp. Themen: Pr\u00fcfung, Runner, Urlaub.',
    {
      ...call,
      tasks: [
        'Jonas: Vorschlag f\u00fcr das Backup-Konzept',
        'Katrin: Termin mit der Revision',
        'Stefan: Liste der Runner',
      ],
      tasksDone: 2,
      dueInDays: 6,
    },
  ),
  brandt(
    'Zero-downtime upgrade on the reference architecture (5k)',
    35,
    2,
    'Order of nodes, checks between them, abort criteria.',
    { tasks: ['Staging', 'Pre-production', 'Production'], tasksDone: 1, dueInDays: 14 },
  ),
  brandt('Separate runners for audited projects', 52, 12, 'Which projects, which hosts, how it is proven.', {
    dueInDays: 25,
    ticket: 'dind-tls',
  }),
  brandt('Certificate change of the mail relay', 19, 17, 'Steps for both environments.', {
    closed: true,
    tasks: ['Root certificate added', 'Test mail sent'],
  }),
  brandt('Retention of job logs: what the law wants', 61, 33, 'Answer of the legal department is here.', {
    byCustomer: true,
    unassigned: true,
  }),
  brandt('Introduce merge trains for the core system', 30, 1, 'Pilot with two teams.', {
    tasks: ['Pilot started', 'Numbers collected'],
    tasksDone: 1,
  }),
]

const noise: readonly IssueStory[] = [
  cascadia('Parking space for visitors at the Tacoma office', 40, 40, 'Who has a spare card?', {
    unlabelled: true,
    byCustomer: true,
    unassigned: true,
  }),
  cascadia('Template: weekly ticket review', 25, 25, 'Copy me.', { unlabelled: true, labels: ['template'] }),
  cascadia('Renewal: questions about seats', 21, 10, 'For the account team.', {
    unlabelled: true,
    labels: ['account-team'],
  }),
  // Labels are case-sensitive: this one is not ASE work.
  cascadia('Draft of the environment summary', 17, 16, 'Old label, to be merged.', {
    unlabelled: true,
    labels: ['ase work - cascadia freight'],
  }),
  meridian('Account plan for next year', 55, 15, 'For the account team.', {
    unlabelled: true,
    confidential: true,
    labels: ['account-team'],
  }),
  meridian('Training: security policies for team leads', 48, 22, 'Dates and list of participants.', {
    unlabelled: true,
    labels: ['training'],
  }),
  meridian('Broken link in the README', 90, 88, 'Points to the old wiki.', {
    unlabelled: true,
    closed: true,
    byCustomer: true,
  }),
  kestrel('Invite: robotics meetup', 31, 31, 'Talk about device pipelines.', {
    unlabelled: true,
    byCustomer: true,
    unassigned: true,
  }),
  kestrel('Milestones for the first half of the year', 66, 9, 'Customer success keeps this.', {
    unlabelled: true,
    labels: ['account-team'],
  }),
  brandt('\u00dcbersicht der Ansprechpartner', 100, 20, 'Wird von Katrin gepflegt.', {
    unlabelled: true,
    byCustomer: true,
  }),
  brandt('Feedback zur Schulung', 44, 43, 'Sehr gut, gern wieder.', {
    unlabelled: true,
    closed: true,
    byCustomer: true,
  }),
]

/** Every issue that exists when the world opens. */
export const issueStories: readonly IssueStory[] = [
  ...cascadiaIssues,
  ...meridianIssues,
  ...kestrelIssues,
  ...brandtIssues,
  ...noise,
]
