import { z } from 'zod'
import { timeZone } from '#contract/values.ts'

/** Who is signed in. */
export interface ZendeskMe extends ZendeskPerson {
  /** Which tickets this agent may see, in Zendesk's word; null: all of them. */
  readonly restriction: string | null
  /** Whether they can write internal notes only; null when Zendesk does not say. */
  readonly lightAgent: boolean | null
}

/** A form that tickets are opened with. */
export interface ZendeskTicketForm {
  readonly id: number
  readonly name: string
}

/** Somebody with a Zendesk user. */
export interface ZendeskPerson {
  readonly id: number
  readonly name: string
  readonly email: string | null
  /** `agent`, `admin` or `end-user`. */
  readonly role: string | null
  /** IANA zone; null when Zendesk has none that is known here. */
  readonly timeZone: string | null
}

/** A customer's record. */
export interface ZendeskOrganization {
  readonly id: number
  readonly name: string
  readonly notes: string | null
  readonly tags: readonly string[]
  readonly updatedAt: number
  /** Organization fields that are filled in, by their key; several choices are joined by commas. */
  readonly fields: Readonly<Record<string, string | number | boolean>>
}

const id = z.number().int().positive()
const instant = z.string().refine((text) => !Number.isNaN(Date.parse(text)), 'is not a time')
const nextPage = z.string().nullable()

const person = {
  name: z.string(),
  email: z.string().nullish(),
  role: z.string().nullish(),
  iana_time_zone: z.string().nullish(),
}
const wirePerson = z.object({ id, ...person })

/** The signed-in user. A sign-in that failed can look like a success with an empty user. */
export const meAnswer = z.object({
  user: z.object({
    id: id.nullable(),
    ...person,
    ticket_restriction: z.string().nullish(),
    only_private_comments: z.boolean().nullish(),
  }),
})

/** One user. */
export const userAnswer = z.object({ user: wirePerson })

/** Users found by the beginning of a name. The vendor describes this list without pages, so it need not name the next one. */
export const usersAnswer = z.object({ users: z.array(wirePerson), next_page: nextPage.optional() })

/** One organization. */
export const organizationAnswer = z.object({
  organization: z.object({
    id,
    name: z.string(),
    notes: z.string().nullish(),
    tags: z.array(z.string()).nullish(),
    updated_at: instant,
    organization_fields: z.record(z.string(), z.unknown()).nullish(),
  }),
})

/** Organizations found by the beginning of a name. */
export const organizationsAnswer = z.object({
  organizations: z.array(z.object({ id, name: z.string() })),
  next_page: nextPage,
})

/** The forms that tickets are opened with. */
export const ticketFormsAnswer = z.object({
  ticket_forms: z.array(z.object({ id, name: z.string() })),
  next_page: nextPage.optional(),
})

/** A user in Understudy's words. */
export function toPerson(wire: z.infer<typeof wirePerson>): ZendeskPerson {
  return {
    id: wire.id,
    name: wire.name,
    email: wire.email ?? null,
    role: wire.role ?? null,
    timeZone: timeZone.safeParse(wire.iana_time_zone).data ?? null,
  }
}

/** An organization in Understudy's words. */
export function toOrganization(wire: z.infer<typeof organizationAnswer>['organization']): ZendeskOrganization {
  return {
    id: wire.id,
    name: wire.name,
    notes: wire.notes ?? null,
    tags: wire.tags ?? [],
    updatedAt: Date.parse(wire.updated_at),
    fields: Object.fromEntries(
      Object.entries(wire.organization_fields ?? {}).flatMap(([key, value]) => {
        const filled = filledValue(value)
        return filled === null ? [] : [[key, filled] as const]
      }),
    ),
  }
}

function filledValue(value: unknown): string | number | boolean | null {
  if (typeof value === 'number' || typeof value === 'boolean') return value
  if (typeof value === 'string') return value.trim() === '' ? null : value
  const choices = Array.isArray(value) ? value.filter((one) => typeof one === 'string' && one !== '') : []
  return choices.length > 0 ? choices.join(', ') : null
}
