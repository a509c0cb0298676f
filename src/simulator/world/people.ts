import type { DescribedPerson } from '../description.ts'

/** Someone with a Zendesk user. Agents answer, end users ask. */
export interface ZendeskUser {
  readonly id: number
  readonly name: string
  readonly email: string
  readonly role: 'agent' | 'end-user'
  readonly organizationId: number | null
  readonly timeZone: string
  readonly ianaTimeZone: string
  readonly createdAt: number
}

interface Engineer extends Omit<DescribedPerson, 'daysOff'> {
  readonly email: string
  readonly zendeskZone: string
  readonly gitlabId: number
  readonly username: string
}

const week = (fromMinute: number, toMinute: number, fridayTo = toMinute) =>
  [1, 2, 3, 4, 5].map((weekday) => ({ weekday, fromMinute, toMinute: weekday === 5 ? fridayTo : toMinute }))

/** The person the sample workspace belongs to: ASE of one account, covering for two others. */
export const me: Engineer = {
  id: 360900000101,
  name: 'Jonas Feldkamp',
  timeZone: 'Europe/Berlin',
  region: 'EMEA',
  workingHours: week(540, 1050),
  slackHandle: '@jfeldkamp',
  email: 'jonas.feldkamp@support.example',
  zendeskZone: 'Berlin',
  gitlabId: 41001,
  username: 'jfeldkamp',
}

/** The ASE whose absence starts on the anchor's day. */
export const dana: Engineer = {
  id: 360900000102,
  name: 'Dana Whitfield',
  timeZone: 'America/Los_Angeles',
  region: 'AMER',
  workingHours: week(480, 990),
  slackHandle: '@dwhitfield',
  email: 'dana.whitfield@support.example',
  zendeskZone: 'Pacific Time (US & Canada)',
  gitlabId: 41002,
  username: 'dwhitfield',
}

/** The ASE who is back tomorrow; Adelaide is half an hour off the full hour and changes its clocks in October. */
export const callum: Engineer = {
  id: 360900000103,
  name: 'Callum Hayes',
  timeZone: 'Australia/Adelaide',
  region: 'APAC',
  workingHours: week(510, 1020, 780),
  slackHandle: '@chayes',
  email: 'callum.hayes@support.example',
  zendeskZone: 'Adelaide',
  gitlabId: 41003,
  username: 'chayes',
}

/** Covers the other account of the ASE who leaves today. */
export const ines: Engineer = {
  id: 360900000104,
  name: 'Inés Ortega',
  timeZone: 'Europe/Madrid',
  region: 'EMEA',
  workingHours: week(480, 990),
  slackHandle: '@iortega',
  email: 'ines.ortega@support.example',
  zendeskZone: 'Madrid',
  gitlabId: 41004,
  username: 'iortega',
}

/** Engineers the workspace knows by working hours; they are the ones coverage can name. */
export const engineers: readonly Engineer[] = [me, dana, callum, ines]

const agentsSince = Date.UTC(2022, 2, 1, 9)

function agent(id: number, name: string, email: string, timeZone: string, ianaTimeZone: string): ZendeskUser {
  return { id, name, email, role: 'agent', organizationId: null, timeZone, ianaTimeZone, createdAt: agentsSince }
}

/** Colleagues from the general queue; tickets of other organizations are mostly theirs. */
export const colleagues: readonly ZendeskUser[] = [
  agent(360900000111, 'Tomasz Nowak', 'tomasz.nowak@support.example', 'Warsaw', 'Europe/Warsaw'),
  agent(360900000112, 'Grace Okafor', 'grace.okafor@support.example', 'London', 'Europe/London'),
  agent(360900000113, 'Wei Chen', 'wei.chen@support.example', 'Singapore', 'Asia/Singapore'),
  agent(360900000114, 'Rafael Duarte', 'rafael.duarte@support.example', 'Brasilia', 'America/Sao_Paulo'),
  agent(
    360900000115,
    'Amy Kowalczyk',
    'amy.kowalczyk@support.example',
    'Eastern Time (US & Canada)',
    'America/New_York',
  ),
]

/** Everybody who can be the assignee of a ticket. */
export const agents: readonly ZendeskUser[] = [
  ...engineers.map((person) => agent(person.id, person.name, person.email, person.zendeskZone, person.timeZone)),
  ...colleagues,
]

/** A group that tickets can be assigned to. */
export interface AgentGroup {
  readonly id: number
  readonly name: string
  readonly createdAt: number
  readonly memberIds: readonly number[]
}

/** The group every agent of the sample workspace is a member of. */
export const supportGroup: AgentGroup = {
  id: 360700000021,
  name: 'Support Engineers',
  createdAt: agentsSince,
  memberIds: agents.map(({ id }) => id),
}

/** Every group; of the second one only two colleagues are members. */
export const agentGroups: readonly AgentGroup[] = [
  supportGroup,
  {
    id: 360700000022,
    name: 'Support Escalations',
    createdAt: agentsSince,
    memberIds: colleagues.slice(0, 2).map(({ id }) => id),
  },
]
