/** Somebody who matters to an account: at the customer's, or one of ours. */
export interface DeskContact {
  readonly id: string
  readonly side: 'customer' | 'internal'
  readonly name: string
  readonly role: string
  /** How to reach them: an address, a handle, a number. */
  readonly reach: string
  /** How to work with them. */
  readonly howToWork: string
  /** To be known before anything else. */
  readonly important: boolean
}

/** A document, dashboard or page that helps with an account. */
export interface DeskResource {
  readonly id: string
  readonly title: string
  /** An https address. */
  readonly url: string
  /** What it is for. */
  readonly about: string
}

/** Something that came with an import and has no place of its own: kept as it was written. */
export interface DeskExtra {
  readonly id: string
  /** Its name there: `pages`, `gitlab.agent`. */
  readonly name: string
  readonly text: string
}

/** What is known of a customer's GitLab, in the order in which it is shown. */
export const environmentFields = [
  'platform',
  'gitlab',
  'runners',
  'registry',
  'geo',
  'search',
  'database',
  'redis',
  'gitaly',
  'integrations',
  'licence',
  'security',
  'access',
  'zeroDowntime',
] as const

/** One of them. */
export type EnvironmentField = (typeof environmentFields)[number]

/** What people call the fields of an environment. */
export const environmentNames: Readonly<Record<EnvironmentField, string>> = {
  platform: 'Deployment platform',
  gitlab: 'GitLab deployment and version',
  runners: 'Runners',
  registry: 'Container registry',
  geo: 'Geo',
  search: 'Search',
  database: 'Database',
  redis: 'Redis',
  gitaly: 'Gitaly',
  integrations: 'Integrations',
  licence: 'Licence',
  security: 'Security features',
  access: 'User access',
  zeroDowntime: 'Zero-downtime upgrades',
}

/** Single texts of a desk beside the environment's fields. */
export const deskTexts = ['environmentNote', 'slackChannel', 'cadence'] as const

/** One of them. */
export type DeskText = (typeof deskTexts)[number]

/** How far taking over an account is. */
export interface DeskOnboarding {
  /** First day of the contract, `YYYY-MM-DD`, where a person said so. */
  readonly startsOn: string | null
  /** When a person ticked a step, by its id. */
  readonly ticked: Readonly<Record<string, number>>
}

/** What an account's next engineer needs to know beside its tickets: a plain document, changed field by field. */
export interface DeskDocument {
  readonly contacts: readonly DeskContact[]
  /** Free text by field; what nothing is known of is left out. */
  readonly environment: Readonly<Partial<Record<EnvironmentField, string>>>
  /** What else there is to say of the environment. */
  readonly environmentNote: string
  readonly resources: readonly DeskResource[]
  /** Channel shared with the customer: `#cascadia-freight`. */
  readonly slackChannel: string
  /** What was agreed on regular calls. */
  readonly cadence: string
  readonly extras: readonly DeskExtra[]
  readonly onboarding: DeskOnboarding
}

/** A desk on which nothing was written yet. */
export const emptyDesk: DeskDocument = {
  contacts: [],
  environment: {},
  environmentNote: '',
  resources: [],
  slackChannel: '',
  cadence: '',
  extras: [],
  onboarding: { startsOn: null, ticked: {} },
}
