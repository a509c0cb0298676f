import type { DescribedLine } from '../description.ts'

/** What an ASE wrote of a case before an absence. */
export interface HandedLine extends Pick<DescribedLine, 'story' | 'nextAction' | 'askWhom'> {
  /** Of which case, as `problems` names it. */
  readonly problem: string
  readonly severity: NonNullable<DescribedLine['severity']>
  /** In how many days it is due; undefined where that is not said yet. */
  readonly dueIn?: number
  /** *If … then …*; what fires it, in hours from the absence on for a reply that is missing. */
  readonly foreseen: readonly {
    readonly if: string
    readonly then: string
    readonly fires?: 'customer-replies' | 'severity-raised' | { readonly noReplyWithin: number }
  }[]
  /** What who covers said back; undefined where nobody did yet. */
  readonly saidBack?: string
}

/** Words of an *if … then …*. */
function foreseen(
  condition: string,
  consequence: string,
  fires?: NonNullable<HandedLine['foreseen'][number]['fires']>,
): HandedLine['foreseen'][number] {
  // oxlint-disable-next-line unicorn/no-thenable -- a text, never awaited
  return { if: condition, then: consequence, ...(fires ? { fires } : {}) }
}

/** Of Cascadia Freight, as handed over in full. */
export const cascadiaLines: readonly HandedLine[] = [
  {
    problem: 'geo-lag',
    severity: 'unstable',
    story: 'The secondary falls behind since a push of large LFS files; the backlog shrank after more concurrency.',
    nextAction: 'Look at the backlog in their answer; below 5,000 we close, else the log cursor is the suspect.',
    askWhom: 'Geo: #g_geo, Aki has seen this cursor before',
    dueIn: 1,
    foreseen: [
      foreseen(
        'they report a rising backlog',
        'ask for geo:status of both sites and page nobody yet',
        'customer-replies',
      ),
      foreseen('the priority is raised', 'call Marcus before noon Pacific, he decides alone', 'severity-raised'),
    ],
    saidBack: 'They wait for nothing; I wait for their numbers. Rising means the cursor, and Aki.',
  },
  {
    problem: 'gitaly-oom',
    severity: 'unstable',
    story: 'One Gitaly node is killed several times a day; cgroups are set up, the monorepo’s repacks are the load.',
    nextAction: 'Answer with the cgroup limits that were agreed on in the note',
    askWhom: 'Gitaly: Quang, he reviewed the limits',
    dueIn: 0,
    foreseen: [
      foreseen('we have not answered by the evening', 'answer with what the note says, it is reviewed', {
        noReplyWithin: 20,
      }),
    ],
    saidBack: 'The limits in the note are final. I send them today, whatever else comes.',
  },
  {
    problem: 'batched-migration',
    severity: 'watcher',
    story: 'An upgrade is blocked by two orphaned rows; the query that removes them is written.',
    nextAction: 'Get a second pair of eyes on the query, then send it',
    askWhom: 'Database: anybody in #database',
    dueIn: 0,
    foreseen: [
      foreseen('they ask to mark it as finished by hand', 'say no: it breaks the next stop', 'customer-replies'),
    ],
    saidBack: 'Nothing is marked as finished by hand. The query goes out after a review.',
  },
  {
    problem: 'merge-train',
    severity: 'watcher',
    story: 'The train stood because the service account could not read the moved templates; it was added.',
    nextAction: 'Hear whether the next train passes',
    askWhom: '',
    dueIn: 2,
    foreseen: [foreseen('trains stop again', 'ask for the system notes of the first merge request')],
    saidBack: 'If it stops again the reason is in the notes of the first merge request.',
  },
  {
    problem: 'saml-groups',
    severity: 'watcher',
    story: 'Entra leaves out the list of groups for people in many; their identity team changes it on Monday.',
    nextAction: 'Ask on Tuesday whether it worked',
    askWhom: 'Yuki, she knows their identity team',
    dueIn: 5,
    foreseen: [foreseen('people lost roles for good', 'one sign-in per person restores them')],
    saidBack: 'Theirs until Monday. A sign-in per person puts the roles back.',
  },
  {
    problem: 'object-storage-migration',
    severity: 'watcher',
    story: 'The move of artifacts stops at objects the bucket wants encrypted; the key is set, most have moved.',
    nextAction: 'Ask how many are left',
    askWhom: 'It is a colleague’s from before my time; ask them first',
    dueIn: 3,
    foreseen: [foreseen('single objects fail still', 'have them listed, do not start over')],
    saidBack: 'Most have moved. We do not start over for single objects.',
  },
  {
    problem: 'pg-bloat',
    severity: 'stable',
    story: 'One table bloats; pg_repack is planned for their window.',
    nextAction: 'Review their plan when it comes',
    askWhom: '',
    dueIn: 9,
    foreseen: [],
  },
  {
    problem: 'upgrade-path',
    severity: 'stable',
    story: 'The plan for their upgrade was reviewed and is good.',
    nextAction: 'Wait for the upgrade-assistance ticket',
    askWhom: '',
    dueIn: 9,
    foreseen: [],
  },
  {
    problem: 'registry-gc',
    severity: 'stable',
    story: 'The bucket keeps old versions; they look into a lifecycle rule.',
    nextAction: 'Wait for them',
    askWhom: '',
    dueIn: 8,
    foreseen: [],
  },
  {
    problem: 'jira-dvcs',
    severity: 'stable',
    story: 'The Jira app needs linking again by their Jira admin.',
    nextAction: 'Wait for them',
    askWhom: '',
    dueIn: 8,
    foreseen: [],
  },
  {
    problem: 'group-transfer',
    severity: 'stable',
    story: 'Commands for the transfer wait for a review on our side; their window is on a Saturday.',
    nextAction: 'Find a reviewer in the database channel',
    askWhom: 'Database: #database',
    dueIn: 4,
    foreseen: [],
  },
  {
    problem: 'repo-checks',
    severity: 'stable',
    story: 'References cut off by a broken disk; none of them lost objects so far.',
    nextAction: 'Close it when they do not answer',
    askWhom: '',
    dueIn: 7,
    foreseen: [],
  },
]

/** Of Brandt, as far as somebody comes in an hour on the evening they begin. */
export const brandtLines: readonly HandedLine[] = [
  {
    problem: 'praefect-split',
    severity: 'unstable',
    story: 'A Gitaly node did not come back after maintenance; some repositories cannot be written to.',
    nextAction: 'Bring the old node up read-only before anybody accepts data loss',
    askWhom: 'Gitaly: Quang',
    dueIn: 1,
    foreseen: [
      foreseen(
        'they accept data loss on their own',
        'ask which repositories, and for the time of it',
        'customer-replies',
      ),
    ],
  },
  {
    problem: 'sidekiq-backlog',
    severity: 'watcher',
    story: 'A mass import held all Sidekiq threads; it is throttled and the queue drains.',
    nextAction: 'Ask whether the routing rules went in',
    askWhom: '',
    dueIn: 2,
    foreseen: [],
  },
  {
    problem: 'slow-clone',
    severity: 'stable',
    story: 'Their web application firewall scans what is cloned; the list of paths to exclude is drafted.',
    nextAction: '',
    askWhom: '',
    foreseen: [],
  },
]
