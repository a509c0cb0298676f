import { DAY } from '../time.ts'
import type { ZendeskUser } from './people.ts'
import { callum, dana, me } from './people.ts'

/** A customer as the world keeps it. Only those with an ASE have a label and a place in GitLab. */
export interface Organization {
  readonly key: string
  readonly id: number
  readonly name: string
  readonly domain: string
  readonly ase: { readonly id: number; readonly name: string; readonly slackHandle: string | null } | null
  /** How many days before the anchor the ASE took the account. */
  readonly aseDays: number
  /** Whether new tickets go to the ASE by themselves (rule 8 is a setting of each account). */
  readonly autoAssigned: boolean
  readonly label: string | null
  readonly gitlabGroup: string | null
  readonly notes: string | null
  readonly region: string
  readonly supportLevel: string
  /** The address their GitLab is reached at; shows up in their tickets. */
  readonly host: string
  readonly contacts: readonly ZendeskUser[]
}

type Plain = Pick<Organization, 'key' | 'name' | 'domain' | 'region' | 'supportLevel'> & {
  readonly people: readonly string[]
  readonly zone: readonly [zendesk: string, iana: string]
}
type WithAse = Partial<Pick<Organization, 'ase' | 'aseDays' | 'autoAssigned' | 'label' | 'gitlabGroup' | 'notes'>>

let made = 0

function organization(plain: Plain, ase: WithAse = {}): Organization {
  const number = ++made
  const id = 360100000010 + number * 13
  const contacts = plain.people.map((name, index): ZendeskUser => ({
    id: 370200000000 + number * 100 + index,
    name,
    email: `${name
      .toLowerCase()
      .normalize('NFD')
      .replace(/[^a-z ]/g, '')
      .replaceAll(' ', '.')}@${plain.domain}`,
    role: 'end-user',
    organizationId: id,
    timeZone: plain.zone[0],
    ianaTimeZone: plain.zone[1],
    createdAt: Date.UTC(2023, number, 3 + index, 10),
  }))
  const { key, name, domain, region, supportLevel } = plain
  return {
    key,
    id,
    name,
    domain,
    region,
    supportLevel,
    host: `gitlab.${domain}`,
    contacts,
    ase: null,
    aseDays: 0,
    autoAssigned: false,
    label: null,
    gitlabGroup: null,
    notes: null,
    ...ase,
  }
}

const orgNote = (who: string, region: string, hours: string, auto: string) =>
  `**ASE:** ${who}, region ${region}, working hours ${hours}.

**New tickets:** ${auto}

**Outside working hours:** contribute with internal notes; answer the customer only when the ticket would breach before the ASE is online.

**ASE unavailable:** when a ticket will breach or was missed, answer it, leave the ASE as assignee and put yourself on Cc.

**Tickets from before the ASE:** the customer chooses between the present assignee and the ASE.

**Emergencies:** the on-call engineer is the DRI and pings the ASE in the emergency's Slack thread.`

const auto = 'non-emergency tickets are assigned to the ASE automatically.'

/** Customers with an ASE: the accounts of the sample workspace. */
export const accounts: readonly Organization[] = [
  organization(
    {
      key: 'cascadia',
      name: 'Cascadia Freight',
      domain: 'cascadia-freight.example',
      region: 'AMER',
      supportLevel: 'ultimate',
      people: ['Marcus Bell', 'Yuki Tanabe', 'Rosa Delgado', 'Peter Lindgren'],
      zone: ['Pacific Time (US & Canada)', 'America/Los_Angeles'],
    },
    {
      ase: dana,
      aseDays: 26,
      autoAssigned: true,
      label: 'ASE Work - Cascadia Freight',
      gitlabGroup: 'account-management/western-north-america/cascadia-freight',
      notes: orgNote('Dana Whitfield (@dwhitfield)', 'AMER', 'Mon-Fri 08:00-16:30 Pacific', auto),
    },
  ),
  organization(
    {
      key: 'meridian',
      name: 'Meridian Health',
      domain: 'meridian-health.example',
      region: 'APAC',
      supportLevel: 'ultimate',
      people: ['Alice Moreau', 'Dev Anand', 'Hannah Price'],
      zone: ['Sydney', 'Australia/Sydney'],
    },
    {
      ase: callum,
      aseDays: 610,
      autoAssigned: true,
      label: 'ASE Work - Meridian Health',
      gitlabGroup: 'account-management/apac/meridian-health',
      // Somebody forgot to take out what held for last year's absence.
      notes: `${orgNote('Callum Hayes (@chayes)', 'APAC', 'Mon-Thu 08:30-17:00, Fri until 13:00 Adelaide', auto)}

Until 2025-12-19, Jonas Feldkamp covers Meridian Health: leave Callum as the assignee and put Jonas on Cc.`,
    },
  ),
  organization(
    {
      key: 'kestrel',
      name: 'Kestrel Robotics',
      domain: 'kestrel-robotics.example',
      region: 'AMER',
      supportLevel: 'premium',
      people: ['Ivan Petrov', 'Lena Hartmann', 'Sam Oyelaran'],
      zone: ['Central Time (US & Canada)', 'America/Chicago'],
    },
    {
      ase: dana,
      aseDays: 420,
      label: 'ASE Work - Kestrel Robotics',
      gitlabGroup: 'account-management/western-north-america/kestrel-robotics',
      notes: orgNote(
        'Dana Whitfield (@dwhitfield)',
        'AMER',
        'Mon-Fri 08:00-16:30 Pacific',
        'not assigned automatically. Take them from the queue; the ASE joins by customer priority.',
      ),
    },
  ),
  organization(
    {
      key: 'brandt',
      name: 'Brandt & Söhne',
      domain: 'brandt-soehne.example',
      region: 'EMEA',
      supportLevel: 'ultimate',
      people: ['Katrin Vogel', 'Stefan Albers', 'Mehmet Yilmaz'],
      zone: ['Berlin', 'Europe/Berlin'],
    },
    {
      ase: me,
      aseDays: 270,
      autoAssigned: true,
      label: 'ASE Work - Brandt & Söhne',
      // A customer whose collaboration project stands alone: labelled issues are listed by project, not by group.
      gitlabGroup: 'account-management/emea/brandt-soehne/collaboration',
      // Leaves open what to do outside working hours, and with tickets from before the ASE.
      notes: `**ASE:** Jonas Feldkamp (@jfeldkamp), region EMEA.

**New tickets:** ${auto}

**ASE unavailable:** when a ticket will breach or was missed, answer it, leave the ASE as assignee and put yourself on Cc.

**Emergencies:** the on-call engineer is the DRI and pings the ASE in the emergency's Slack thread.`,
    },
  ),
]

const berlin = ['Berlin', 'Europe/Berlin'] as const

/** Customers without an ASE: where ordinary ticket work comes from. */
export const otherOrganizations: readonly Organization[] = [
  { key: 'lumen', name: 'Lumen Kitchenware', domain: 'lumen-kitchenware.example', people: ['Paula Weiss', 'Tim Osei'] },
  {
    key: 'ostrava',
    name: 'Ostrava Steelworks',
    domain: 'ostrava-steel.example',
    people: ['Jiri Novotny', 'Eva Kralova'],
  },
  { key: 'pinecrest', name: 'Pinecrest University', domain: 'pinecrest.example', people: ['Noah Abrams', 'Lily Tran'] },
  { key: 'tallinn', name: 'Tallinn Games', domain: 'tallinn-games.example', people: ['Kaarel Saar', 'Mari Lepik'] },
  { key: 'orchid', name: 'Orchid Pharma', domain: 'orchid-pharma.example', people: ['Sofia Rinaldi', 'Marc Dubois'] },
  { key: 'heron', name: 'Blue Heron Media', domain: 'blue-heron.example', people: ['Chloe Martin', 'Omar Haddad'] },
].map((plain, index) =>
  organization({ ...plain, zone: berlin, region: 'EMEA', supportLevel: index % 2 ? 'ultimate' : 'premium' }),
)

/** Customers that have not written yet. */
const silentOrganizations: readonly Organization[] = [
  { key: 'falun', name: 'Falun Mining', people: ['Lars Nyberg'] },
  { key: 'galway', name: 'Galway Insurance', people: ['Niamh Burke'] },
  { key: 'juniper', name: 'Juniper Valley Dairy', people: ['Walt Jensen'] },
  { key: 'quillon', name: 'Quillon Press', people: ['Edith Marlow'] },
  { key: 'rosario', name: 'Rosario Textiles', people: ['Lucia Ferrer'] },
  { key: 'umbria', name: 'Umbria Ceramics', people: ['Giulio Neri'] },
  { key: 'vantaa', name: 'Vantaa Optics', people: ['Aino Laine'] },
  { key: 'wexford', name: 'Wexford Instruments', people: ['Conor Doyle'] },
  { key: 'yarrow', name: 'Yarrow Biotech', people: ['Freya Holm'] },
  { key: 'zonda', name: 'Zonda Airlines', people: ['Diego Acosta'] },
].map((plain) =>
  organization({ ...plain, domain: `${plain.key}.example`, zone: berlin, region: 'EMEA', supportLevel: 'premium' }),
)

/** Every organization that tickets come from by themselves, accounts first. */
export const writingOrganizations: readonly Organization[] = [...accounts, ...otherOrganizations]

/** Every organization, accounts first. */
export const organizations: readonly Organization[] = [...writingOrganizations, ...silentOrganizations]

/** Finds an organization by its key; throws when there is none, since keys are written in this code only. */
export function organizationByKey(key: string): Organization {
  const found = organizations.find((one) => one.key === key)
  if (!found) throw new Error(`no organization ${key}`)
  return found
}

/** When the ASE took the account, in ms since the epoch, for a world built around `anchor`. */
export function aseSince(organization: Organization, anchor: number): number | null {
  return organization.ase ? Math.floor((anchor - organization.aseDays * DAY) / DAY) * DAY : null
}
