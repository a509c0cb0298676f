import type { DescribedDesk } from '../description.ts'
import { localDay } from '../time.ts'
import { organizationByKey } from './organizations.ts'
import { ines } from './people.ts'
import { newAccountsSince } from './plans.ts'

/**
 * What is written down of accounts beside their tickets: Cascadia Freight as an ASE of some weeks leaves it, and Wexford Instruments in the
 * middle of being taken over.
 */
export function describeDesks(anchor: number): readonly DescribedDesk[] {
  return [cascadiaDesk(anchor), wexfordDesk(anchor)]
}

function cascadiaDesk(anchor: number): DescribedDesk {
  const cascadia = organizationByKey('cascadia')
  const at = anchor - 3 * 86_400_000
  return {
    accountId: cascadia.id,
    updatedAt: at,
    document: {
      contacts: cascadiaContacts(),
      environment: cascadiaEnvironment,
      environmentNote: 'No changes in the two weeks before Christmas: freight has its peak then.',
      resources: cascadiaResources,
      slackChannel: '#ext-cascadia-freight',
      cadence: 'Every second Tuesday, 10:00 Pacific, 45 minutes, led by Dana',
      extras: [],
      onboarding: { startsOn: null, ticked: { announcements: at } },
    },
  }
}

function cascadiaContacts(): DescribedDesk['document']['contacts'] {
  const [marcus, yuki, rosa] = organizationByKey('cascadia').contacts
  return [
    {
      id: 'marcus',
      side: 'customer',
      name: marcus?.name ?? '',
      role: 'Head of Platform',
      reach: `${marcus?.email ?? ''}, phone in the contract`,
      howToWork:
        'Decides on maintenance windows. Wants one recommendation, not options; answers within the hour before noon Pacific.',
      important: true,
    },
    {
      id: 'yuki',
      side: 'customer',
      name: yuki?.name ?? '',
      role: 'GitLab administrator',
      reach: yuki?.email ?? '',
      howToWork: 'Sends logs at once when asked for exact commands. Tries things on staging first.',
      important: true,
    },
    {
      id: 'rosa',
      side: 'customer',
      name: rosa?.name ?? '',
      role: 'CI lead',
      reach: rosa?.email ?? '',
      howToWork: 'Ask her about runners and pipelines; prefers a call over long threads.',
      important: false,
    },
    {
      id: 'csm',
      side: 'internal',
      name: 'Leah Brandão',
      role: 'Customer Success Manager',
      reach: 'Slack @lbrandao',
      howToWork: 'Tell her before a ticket becomes an escalation. She is on the call every other Tuesday.',
      important: true,
    },
    {
      id: 'ae',
      side: 'internal',
      name: 'Owen Pryce',
      role: 'Account owner',
      reach: 'Slack @opryce',
      howToWork: 'Only for the contract and licences.',
      important: false,
    },
  ]
}

const cascadiaEnvironment: DescribedDesk['document']['environment'] = {
  platform: 'AWS us-west-2, virtual machines, Terraform',
  gitlab: 'Linux package, 3k reference architecture, 18.5.2; staging a week ahead',
  runners: '42 on Kubernetes (EKS), 6 on Windows for the warehouse scanner',
  registry: 'On S3, cleanup policy of 30 days',
  geo: 'One secondary site in us-east-2, for reading only. Failover was last practised in June.',
  database: 'PostgreSQL 16 with Patroni, three nodes',
  redis: 'Sentinel, three nodes',
  gitaly: 'Gitaly Cluster, three nodes; the monorepo alone has 60 GB',
  integrations: 'Jira, Slack, Vault for CI secrets',
  licence: 'Ultimate, 1,800 seats',
  security: 'SAST and secret detection in all pipelines',
  access: 'SAML by Okta; administrators with a hardware key',
  zeroDowntime: 'Yes, Thursdays from 22:00 Pacific',
}

const cascadiaResources: DescribedDesk['document']['resources'] = [
  {
    id: 'runbook',
    title: 'Runbook for Geo failover',
    url: 'https://gitlab.example/account-management/western-north-america/cascadia-freight/collaboration/-/wikis/geo-failover',
    about: 'Written with Yuki in June; step 4 needs their network team',
  },
  {
    id: 'dashboard',
    title: 'Grafana of production',
    url: 'https://grafana.cascadia-freight.example/d/gitlab',
    about: 'Read access by their Okta; ask Yuki for a guest',
  },
]

/** Taken over three weeks ago: they have met, the rest is open or late. */
function wexfordDesk(anchor: number): DescribedDesk {
  const wexford = organizationByKey('wexford')
  const [conor] = wexford.contacts
  const since = newAccountsSince(anchor)
  return {
    accountId: wexford.id,
    updatedAt: since,
    document: {
      contacts: [
        {
          id: 'conor',
          side: 'customer',
          name: conor?.name ?? '',
          role: 'IT manager',
          reach: conor?.email ?? '',
          howToWork: 'New to GitLab. Glad of links to the docs.',
          important: true,
        },
      ],
      environment: { platform: 'Their own data centre in Wexford', licence: 'Premium, 140 seats' },
      environmentNote: '',
      resources: [],
      slackChannel: '',
      cadence: 'Every Wednesday, 10:00 in Dublin, 30 minutes',
      extras: [],
      onboarding: {
        // A week after the account was given over, as the contract says.
        startsOn: localDay(ines.timeZone, anchor, -12),
        ticked: { introduction: anchor - 9 * 86_400_000 },
      },
    },
  }
}
