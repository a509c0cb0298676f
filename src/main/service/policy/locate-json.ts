/** A text is no JSON, or names a key twice; `offset` is where. */
export class JsonFault extends Error {
  readonly offset: number

  constructor(reason: string, offset: number) {
    super(reason)
    this.name = 'JsonFault'
    this.offset = offset
  }
}

/** What a JSON text says, and where in it. */
export interface LocatedJson {
  readonly value: unknown
  /** Where the key at the end of a path stands, or where the value that lacks it begins. */
  offsetOf(path: readonly PropertyKey[]): number
}

/** What a position in the text is being read for. */
interface Reading {
  readonly text: string
  at: number
  /** Where each key or element stands, by its path. */
  readonly offsets: Map<string, number>
}

/**
 * Reads JSON and remembers where its keys stand; `JSON.parse` tells neither that nor, for most mistakes, where they are.
 *
 * @throws {JsonFault} when the text is no JSON, or names a key twice in an object.
 */
export function locateJson(text: string): LocatedJson {
  const reading: Reading = { text, at: 0, offsets: new Map() }
  readValue(reading, [])
  if (peek(reading) !== '') throw fault(reading, 'there is more after the end')
  const { offsets } = reading
  return {
    value: JSON.parse(text),
    offsetOf(path) {
      for (let length = path.length; length > 0; length -= 1) {
        const offset = offsets.get(keyOf(path.slice(0, length)))
        if (offset !== undefined) return offset
      }
      return 0
    },
  }
}

function readValue(reading: Reading, path: readonly PropertyKey[]): void {
  const next = peek(reading)
  if (next === '{') return readObject(reading, path)
  if (next === '[') return readArray(reading, path)
  const scalar = next === '"' ? readToken(reading, string) : readToken(reading, other)
  if (scalar === null) throw fault(reading, 'a value is missing or is not written as JSON')
}

function readObject(reading: Reading, path: readonly PropertyKey[]): void {
  reading.at += 1
  if (take(reading, '}')) return
  do {
    peek(reading)
    const start = reading.at
    const key = readToken(reading, string)
    if (key === null) throw fault(reading, 'a key in double quotes is missing; the comma before may be too much')
    const name = JSON.parse(key) as string
    const here = keyOf([...path, name])
    if (reading.offsets.has(here)) throw new JsonFault(`${name} is there twice`, start)
    reading.offsets.set(here, start)
    if (!take(reading, ':')) throw fault(reading, `a colon is missing after ${name}`)
    readValue(reading, [...path, name])
  } while (take(reading, ','))
  if (!take(reading, '}')) throw fault(reading, 'a comma or the closing brace is missing')
}

function readArray(reading: Reading, path: readonly PropertyKey[]): void {
  reading.at += 1
  if (take(reading, ']')) return
  let index = 0
  do {
    peek(reading)
    reading.offsets.set(keyOf([...path, index]), reading.at)
    readValue(reading, [...path, index])
    index += 1
  } while (take(reading, ','))
  if (!take(reading, ']')) throw fault(reading, 'a comma or the closing bracket is missing')
}

const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y
const other = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.])/y
const space = /[ \t\r\n]*/y

function readToken(reading: Reading, pattern: RegExp): string | null {
  pattern.lastIndex = reading.at
  const [found] = pattern.exec(reading.text) ?? []
  if (found === undefined) return null
  reading.at += found.length
  return found
}

/** The next sign that is no white space; empty at the end. */
function peek(reading: Reading): string {
  readToken(reading, space)
  return reading.text[reading.at] ?? ''
}

function take(reading: Reading, sign: string): boolean {
  if (peek(reading) !== sign) return false
  reading.at += 1
  return true
}

function fault(reading: Reading, reason: string): JsonFault {
  return new JsonFault(reason, reading.at)
}

function keyOf(path: readonly PropertyKey[]): string {
  return JSON.stringify(path.map(String))
}
