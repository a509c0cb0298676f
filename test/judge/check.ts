import { Ajv, type ValidateFunction } from 'ajv'
import { documentId, type OpenApiDocument, type Schema } from './open-api.ts'
import { undescribedMembers } from './undescribed-members.ts'

/** Says what a value breaks of a schema, each as one line; `query`: what came as text and may stand for a number. */
export type Check = (schema: Schema, value: unknown, as: 'query' | 'request' | 'reply') => readonly string[]

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/

/** The vendor's other words for what a value is like; none of them says more than its type does. */
const looseFormats = ['bigid', 'binary', 'date', 'email', 'float', 'int32', 'int64', 'integer', 'string', 'text', 'uri']

/** Creates the check. A schema is compiled when it is first used; after that its check costs hardly anything. */
export function createCheck(document: OpenApiDocument): Check {
  // What is in a query is text: there a number is a text that looks like one.
  const lenient = createAjv({ coerceTypes: 'array' })
  const strict = createAjv({})
  const compiled = new WeakMap<Schema, ValidateFunction>()
  const compile = (ajv: Ajv, schema: Schema): ValidateFunction => {
    const known = compiled.get(schema)
    if (known) return known
    // Taking in the whole document is most of the work, and a query can often do without.
    if (!ajv.schemas[documentId] && JSON.stringify(schema).includes(documentId))
      ajv.addSchema({ ...document }, documentId)
    const validate = ajv.compile(schema)
    compiled.set(schema, validate)
    return validate
  }
  return (schema, value, as) => {
    const unlisted = undescribedMembers(document, schema, value, as === 'reply' ? 'reply' : 'request')
    const validate = compile(as === 'query' ? lenient : strict, schema)
    const broken = validate(value) ? [] : (validate.errors ?? [])
    // Of a hundred rows with the same fault, one line is enough.
    const lines = broken.map(({ instancePath, message = '' }) => `${dotted(instancePath)} ${message}`.trim())
    return [...unlisted.map((member) => `${member} is not described`), ...new Set(lines)]
  }
}

function createAjv(more: { readonly coerceTypes?: 'array' }): Ajv {
  // Quick to compile rather than quick to run: a test file asks little of each schema.
  const ajv = new Ajv({
    strict: false,
    allErrors: true,
    validateSchema: false,
    meta: false,
    code: { optimize: false },
    inlineRefs: false,
    ...more,
  })
  ajv.addFormat('date-time', instant)
  for (const format of looseFormats) ajv.addFormat(format, true)
  return ajv
}

/** `/tickets/3/status` as `tickets[].status` */
function dotted(pointer: string): string {
  return pointer
    .replace(/\/\d+(?=\/|$)/g, '[]')
    .replace(/\//g, '.')
    .replace(/^\./, '')
}
