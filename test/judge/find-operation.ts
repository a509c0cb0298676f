import { resolved, type OpenApiDocument, type Operation, type Parameter, type PathItem } from './open-api.ts'

/** An operation of the document, and all of its parameters. */
export interface DescribedOperation {
  /** `GET /api/v2/tickets/{ticket_id}` */
  readonly name: string
  readonly operation: Operation
  readonly parameters: readonly Parameter[]
}

/** Finds the operation for a method and a path without its query; undefined when the document has none. */
export type FindOperation = (method: string, path: string) => DescribedOperation | undefined

const methods = ['get', 'put', 'post', 'delete', 'patch'] as const

/**
 * Reads the paths of a document. A word in a path comes before a number, and where the document says that a part of the
 * path is a number, nothing else fits. `.json` at the end is left off: the vendor takes it, the file does not name it.
 */
export function createFindOperation(document: OpenApiDocument): FindOperation {
  const templates = Object.entries(document.paths)
    .map(([path, item]) => ({ path, item, variables: path.split('{').length, length: path.split('/').length }))
    .toSorted((a, b) => a.variables - b.variables)
  const patterns = new Map<string, RegExp>()
  const patternFor = (path: string, item: PathItem): RegExp => {
    const pattern = patterns.get(path) ?? patternOf(document, path, item)
    patterns.set(path, pattern)
    return pattern
  }
  return (method, path) => {
    const plain = path.replace(/\.json$/, '')
    const lower = methods.find((one) => one.toUpperCase() === method)
    if (!lower) return undefined
    const { length } = plain.split('/')
    for (const template of templates) {
      const operation = template.item[lower]
      if (!operation || template.length !== length || !patternFor(template.path, template.item).test(plain)) continue
      const parameters = parametersOf(document, template.item, operation)
      return { name: `${method} ${template.path}`, operation, parameters }
    }
    return undefined
  }
}

function patternOf(document: OpenApiDocument, path: string, item: PathItem): RegExp {
  const operations = methods.flatMap((method) => item[method] ?? [])
  const inPath = operations
    .flatMap((operation) => parametersOf(document, item, operation))
    .filter((one) => one.in === 'path')
  const isNumber = (name: string): boolean =>
    inPath.some((one) => one.name === name && one.schema && resolved(document, one.schema).type === 'integer')
  const source = path
    .replace(/[.()]/g, String.raw`\$&`)
    .replace(/\{([^}]+)\}/g, (_, name: string) => (isNumber(name) ? String.raw`\d+` : '[^/]+'))
  return new RegExp(`^${source}$`)
}

function parametersOf(document: OpenApiDocument, item: PathItem, operation: Operation): readonly Parameter[] {
  return [...(item.parameters ?? []), ...(operation.parameters ?? [])].map((one) => resolved(document, one))
}
