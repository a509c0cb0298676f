import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { newNoteFile, readNoteFile, tidyNote, writeNote } from '#service/yaml/note-file.ts'

const file = `# Acme's file
id: 360100000023  # in Zendesk
name: '0a1b2c3d Acme'
notes: | # shown on tickets
  Dana is the ASE.

  Cc yourself.

# people
contacts:   [ {name: "Ann",  since: 2020}, bob ]
tier: >-
  ultimate
  plus
`

function written(text: string, note: string): string {
  const result = writeNote(text, note)
  if (result.kind === 'fault') throw new Error(result.words)
  return result.text
}
const fault = (text: string) => {
  const result = readNoteFile(text)
  return result.kind === 'fault' ? result.words : null
}

test('the file of an organization is read with the line its note begins in', () => {
  expect(readNoteFile(file)).toEqual({
    kind: 'read',
    file: { id: 360100000023, name: '0a1b2c3d Acme', note: 'Dana is the ASE.\n\nCc yourself.\n', noteLine: 5 },
  })
  expect(readNoteFile('id: "7"\n')).toMatchObject({ file: { id: 7, note: '', noteLine: null } })
})

test('another note leaves every other letter as it was', () => {
  const [before, after] = file.split('  Dana is the ASE.\n\n  Cc yourself.\n')
  expect(written(file, 'New.\n\n  indented')).toBe(`${before}  New.\n\n    indented\n${after}`)
  expect(written(file, 'Dana is the ASE.\n\nCc yourself.\n')).toBe(file)
})

describe('wherever the note stands, and however', () => {
  test.each([
    ['id: 1\nnotes: "old" # why\nx: 1\n', 'id: 1\nnotes: | # why\n  new\nx: 1\n'],
    ['id: 1\nnotes:\nx: 1\n', 'id: 1\nnotes: |\n  new\nx: 1\n'],
    ['notes: ~', 'notes: |\n  new\n'],
    ['notes: plain\n  goes on\nx: 1\n', 'notes: |\n  new\nx: 1\n'],
    ['notes: >-\n     old\n     old\n\nx: 1\n', 'notes: |\n     new\n\nx: 1\n'],
    ['notes: |2\n    old\nx: 1\n', 'notes: |\n  new\nx: 1\n'],
    ['id: 1\r\nnotes: |\r\n  old\r\nx: 1\r\n', 'id: 1\r\nnotes: |\r\n  new\r\nx: 1\r\n'],
    ['id: 1\nx: 1', 'id: 1\nx: 1\nnotes: |\n  new\n'],
    ['id: 1\nnotes: |\n  old', 'id: 1\nnotes: |\n  new\n'],
  ])('%j', (text, expected) => {
    expect(written(text, 'new')).toBe(expected)
  })
})

test('whatever a note says, it is read back, with the other fields and their comments', () => {
  const line = fc.oneof(
    fc.string(),
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom(
      '',
      ' ',
      '# no comment',
      'a: b',
      '- item',
      '  deep',
      '---',
      '...',
      '{x}',
      '\ttab',
      'end  ',
      '|',
      '"',
      '%YAML',
    ),
  )
  const note = fc.array(line, { maxLength: 8 }).map((lines) => lines.join('\n'))
  const shapes = [
    file,
    'id: 1\n',
    'id: 1\nnotes: "old" # why\nx: [1]\n',
    'notes: |+\n  old\n\n\nx: 1\n',
    'id: 1\r\nnotes: |\r\n  a\r\n',
  ]
  fc.assert(
    fc.property(fc.constantFrom(...shapes), fc.array(note, { minLength: 1, maxLength: 3 }), (shape, notes) => {
      const last = notes.reduce((text, each) => written(text, each), shape)
      expect(readNoteFile(last)).toMatchObject({ file: { note: tidyNote(notes.at(-1) ?? '') } })
      for (const comment of shape.match(/#.*$/gm) ?? []) expect(last).toContain(comment)
      expect(written(last, notes.at(-1) ?? '')).toBe(last)
    }),
    { numRuns: 1000 },
  )
})

test('a line that begins with a tab moves no other line', () => {
  const file = 'id: 1\nnotes: |\n  \ttab\n    deep\n'
  expect(written(file, '\ttab\n  deep')).toBe(file)
})

test('a file that is made new is read back, whatever the name', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (name, note) => {
      expect(readNoteFile(newNoteFile({ id: 7, name }, note))).toMatchObject({
        file: { id: 7, name, note: tidyNote(note) },
      })
    }),
  )
})

describe('what cannot be read is said with its place', () => {
  test.each([
    ['id: 1\n\tname: x\n', 'Line 2, column 1'],
    ['id: 1\nnotes: |\n  a\n b\n', 'Line 4, column 1: This line is not indented'],
    ['id: 1\nid: 2\n', 'Line 2, column 1: This name stands here a second time.'],
    ['name: Acme: the best\n', 'Line 1, column 7: There is a second colon'],
    ['name: "Acme\n', 'Line 2, column 1: A sign is missing'],
    ['id: 1\n---\nid: 2\n', 'Line 2, column 1: Another document'],
    ['just a text\n', 'Line 1, column 1: The file must have fields'],
    ['notes:\n  - a\n', 'The notes are no text'],
  ])('%j', (text, words) => {
    expect(fault(text)).toContain(words)
  })
})

test('a note that cannot be put in safely is left to a person', () => {
  for (const text of ['{id: 1, notes: x}\n', 'a: &n x\nnotes: *n\n', 'notes: &n |\n  a\nb: *n\n', '- a\n', 'id: [\n']) {
    expect(writeNote(text, 'new')).toMatchObject({ kind: 'fault' })
  }
})
