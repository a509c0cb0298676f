import { amended, type AmendedDocument } from './amended.ts'
import type { Amendment } from './amendment.ts'
import { createCheck, type Check } from './check.ts'
import { createFindOperation, type DescribedOperation } from './find-operation.ts'
import type { Content, OpenApiDocument, Schema } from './open-api.ts'
import { alternatives } from './undescribed-members.ts'

/** One exchange with Zendesk, as the simulator's record has it. */
export interface JudgedExchange {
  readonly method: string
  /** Path with its query. */
  readonly path: string
  readonly requestHeaders: Readonly<Record<string, string>>
  readonly requestBody: string
  /** 0: no answer was given. */
  readonly status: number
  /** Without it the reply is not judged. */
  readonly responseBody?: string
  /** How the reply was spoiled on purpose; such a reply is not judged. */
  readonly misbehaviour?: string
}

/** Says what of an exchange is not as the vendor describes it, each as one line; nothing when all of it is. */
export interface ZendeskJudge {
  request(exchange: JudgedExchange): readonly string[]
  reply(exchange: JudgedExchange): readonly string[]
  /** What was asked for, as `GET /api/v2/tickets/{ticket_id}`; undefined when the vendor describes nothing of the kind. */
  operation(exchange: Pick<JudgedExchange, 'method' | 'path'>): string | undefined
}

/**
 * Creates a judge from the vendor's description and from what is known to be wrong or missing in it.
 *
 * @example
 * const judge = createZendeskJudge(readVendorSpecification(path), zendeskOverlay)
 * judge.reply(simulator.record()[0])
 */
export function createZendeskJudge(vendor: OpenApiDocument, overlay: readonly Amendment[]): ZendeskJudge {
  const known = amended(vendor, overlay)
  const { document, isOutside } = known
  const find = createFindOperation(document)
  const check = createCheck(document)
  const schemas = createSchemas(known)

  return {
    operation: ({ method, path }) => find(method, placeOf(path))?.name,
    request({ method, path, requestHeaders, requestBody }) {
      const place = placeOf(path)
      if (isOutside(method, place)) return []
      const found = find(method, place)
      if (!found) return [`${method} ${place}: there is no such operation`]
      const query = check(schemas.query(found) ?? {}, queryOf(found, path), 'query').map((one) => `query: ${one}`)
      const body = judgeBody(found, requestBody, requestHeaders['content-type'] ?? '', check)
      return [...query, ...body].map((one) => `${found.name}, ${one}`)
    },
    reply({ method, path, status, responseBody, misbehaviour }) {
      const place = placeOf(path)
      if (misbehaviour !== undefined || responseBody === undefined || status === 0 || isOutside(method, place))
        return []
      const found = find(method, place)
      const said = judgeReply({ document, found, status, body: responseBody, check, schemas })
      return said.map((one) => `${found?.name ?? `${method} ${place}`}, answered ${status}: ${one}`)
    },
  }
}

const placeOf = (path: string): string => path.replace(/\?.*$/, '').replace(/\.json$/, '')

/** The schemas that the document has in pieces, made whole once each. */
function createSchemas({ document, wrapper, refusal }: AmendedDocument) {
  const made = new Map<string, Schema | null>()
  const once = (name: string, make: () => Schema | null): Schema | null => {
    const schema = made.get(name)
    if (schema !== undefined) return schema
    const whole = make()
    made.set(name, whole)
    return whole
  }
  return {
    refusal,
    /** The query as one object, `page[size]=1` being `{ page: { size } }`. */
    query: ({ name, parameters }: DescribedOperation): Schema | null =>
      once(`${name} query`, () => {
        const keys = parameters.filter((one) => one.in === 'query')
        return {
          type: 'object',
          properties: Object.fromEntries(keys.map((one) => [one.name, one.schema ?? {}])),
          required: keys.filter((one) => one.required).map((one) => one.name),
        }
      }),
    /** What a status is answered with; null: nothing is said of it. */
    reply: ({ name, operation }: DescribedOperation, status: number): Schema | null =>
      once(`${name} ${status}`, () => {
        const described = jsonIn(operation.responses[String(status)])
        if (!described || status >= 300) return described
        const listed = membersIn(document, described)
        const around = Object.entries(wrapper).filter(([member]) => !listed.has(member))
        return { allOf: [described, { properties: Object.fromEntries(around) }] }
      }),
  }
}

/** The members that a schema lists at its top. */
function membersIn(document: OpenApiDocument, schema: Schema): ReadonlySet<string> {
  return new Set(alternatives(document, schema).flatMap((one) => Object.keys(one.properties ?? {})))
}

function jsonIn(content: Content | undefined): Schema | null {
  return content?.content?.['application/json']?.schema ?? null
}

function queryOf({ parameters }: DescribedOperation, path: string): Record<string, unknown> {
  const query: Record<string, unknown> = {}
  const put = (place: Record<string, unknown>, name: string, value: string): void => {
    place[name] = name in place ? [place[name], value].flat() : value
  }
  for (const [key, value] of new URLSearchParams(path.includes('?') ? path.replace(/^[^?]*\?/, '') : '')) {
    const [, outer = '', inner] = /^([^[]+)(?:\[(.*)\])?$/.exec(key) ?? [undefined, key]
    if (inner === undefined || parameters.some((one) => one.name === key)) put(query, key, value)
    else if (inner === '') query[outer] = [query[outer] ?? [], value].flat()
    else put((query[outer] ??= {}) as Record<string, unknown>, inner, value)
  }
  return query
}

function judgeBody(
  { operation }: DescribedOperation,
  body: string,
  contentType: string,
  check: Check,
): readonly string[] {
  const schema = jsonIn(operation.requestBody)
  if (body === '') return operation.requestBody?.required ? ['body: is missing'] : []
  if (!schema) return ['body: none is described']
  if (!contentType.startsWith('application/json')) return [`body: is sent as ${contentType || 'nothing in particular'}`]
  const value = parsed(body)
  if (value === undefined) return ['body: is no JSON']
  return check(schema, value, 'request').map((one) => `body: ${one}`)
}

interface Answered {
  readonly document: OpenApiDocument
  readonly found: DescribedOperation | undefined
  readonly status: number
  readonly body: string
  readonly check: Check
  readonly schemas: ReturnType<typeof createSchemas>
}

function judgeReply({ document, found, status, body, check, schemas }: Answered): readonly string[] {
  const isRefusal = status >= 400
  if (!isRefusal && !found) return ['there is no such operation']
  if (!isRefusal && found && !found.operation.responses[status]) return ['no such answer is described']
  const schema = (found && schemas.reply(found, status)) ?? (isRefusal ? schemas.refusal : null)
  if (!schema) return body === '' ? [] : ['nothing is to be in the answer']
  const value = parsed(body)
  if (value === undefined) return ['is no JSON']
  return [...check(schema, value, 'reply'), ...lacking(document, schema, value)]
}

/** A schema rarely says what must be there. An answer with none of what is described is not the answer. */
function lacking(document: OpenApiDocument, { allOf: [described] = [] }: Schema, value: unknown): readonly string[] {
  if (!described || typeof value !== 'object' || value === null) return []
  const names = [...membersIn(document, described)]
  return names.length === 0 || names.some((name) => name in value) ? [] : [`none of ${names.join(', ')} is there`]
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
