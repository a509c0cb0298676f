import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, stringify, type Node } from 'yaml'
import { readYaml, type YamlFault } from './read-yaml.ts'

/** One value of a document, with the names and places in lists that lead to it. */
export interface YamlValue {
  /** `['contacts', 0, 'name']`. */
  readonly path: readonly (string | number)[]
  /** As it is written; what is empty is empty. */
  readonly text: string
  /** From 1. */
  readonly line: number
  readonly column: number
}

/** Every value of a document in its order, or the first thing that is wrong with it. */
export type YamlValues =
  | { readonly kind: 'read'; readonly values: readonly YamlValue[]; readonly isList: boolean }
  | { readonly kind: 'fault'; readonly fault: YamlFault }

/** Reads a text of YAML into its single values, each with its line and column. */
export function listValues(text: string): YamlValues {
  const read = readYaml(text)
  if (read.kind === 'fault') return read
  const lines = new LineCounter()
  parseDocument(text, { lineCounter: lines })
  const placeOf = (node: unknown) => {
    const { line, col } = lines.linePos((node as Node | null)?.range?.[0] ?? 0)
    return { line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  const values: YamlValue[] = []
  const walk = (node: unknown, path: YamlValue['path'], owner: unknown): void => {
    const found = isAlias(node) ? node.resolve(read.document) : node
    if (isMap(found) && path.length < deepest && found.items.length > 0) {
      for (const { key, value } of found.items) walk(value, [...path, nameOf(key)], key)
    } else if (isSeq(found) && path.length < deepest && found.items.length > 0) {
      for (const [index, item] of found.items.entries()) walk(item, [...path, index], item)
    } else values.push({ path, text: textOf(found), ...placeOf(node ?? owner) })
  }
  walk(read.document.contents, [], null)
  return { kind: 'read', values, isList: isSeq(read.document.contents) }
}

/** Deeper than this nobody writes by hand; what lies below is taken as one text. */
const deepest = 12

function nameOf(key: unknown): string {
  return isScalar(key) ? String(key.value) : textOf(key)
}

function textOf(node: unknown): string {
  if (node === null || node === undefined) return ''
  if (!isScalar(node)) return stringify(node).trimEnd()
  const { value, source } = node
  if (value === null) return ''
  // A version like 19.10 stays one: the number would lose its nought.
  return typeof value === 'string' ? value : (source ?? stringify(node).trimEnd())
}
