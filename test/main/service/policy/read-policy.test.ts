import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { projectRoot } from '#scripts/project.mjs'
import { readPolicy } from '#service/policy/read-policy.ts'
import { Problem } from '#service/problem.ts'
import { policyOf } from '#test/support/policy-of.ts'

const file = '2026-08.json'
const text = readFileSync(join(projectRoot, 'resources', 'policies', file), 'utf8')
const lines = text.split('\n')

/** What is said of the file after a change of its text; empty when it can be used. */
function said(spoilt: string, name = file): string {
  try {
    readPolicy(spoilt, name)
    return ''
  } catch (error) {
    expect(error).toBeInstanceOf(Problem)
    return (error as Error).message
  }
}

/** The number of the first line that holds some words. */
const lineWith = (words: string) => lines.findIndex((line) => line.includes(words)) + 1

test('a policy is read as it stands in its file, whatever ends the lines', () => {
  expect(readPolicy(text, file)).toEqual(policyOf('2026-08'))
  expect(readPolicy(text.replaceAll('\n', '\r\n'), file)).toEqual(policyOf('2026-08'))
})

describe('a policy that cannot be used is refused with the line and the reason', () => {
  test.each<[string, string, string, RegExp]>([
    [
      'a number out of range',
      '"reductionPerAccount": 0.25',
      '"reductionPerAccount": 1.25',
      /covering\.reductionPerAccount: /,
    ],
    ['a text for a number', '"askManagerFrom": 3', '"askManagerFrom": "3"', /pods\.askManagerFrom: .*number/],
    ['a key that is misspelt', '"postFrom": 2', '"postform": 2', /pods\.postform: /],
    [
      'a key too many',
      '"swapFromAccounts": 2',
      '"swapFromAccount": 2, "swapFromAccounts": 2',
      /onCall\.swapFromAccount: /,
    ],
    [
      'a key twice',
      '"swapFromAccounts": 2',
      '"swapFromAccounts": 2, "swapFromAccounts": 3',
      /swapFromAccounts is there twice/,
    ],
    [
      'a placeholder that is none',
      'Work it like any ticket, as',
      'Work {it} like any ticket, as',
      /guidance\.org-note\.action: has a placeholder/,
    ],
    ['an unknown word', '"org-note",', '"anybody",', /contributing\.notAssignedToAse: /],
    [
      'a comma too many',
      '"notAssignedToAse": "org-note",',
      '"notAssignedToAse": "org-note",,',
      /a key in double quotes is missing/,
    ],
    ['a missing colon', '"region": "AMER"', '"region" "AMER"', /a colon is missing after region/],
    ['a value that is no JSON', '"cleanWeeks": 8', '"cleanWeeks": 08', /a value is missing or is not written as JSON/],
    ['no words for its source', '"source": "Handbook of 2026-08, planning', '"source": "", "x": "', /pods\.x: /],
  ])('%s', (_what, words, instead, reason) => {
    expect(text).toContain(words)
    const sentence = said(text.replace(words, instead))
    expect(sentence).toMatch(reason)
    expect(sentence).toContain(`The handbook rules cannot be used. ${file}, line ${lineWith(words)}: `)
    expect(sentence).toMatch(/Mend the file, or install Understudy again\.$/)
  })

  test('at the part that lacks something, where a key is missing', () => {
    const without = text.replace('"coordinateFrom": 1,', '')
    expect(said(without)).toContain(`line ${lineWith('"pods"')}: pods.coordinateFrom: `)
  })

  test('at the first line, when several are wrong', () => {
    const both = text
      .replace('"swapFromAccounts": 2', '"swapFromAccounts": 0')
      .replace('"cleanWeeks": 8', '"cleanWeeks": 0')
    expect(said(both)).toContain(`line ${lineWith('swapFromAccounts')}: `)
  })

  test('also where more people out would mean less to do', () => {
    expect(said(text.replace('"postFrom": 2', '"postFrom": 9'))).toContain(
      `line ${lineWith('"pods"')}: pods: asks for more with fewer people out`,
    )
  })

  test('when its file is named after another version', () => {
    expect(said(text, '2026-09.json')).toContain(
      `2026-09.json, line ${lineWith('"version"')}: version: is 2026-08, so the file is to be named 2026-08.json`,
    )
  })

  test('when it ends too early or goes on after its end', () => {
    expect(said('')).toContain('line 1: a value is missing')
    expect(said(text.trimEnd().slice(0, -1))).toContain('a comma or the closing brace is missing')
    expect(said(`${text}{}`)).toContain(`line ${lines.length}: there is more after the end`)
  })
})

test('wherever a file is cut or loses a sign, it is read as before or refused with a line of the file', () => {
  fc.assert(
    fc.property(fc.nat({ max: text.trimEnd().length - 1 }), fc.boolean(), (at, cut) => {
      const words = said(cut ? text.slice(0, at) : text.slice(0, at) + text.slice(at + 1))
      const line = Number(/^The handbook rules cannot be used\. 2026-08\.json, line (\d+): ./.exec(words)?.[1] ?? 0)
      if (words === '') expect(cut).toBe(false)
      else expect(line > 0 && line <= lines.length).toBe(true)
    }),
    { numRuns: 300 },
  )
})
