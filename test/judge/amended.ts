import type { Amendment } from './amendment.ts'
import { documentId, type OpenApiDocument, type Operation, type PathItem, type Schema } from './open-api.ts'

type Writable<T> = T extends object ? { -readonly [K in keyof T]: Writable<T[K]> } : T

/** A document with what is known of its gaps. */
export interface AmendedDocument {
  readonly document: OpenApiDocument
  /** Members that may stand around the rows of any list. */
  readonly wrapper: Readonly<Record<string, Schema>>
  /** What a refusal says where nothing is said of it. */
  readonly refusal: Schema
  /** Whether an address is no part of what the document describes. */
  isOutside(method: string, path: string): boolean
}

/**
 * A copy of the document with the overlay in it. Throws when an amendment has no place in it: the
 * vendor has mended the file, or a name is misspelt.
 */
export function amended(vendor: OpenApiDocument, overlay: readonly Amendment[]): AmendedDocument {
  const document = copyOf(vendor)
  for (const amendment of overlay) amend(document, amendment)
  const wrappers = overlay.map((one) => (one.kind === 'wrapper' ? one.members : {}))
  const refusals = overlay.flatMap((one) => (one.kind === 'refusal' ? [one.schema] : []))
  return {
    document,
    wrapper: copyOf(Object.assign({}, ...wrappers) as Record<string, Schema>),
    refusal: copyOf({ anyOf: refusals }),
    isOutside: (method, path) =>
      overlay.some((one) => one.kind === 'outside' && (one.method ?? method) === method && one.path.test(path)),
  }
}

function amend(document: Writable<OpenApiDocument>, amendment: Amendment): void {
  switch (amendment.kind) {
    case 'null': {
      const members = membersOf(document, amendment.schema)
      for (const name of amendment.members) {
        const member = members[name]
        if (!member) throw new Error(`The specification has no ${amendment.schema}.${name} to let be null.`)
        members[name] = orNull(member)
      }
      return
    }
    case 'members':
      Object.assign(membersOf(document, amendment.schema), copyOf(amendment.members))
      return
    case 'query':
      for (const name of amendment.operations) {
        const operation = operationOf(document, name)
        const added = Object.entries(amendment.keys).map(([key, schema]) => ({ name: key, in: 'query', schema }))
        operation.parameters = [...(operation.parameters ?? []), ...copyOf(added)]
      }
      return
    case 'request':
      operationOf(document, amendment.operation).requestBody = inJson(amendment.schema)
      return
    case 'reply':
      operationOf(document, amendment.operation).responses[String(amendment.status)] = inJson(amendment.schema)
      return
    case 'wrapper':
    case 'refusal':
    case 'outside':
  }
}

/** A schema that takes null as well. Flags for one way only stay where they are looked for. */
function orNull(schema: Writable<Schema>): Writable<Schema> {
  const { readOnly, writeOnly } = schema
  const ways = { ...(readOnly ? { readOnly } : {}), ...(writeOnly ? { writeOnly } : {}) }
  return { ...ways, anyOf: [schema, { enum: [null] }] }
}

function membersOf(document: Writable<OpenApiDocument>, name: string): Writable<Record<string, Schema>> {
  const schema = document.components?.schemas?.[name]
  if (!schema?.properties) throw new Error(`The specification has no schema ${name} with members.`)
  return schema.properties
}

function operationOf(document: Writable<OpenApiDocument>, name: string): Writable<Operation> {
  const [method = '', path = ''] = name.split(' ')
  const operation = document.paths[path]?.[method.toLowerCase() as keyof Omit<PathItem, 'parameters'>]
  if (!operation) throw new Error(`The specification has no operation ${name}.`)
  return operation
}

const inJson = (schema: Schema) => ({ content: { 'application/json': { schema: copyOf(schema) } } })

/** Copies a part of the document. References are made absolute, so that a part can be looked at on its own. */
function copyOf<Value>(value: Value): Writable<Value> {
  return copied(value) as Writable<Value>
}

function copied(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copied)
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).map(([name, member]: [string, unknown]) => [
    name,
    name === '$ref' && typeof member === 'string' ? member.replace(/^#/, `${documentId}#`) : copied(member),
  ])
  return Object.fromEntries(members)
}
