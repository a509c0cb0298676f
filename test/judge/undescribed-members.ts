import { resolved, type OpenApiDocument, type Schema } from './open-api.ts'

/** Which way a body goes: some members are for one way only. */
export type Way = 'request' | 'reply'

/**
 * The members of a value that its schema does not list, or lists for the other way only, as paths like `ticket.colour`.
 * A JSON schema lets unknown members pass; a client that sends one has misspelt something, and an imitation that answers
 * one has made it up. Where a schema says nothing of members, or that any may be there, all are fine.
 */
export function undescribedMembers(
  document: OpenApiDocument,
  schema: Schema,
  value: unknown,
  way: Way,
): readonly string[] {
  const unlisted = new Set<string>()
  const look = ({ items, member }: Described, value: unknown, path: string): void => {
    if (Array.isArray(value)) {
      const described = items()
      if (described) for (const one of value) look(described, one, `${path}[]`)
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, one] of Object.entries(value)) {
        const where = path === '' ? name : `${path}.${name}`
        const described = member(name)
        if (described === 'unlisted') unlisted.add(where)
        else if (described && typeof one === 'object') look(described, one, where)
      }
    }
  }
  look(describedBy(document, alternatives(document, schema), way), value, '')
  return [...unlisted]
}

/** What several schemas say together of a value. Thousands of rows are looked at with the same few, so it is worked out once. */
interface Described {
  /** What they say of each row of a list; undefined: nothing. */
  items(): Described | undefined
  /** What they say of a member; undefined: nothing, and it may be there. */
  member(name: string): Described | 'unlisted' | undefined
}

const known = { request: new WeakMap<object, Described>(), reply: new WeakMap<object, Described>() }

function describedBy(document: OpenApiDocument, schemas: readonly Schema[], way: Way): Described {
  const made = known[way].get(schemas)
  if (made) return made
  const listing = schemas.filter((one) => one.properties || isOpen(one))
  const isClosed = listing.length > 0 && !listing.some(isOpen)
  const together = (parts: readonly Schema[]): Described | undefined =>
    parts.length === 0
      ? undefined
      : describedBy(
          document,
          parts.flatMap((one) => alternatives(document, one)),
          way,
        )
  const members = new Map<string, Described | 'unlisted' | undefined>()
  const find = (name: string): Described | 'unlisted' | undefined => {
    const ways = listing.flatMap(({ properties, additionalProperties: rest }) => {
      const one = properties?.[name] ?? (typeof rest === 'object' ? rest : undefined)
      return one ? [one] : []
    })
    const fitting = ways.filter((one) => !isForOtherWay(one, way))
    return fitting.length > 0 ? together(fitting) : ways.length > 0 || isClosed ? 'unlisted' : undefined
  }
  let items: Described | undefined | null = null
  const described: Described = {
    items: () =>
      items === null ? (items = together(schemas.flatMap((one) => (one.items ? [one.items] : [])))) : items,
    member(name) {
      if (!members.has(name)) members.set(name, find(name))
      return members.get(name)
    },
  }
  known[way].set(schemas, described)
  return described
}

const parts = new WeakMap<Schema, readonly Schema[]>()

/** A schema and all that it is made of, references followed. */
export function alternatives(document: OpenApiDocument, schema: Schema): readonly Schema[] {
  const found = parts.get(schema)
  if (found) return found
  const whole = resolved(document, schema)
  const members = [...(whole.allOf ?? []), ...(whole.anyOf ?? []), ...(whole.oneOf ?? [])]
  const all = [whole, ...members.flatMap((one) => alternatives(document, one))]
  parts.set(schema, all)
  return all
}

const isOpen = ({ additionalProperties }: Schema): boolean =>
  additionalProperties === true || typeof additionalProperties === 'object'

const isForOtherWay = ({ readOnly, writeOnly }: Schema, way: Way): boolean =>
  way === 'request' ? readOnly === true : writeOnly === true
