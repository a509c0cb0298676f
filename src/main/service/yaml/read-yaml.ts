import { type Document, LineCounter, parseDocument, type YAMLError } from 'yaml'

/** Where YAML cannot be read, and why, in words. Line and column count from 1. */
export interface YamlFault {
  readonly line: number
  readonly column: number
  readonly words: string
}

/** A document of YAML, or the first thing that is wrong with it. */
export type YamlRead =
  | { readonly kind: 'read'; readonly value: unknown; readonly document: Document.Parsed }
  | { readonly kind: 'fault'; readonly fault: YamlFault }

/** Reads a text of YAML that has one document. */
export function readYaml(text: string): YamlRead {
  const document = parseDocument(text, { lineCounter: new LineCounter() })
  const [error] = document.errors
  if (error) return { kind: 'fault', fault: faultOf(error) }
  try {
    // SECURITY: aliases that stand for aliases can grow without end; the library stops at its limit.
    return { kind: 'read', value: document.toJS({ maxAliasCount: 100 }) as unknown, document }
  } catch {
    return { kind: 'fault', fault: { line: 1, column: 1, words: 'Its parts refer to each other too often.' } }
  }
}

/** A fault with its place, as one sentence after another: `Line 3, column 5: …`. */
export function faultWords({ line, column, words }: YamlFault): string {
  return `Line ${line}, column ${column}: ${words}`
}

function faultOf({ code, linePos, message }: YAMLError): YamlFault {
  const { line, col } = linePos?.[0] ?? { line: 1, col: 1 }
  return { line, column: col, words: plainWords[code] ?? `${message.split(/ at line \d+| *\n/)[0] ?? message}.` }
}

const plainWords: Readonly<Partial<Record<YAMLError['code'], string>>> = {
  BAD_INDENT: 'This line is not indented like the ones it belongs to.',
  TAB_AS_INDENT: 'A tab begins this line. YAML takes only spaces there.',
  DUPLICATE_KEY: 'This name stands here a second time. Take one of the two out.',
  BLOCK_AS_IMPLICIT_KEY: 'There is a second colon in this line. Put the text after the first one in quotes.',
  MISSING_CHAR: 'A sign is missing here: a colon after a name, or a quote at the end of a text.',
  MULTIPLE_DOCS: 'Another document begins here. The file must have one only.',
  BAD_DQ_ESCAPE: 'A backslash in quotes has a meaning of its own. Write two of them.',
  BAD_ALIAS: 'This refers to something that has no name here. Put a text that begins with * in quotes.',
}
