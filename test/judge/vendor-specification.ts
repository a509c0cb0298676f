import { createHash, randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '#scripts/project.mjs'
import type { OpenApiDocument } from './open-api.ts'

/** Names another place for the file; empty: there is to be none. */
const variable = 'UNDERSTUDY_ZENDESK_SPEC'

/**
 * Where Zendesk's own description of its API is on this machine, or undefined. The file has no licence to be passed on,
 * so it lies beside the project and never in it. Throws when the variable names a file that is not there.
 */
export function findVendorSpecification(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const named = env[variable]
  if (named === '') return undefined
  if (named !== undefined) {
    if (!existsSync(named)) throw new Error(`${variable} names ${named}, and there is no such file.`)
    return named
  }
  const beside = join(projectRoot, '../shared/specs/zendesk-oas.yaml')
  return existsSync(beside) ? beside : undefined
}

/**
 * Reads the description, without its prose and examples: nothing is judged by them. YAML of that size takes half a second
 * and every test file needs it, so it is kept as JSON beside the installed packages, by what is in it.
 */
export async function readVendorSpecification(
  path: string,
  cacheDir = join(projectRoot, 'node_modules/.cache/understudy'),
): Promise<OpenApiDocument> {
  const bytes = readFileSync(path)
  const kept = join(cacheDir, `zendesk-oas-${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}.json`)
  if (existsSync(kept)) return JSON.parse(readFileSync(kept, 'utf8')) as OpenApiDocument
  const { parse } = await import('yaml')
  const { paths, components } = withoutProse(parse(bytes.toString('utf8')) as OpenApiDocument)
  const document = { paths, components: { schemas: components?.schemas, parameters: components?.parameters } }
  mkdirSync(cacheDir, { recursive: true })
  // Several workers may come here at once: each writes its own, and the last rename wins.
  const own = `${kept}.${randomUUID()}`
  writeFileSync(own, JSON.stringify(document))
  renameSync(own, kept)
  return document as OpenApiDocument
}

const prose = new Set(['description', 'example', 'examples'])

/** What is listed under `properties` is called by its own names, whatever they are. */
function withoutProse<Value>(value: Value, names = false): Value {
  if (Array.isArray(value)) return value.map((one: unknown) => withoutProse(one)) as Value
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([name]) => names || !prose.has(name))
  return Object.fromEntries(
    kept.map(([name, member]) => [name, withoutProse(member, !names && name === 'properties')]),
  ) as Value
}
