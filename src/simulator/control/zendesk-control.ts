import { z } from 'zod'
import type { RunningServer } from '../http/serve.ts'
import type { VendorReply } from '../http/reply.ts'
import { json } from '../http/reply.ts'
import { mergeTickets } from '../world/merge.ts'
import { organizations } from '../world/organizations.ts'
import { me } from '../world/people.ts'
import type { World } from '../world/world.ts'
import type { BrowserSessions } from '../zendesk/browser-session.ts'
import { sessionSettingsSchema } from '../zendesk/browser-session.ts'
import type { Oauth } from '../zendesk/oauth.ts'
import { oauthSettingsSchema } from '../zendesk/oauth.ts'
import type { ZendeskSwitches } from '../zendesk/settings.ts'
import { zendeskSettingsSchema } from '../zendesk/settings.ts'

export interface ZendeskControlDeps {
  readonly world: World
  readonly oauth: Oauth
  readonly sessions: BrowserSessions
  readonly switches: ZendeskSwitches
  readonly ports: Readonly<Record<'zendesk' | 'gitlab', RunningServer>>
}

type Order = readonly [pattern: RegExp, carryOut: (body: unknown, id: number) => VendorReply | Promise<VendorReply>]

const userId = z.number().int().positive()

const actorSchema = z.object({ actor_id: userId.default(me.id) }).strict()
const mergeSchema = actorSchema.extend({ into: userId }).strict()
const moveSchema = z.object({ organization_id: userId, actor_id: userId.default(me.id) }).strict()
const portSchema = z.object({ target: z.enum(['zendesk', 'gitlab']), open: z.boolean() }).strict()

/** Orders that switch how this Zendesk behaves, and that end the life of tickets. */
export function zendeskOrders(deps: ZendeskControlDeps): readonly Order[] {
  const { oauth, sessions, switches, ports } = deps
  return [
    ...ticketOrders(deps.world),
    [/^\/zendesk$/, (body) => json(switches.set(zendeskSettingsSchema.parse(body)))],
    [
      /^\/oauth$/,
      (body) => {
        oauth.set(oauthSettingsSchema.parse(body))
        return json(readOauth(oauth))
      },
    ],
    [/^\/oauth\/revoke$/, () => (oauth.revokeAll(), ok)],
    [
      /^\/session$/,
      (body) => {
        sessions.set(sessionSettingsSchema.parse(body))
        return json(sessions.settings())
      },
    ],
    [/^\/session\/expire$/, () => (sessions.expireAll(), ok)],
    [
      /^\/port$/,
      async (body) => {
        const { target, open } = portSchema.parse(body)
        await (open ? ports[target].resume() : ports[target].stop())
        return ok
      },
    ],
  ]
}

/** What can be read of the switches; undefined when there is nothing at that path. */
export function readSwitches({ oauth, sessions, switches }: ZendeskControlDeps, path: string): VendorReply | undefined {
  if (path === '/zendesk') return json(switches.read())
  if (path === '/oauth') return json(readOauth(oauth))
  return path === '/session' ? json(sessions.settings()) : undefined
}

const ok = json({ ok: true })

const readOauth = (oauth: Oauth): Record<string, unknown> => ({ ...oauth.settings(), ...oauth.counts() })

function ticketOrders(world: World): readonly Order[] {
  const settle = (done: boolean): VendorReply =>
    done ? ok : json({ error: 'a closed or deleted ticket cannot be changed like this' }, 409)
  const known = (id: number, then: () => VendorReply): VendorReply =>
    world.ticket(id) ? then() : json({ error: 'no such ticket' }, 404)
  const takeAway = (kind: 'deleted' | 'restricted' | undefined) => (body: unknown, id: number) =>
    known(id, () => {
      world.setFate(id, kind, actorSchema.parse(body).actor_id)
      return ok
    })
  return [
    [
      /^\/tickets\/(\d+)\/merge$/,
      (body, id) => {
        const { into, actor_id: actor } = mergeSchema.parse(body)
        return known(id, () => settle(mergeTickets(world, id, into, actor)))
      },
    ],
    [/^\/tickets\/(\d+)\/delete$/, takeAway('deleted')],
    [/^\/tickets\/(\d+)\/restrict$/, takeAway('restricted')],
    [/^\/tickets\/(\d+)\/restore$/, takeAway(undefined)],
    [
      /^\/tickets\/(\d+)\/archive$/,
      (body, id) =>
        known(id, () => {
          const { actor_id: actor } = actorSchema.parse(body)
          if (world.ticket(id)?.status !== 'closed') return json({ error: 'only a closed ticket is archived' }, 409)
          world.setFate(id, 'archived', actor)
          return ok
        }),
    ],
    [
      /^\/tickets\/(\d+)\/move$/,
      (body, id) => {
        const { organization_id: organizationId, actor_id: by } = moveSchema.parse(body)
        const exists = organizations.some((one) => one.id === organizationId)
        if (!exists) return json({ error: 'organization_id: no such organization' }, 400)
        return known(id, () => settle(world.change(id, { organizationId, by })))
      },
    ],
  ]
}
