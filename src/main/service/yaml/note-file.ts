import { isAlias, isMap, isScalar, type Document, type Scalar } from 'yaml'
import { faultWords, readYaml } from './read-yaml.ts'

/** What a file of the Organizations project says. */
export interface NoteFile {
  /** Zendesk id of the organization; null where there is none. */
  readonly id: number | null
  readonly name: string | null
  /** Empty where there is none. */
  readonly note: string
  /** The line of the file, from 1, that the note's first line stands in, where its lines are lines of the file; null otherwise. */
  readonly noteLine: number | null
}

/** A file, or in words why it cannot be used. */
export type NoteFileRead =
  | { readonly kind: 'read'; readonly file: NoteFile }
  | { readonly kind: 'fault'; readonly words: string }

/** Another content of a file, or in words why it cannot be made. */
export type NoteFileWritten =
  | { readonly kind: 'written'; readonly text: string }
  | { readonly kind: 'fault'; readonly words: string }

/** Reads the file of an organization: its `id`, `name` and `notes`. */
export function readNoteFile(text: string): NoteFileRead {
  const read = readYaml(text)
  if (read.kind === 'fault') return { kind: 'fault', words: faultWords(read.fault) }
  const { contents } = read.document
  if (!isMap(contents)) return { kind: 'fault', words: `Line 1, column 1: ${noFields}` }
  const { id, name, notes } = read.value as Readonly<Record<string, unknown>>
  if (notes != null && typeof notes !== 'string') {
    const { line, column } = placeIn(text, noteOf(read.document)?.node?.range?.[0] ?? 0)
    return {
      kind: 'fault',
      words: `Line ${line}, column ${column}: The notes are no text. Write “notes: |” and the text below.`,
    }
  }
  const number = Number(id)
  return {
    kind: 'read',
    file: {
      id: Number.isSafeInteger(number) && number > 0 ? number : null,
      name: typeof name === 'string' ? name : null,
      note: notes ?? '',
      noteLine: lineOfNote(text, read.document),
    },
  }
}

/**
 * Puts another note into the file of an organization. Every other letter of the file stays as it is: fields, their order, comments
 * and how they are written.
 */
export function writeNote(text: string, note: string): NoteFileWritten {
  const read = readYaml(text)
  if (read.kind === 'fault') return { kind: 'fault', words: faultWords(read.fault) }
  const { document } = read
  const { contents } = document
  if (!isMap(contents)) return { kind: 'fault', words: `Line 1, column 1: ${noFields}` }
  const found = noteOf(document)
  if (contents.flow) {
    return {
      kind: 'fault',
      words: 'The fields of this file stand in braces, where a note has no place. Change it by hand.',
    }
  }
  if (found?.isShared) {
    return { kind: 'fault', words: 'The note of this file is shared with another field of it. Change it by hand.' }
  }
  const eol = text.includes('\r\n') ? '\r\n' : '\n'
  const wanted = tidyNote(note)
  const written = (found ? replaced(text, found, wanted) : appended(text, wanted)).replaceAll(/\r?\n/g, eol)
  return keepsTheRest(read.value, written, wanted)
    ? { kind: 'written', text: written }
    : {
        kind: 'fault',
        words: 'This file is written in a way that a note cannot be put into safely. Change it by hand.',
      }
}

/** The file of an organization that has none yet. */
export function newNoteFile(organization: { readonly id: number; readonly name: string }, note: string): string {
  return `id: ${organization.id}\nname: ${JSON.stringify(organization.name)}\n${blockOf(tidyNote(note), '')}`
}

/** Without what YAML has no place for: signs that are no letters, spaces in empty lines, empty lines at its ends. */
export function tidyNote(note: string): string {
  const lines = note
    .replaceAll(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replaceAll(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F\uFEFF\uFFFE\uFFFF]|\p{Cs}/gu, '')
    .split('\n')
    .map((line) => (line.trim() === '' ? '' : line))
  const text = lines.join('\n').replace(/^\n+/, '').replace(/\n+$/, '')
  return text === '' ? '' : `${text}\n`
}

interface FoundNote {
  readonly node: Scalar | null
  /** Behind the colon. */
  readonly from: number
  readonly isShared: boolean
}

function noteOf(document: Document.Parsed): FoundNote | null {
  const { contents } = document
  const pair = isMap(contents) ? contents.items.find(({ key }) => isScalar(key) && key.value === 'notes') : undefined
  if (!pair || !isScalar(pair.key)) return null
  const { value } = pair
  const node = isScalar(value) ? value : null
  return { node, from: (pair.key.range?.[1] ?? 0) + 1, isShared: isAlias(value) || Boolean(node?.anchor ?? node?.tag) }
}

function replaced(text: string, { node, from }: FoundNote, note: string): string {
  const [start = from, end = from] = node?.range ?? []
  const old = text.slice(start, end)
  const isBlock = node?.type === 'BLOCK_LITERAL' || node?.type === 'BLOCK_FOLDED'
  const lineEnd = isBlock ? end : endOfLine(text, end)
  const comment = isBlock ? headComment(old) : text.slice(end, lineEnd).trim()
  // Empty lines below belong to what comes next, unless the block keeps them as its own.
  const below = isBlock && !/^[|>][\d-]*\+/.test(old) ? (/\n((?:[ \t]*\r?\n)*)$/.exec(old)?.[1] ?? '') : ''
  const block = blockOf(note, comment, isBlock ? indentOf(old) : 2)
  const after = text.slice(lineEnd).replace(isBlock ? /^$/ : /^\r?\n/, '')
  return `${text.slice(0, from)} ${block.slice('notes: '.length)}${below}${after}`
}

function appended(text: string, note: string): string {
  const isOpen = text !== '' && !text.endsWith('\n')
  return `${text}${isOpen ? '\n' : ''}${blockOf(note, '')}`
}

/** `notes:` with a note below it. */
function blockOf(note: string, comment: string, indent = 2): string {
  if (note === '') return `notes: ""${comment === '' ? '' : ` ${comment}`}\n`
  const space = ' '.repeat(indent)
  // Where the first line begins with a space, its indentation has to be told.
  const head = `|${note.startsWith(' ') ? indent : ''}${comment === '' ? '' : ` ${comment}`}`
  const lines = note.trimEnd() === '' ? [] : note.replace(/\n$/, '').split('\n')
  return `notes: ${head}\n${lines.map((line) => (line === '' ? '' : `${space}${line}`)).join('\n')}\n`
}

function headComment(block: string): string {
  return /^[|>][\d+-]*[ \t]+(#[^\r\n]*)/.exec(block)?.[1] ?? ''
}

function indentOf(block: string): number {
  // A tab is text already: only spaces indent.
  const told = /^[|>][+-]?(\d)/.exec(block)?.[1]
  return Number(told ?? /\n( +)[^ \r\n]/.exec(block)?.[1]?.length ?? 2)
}

function endOfLine(text: string, from: number): number {
  const at = text.indexOf('\n', from)
  if (at < 0) return text.length
  return text[at - 1] === '\r' ? at - 1 : at
}

/** Whether the file says the note, and otherwise what it said before. */
function keepsTheRest(before: unknown, text: string, note: string): boolean {
  const read = readYaml(text)
  if (read.kind === 'fault') return false
  const { notes, ...rest } = read.value as Record<string, unknown>
  const { notes: _, ...kept } = before as Record<string, unknown>
  return notes === note && JSON.stringify(rest) === JSON.stringify(kept)
}

function lineOfNote(text: string, document: Document.Parsed): number | null {
  const node = noteOf(document)?.node
  const start = node?.range?.[0]
  if (start === undefined || node?.type !== 'BLOCK_LITERAL') return null
  return placeIn(text, start).line + 1
}

function placeIn(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset).split('\n')
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 }
}

const noFields = 'The file must have fields: id, name and notes.'
