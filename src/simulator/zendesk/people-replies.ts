import type { VendorReply, VendorRequest } from '../http/reply.ts'
import { json } from '../http/reply.ts'
import { zendeskTime } from '../time.ts'
import { organizations } from '../world/organizations.ts'
import type { Organization } from '../world/organizations.ts'
import type { ZendeskUser } from '../world/people.ts'
import { agentGroups, supportGroup } from '../world/people.ts'
import { ticketForms } from '../world/forms.ts'
import type { World } from '../world/world.ts'
import type { Caller } from './caller.ts'
import { isReply, readPage, rowsOf } from './paging.ts'
import { badRequest, forbidden, notFound } from './refusals.ts'
import { groupJson, organizationJson, ticketFormJson, userJson } from './rendering.ts'
import type { ZendeskSettings } from './settings.ts'

interface PeopleDeps {
  readonly world: World
  readonly anchor: number
  now(): number
  settings(): ZendeskSettings
}

/** What users/me shows to somebody whose login is no good, when it shows anything: nobody, with status 200. */
export const anonymousUser = {
  id: null,
  url: null,
  name: 'Anonymous user',
  email: 'invalid@example.com',
  role: 'end-user',
  active: false,
  authenticity_token: 'nobody',
} as const

/** Ids of a query, a hundred at most. */
export function idsIn({ query }: VendorRequest): readonly number[] {
  return (query.get('ids') ?? '').split(',').map(Number).filter(Number.isSafeInteger).slice(0, 100)
}

/** Answers with users, groups, organizations and the forms of tickets. */
export function createPeopleReplies({ world, anchor, now, settings }: PeopleDeps) {
  const apiOf = ({ origin }: VendorRequest): string => `${origin}/api/v2`
  const organizationRow = (one: Organization, request: VendorRequest) =>
    organizationJson(one, apiOf(request), anchor, world.noteOf(one.id))
  const listOrganizations = (request: VendorRequest, filter: (one: Organization) => boolean): VendorReply => {
    const page = readPage(
      rowsOf(organizations.filter(filter), ({ id }) => id),
      request.query.get('sort') === '-id',
      request,
    )
    if (isReply(page)) return page
    return json({ organizations: page.items.map((one) => organizationRow(one, request)), ...page.envelope })
  }
  const listUsers = (request: VendorRequest, filter: (one: ZendeskUser) => boolean): VendorReply => {
    const page = readPage(
      rowsOf([...world.users.values()].filter(filter), ({ id }) => id),
      false,
      request,
    )
    if (isReply(page)) return page
    return json({ users: page.items.map((one) => userJson(one, apiOf(request))), ...page.envelope })
  }
  const groupsOf = (userId: number) => agentGroups.filter(({ memberIds }) => memberIds.includes(userId))
  const whole = (name: string, rows: readonly unknown[]): VendorReply =>
    json({ [name]: rows, next_page: null, previous_page: null, count: rows.length })

  return {
    me(request: VendorRequest, caller: Caller): VendorReply {
      const found = world.users.get(caller.userId)
      if (!found) return notFound
      const { role, light_agent: light, ticket_restriction: restriction } = settings()
      const limits = {
        role,
        only_private_comments: light,
        ticket_restriction: role === 'agent' ? restriction : 'requested',
        restricted_agent: role !== 'agent' || light || restriction !== null,
      }
      const token = caller.way === 'session' ? caller.session.csrfToken : 'simulated'
      const seen = { last_login_at: zendeskTime(now()), authenticity_token: token }
      return json({ user: { ...userJson(found, apiOf(request)), ...limits, ...seen } })
    },
    user(request: VendorRequest, id: number): VendorReply {
      const found = world.users.get(id)
      return found ? json({ user: userJson(found, apiOf(request)) }) : notFound
    },
    users: (request: VendorRequest): VendorReply =>
      whole(
        'users',
        idsIn(request)
          .flatMap((id) => world.users.get(id) ?? [])
          .map((one) => userJson(one, apiOf(request))),
      ),
    usersByName(request: VendorRequest): VendorReply {
      const { query } = request
      const start = (query.get('name') ?? '').toLowerCase()
      if (start === '') return badRequest('name or phone must be given')
      const mayBeAssigned = query.get('filter') === 'assignable'
      const fits = ({ name, role }: ZendeskUser): boolean =>
        name.toLowerCase().startsWith(start) && (!mayBeAssigned || role === 'agent')
      return listUsers(request, fits)
    },
    /** Searches users by any words of their names and addresses, or with `email:` by the address alone. */
    usersByQuery(request: VendorRequest): VendorReply {
      const words = (request.query.get('query') ?? '').toLowerCase().match(/(?:email:)?"[^"]*"|\S+/g) ?? []
      const fits = ({ name, email }: ZendeskUser, word: string): boolean => {
        const text = word.replace(/^email:/, '').replaceAll('"', '')
        return word.startsWith('email:') ? email === text : `${name} ${email}`.toLowerCase().includes(text)
      }
      return listUsers(request, (one) => words.every((word) => fits(one, word)))
    },
    groups: (request: VendorRequest): VendorReply =>
      whole(
        'groups',
        agentGroups.map((group) => groupJson(group, apiOf(request))),
      ),
    ticketForms: (request: VendorRequest): VendorReply =>
      settings().ticket_forms
        ? json({ ticket_forms: ticketForms.map((form) => ticketFormJson(form, apiOf(request))) })
        : forbidden,
    groupsOfUser: (request: VendorRequest, id: number): VendorReply =>
      whole(
        'groups',
        groupsOf(id).map((group) => groupJson(group, apiOf(request))),
      ),
    memberships: (request: VendorRequest, id: number): VendorReply =>
      whole(
        'group_memberships',
        groupsOf(id).map((group, index) => ({
          id: id + 5_000_000 + index,
          url: `${apiOf(request)}/group_memberships/${id + 5_000_000 + index}.json`,
          user_id: id,
          group_id: group.id,
          default: group.id === supportGroup.id,
          created_at: zendeskTime(group.createdAt),
          updated_at: zendeskTime(group.createdAt),
        })),
      ),
    organization(request: VendorRequest, id: number): VendorReply {
      const found = organizations.find((one) => one.id === id)
      return found ? json({ organization: organizationRow(found, request) }) : notFound
    },
    organizations: (request: VendorRequest): VendorReply => listOrganizations(request, () => true),
    organizationsByIds: (request: VendorRequest): VendorReply =>
      listOrganizations(request, ({ id }) => idsIn(request).includes(id)),
    organizationsByName(request: VendorRequest): VendorReply {
      const start = (request.query.get('name') ?? '').toLowerCase()
      return listOrganizations(request, ({ name }) => name.toLowerCase().startsWith(start))
    },
  }
}
