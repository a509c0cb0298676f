import { getEventIteratorSchemaDetails, isContractProcedure, type AnySchema } from '@orpc/contract'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { contract } from '#contract/contract.ts'

interface Procedure {
  readonly name: string
  readonly input: AnySchema | undefined
  readonly output: AnySchema | undefined
}

function proceduresOf(router: object, path: readonly string[] = []): Procedure[] {
  return Object.entries(router).flatMap(([key, value]: [string, unknown]) => {
    const here = [...path, key]
    if (isContractProcedure(value)) {
      const { inputSchema, outputSchema } = value['~orpc']
      return [{ name: here.join('.'), input: inputSchema, output: outputSchema }]
    }
    return proceduresOf(value as object, here)
  })
}

const procedures = proceduresOf(contract)

/** The zod schema of an output; that of each notice, where it is a stream. */
function zodOf(schema: AnySchema | undefined): z.core.$ZodType {
  const inner = schema && (getEventIteratorSchemaDetails(schema)?.yields ?? schema)
  if (!(inner instanceof z.core.$ZodType)) throw new Error('This procedure is not declared with zod')
  return inner
}

/** Every name of a field that a schema can let through, however deep. */
function keysOf(schema: z.core.$ZodType, seen = new Set<z.core.$ZodType>()): string[] {
  if (seen.has(schema)) return []
  seen.add(schema)
  const { def } = (schema as z.core.$ZodTypes)._zod
  const below = (...schemas: readonly z.core.$ZodType[]) => schemas.flatMap((each) => keysOf(each, seen))
  if (plainTypes.has(def.type)) return []
  if (def.type === 'object') {
    return [
      ...Object.keys(def.shape),
      ...below(...Object.values(def.shape)),
      ...(def.catchall ? below(def.catchall) : []),
    ]
  }
  if (def.type === 'array') return below(def.element)
  if (def.type === 'record') return below(def.keyType, def.valueType)
  if (def.type === 'union') return below(...def.options)
  if (def.type === 'nullable' || def.type === 'optional' || def.type === 'default' || def.type === 'readonly') {
    return below(def.innerType)
  }
  throw new Error(`A schema of type ${def.type} is new here; say how it is walked`)
}

const plainTypes: ReadonlySet<string> = new Set(['string', 'number', 'boolean', 'enum', 'literal', 'unknown', 'never'])

const secret = /token|secret|password|authorization|cookie|credential/i

describe('every procedure', () => {
  test('was found', () => {
    expect(procedures.map((procedure) => procedure.name)).toEqual(
      expect.arrayContaining(['tickets.queue', 'workload.week', 'events.stream', 'settings.set', 'sync.run']),
    )
    expect(procedures.length).toBeGreaterThanOrEqual(17)
  })

  test.each(procedures)('$name declares what goes in and what comes out', ({ input, output }) => {
    expect(input).toBeInstanceOf(z.core.$ZodType)
    expect(zodOf(output)).toBeInstanceOf(z.core.$ZodType)
  })

  test.each(procedures)('$name can hand out nothing that is named like a secret', ({ output }) => {
    expect(keysOf(zodOf(output)).filter((key) => secret.test(key))).toEqual([])
  })
})

test('the walk through schemas sees a secret however deep it lies', () => {
  const deep = z.object({ a: z.array(z.union([z.null().or(z.string()).optional(), z.string()])) })
  expect(() => keysOf(deep)).toThrow('A schema of type null is new here')
  const hidden = z.object({
    list: z.array(z.record(z.string(), z.object({ apiToken: z.string().nullable() }))).readonly(),
    either: z.union([z.string(), z.object({ password: z.string() }).optional()]).default(''),
  })
  expect(keysOf(hidden).filter((key) => secret.test(key))).toEqual(['apiToken', 'password'])
})
