import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { JsonFault, locateJson } from '#service/policy/locate-json.ts'

/** Where a text is no JSON, or -1. */
function faultIn(text: string): number {
  try {
    locateJson(text)
    return -1
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error
    return error.offset
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

describe('a place in a text', () => {
  const text = '{"a": [1, {"b": null}], "a.0": 2}'

  test('is where its key or element stands', () => {
    const { value, offsetOf } = locateJson(text)
    expect(value).toEqual(JSON.parse(text))
    const at = (...path: PropertyKey[]) => text.slice(offsetOf(path))
    expect(at('a')).toMatch(/^"a": \[/)
    expect(at('a', 0)).toMatch(/^1,/)
    expect(at('a', 1, 'b')).toMatch(/^"b": null/)
    expect(at('a.0')).toMatch(/^"a\.0"/)
  })

  test('of something that is not there is that of the nearest part around it', () => {
    const { offsetOf } = locateJson(text)
    expect(offsetOf(['a', 1, 'c', 'd'])).toBe(text.indexOf('{"b"'))
    expect(offsetOf(['z'])).toBe(0)
    expect(offsetOf([])).toBe(0)
  })
})

test.each([
  ['{"a": 1, "a": 2}', 9],
  ['{"\\u0061": 1, "a": 2}', 14],
  ['[1, 2,]', 6],
  ['{"a": tru}', 6],
  ['{"a": 01}', 6],
  ['{"a": "line\nbreak"}', 6],
  ['{"a": 1} x', 9],
  ['{a: 1}', 1],
  ['[1 2]', 3],
  ['', 0],
])('the fault in %j is at %i', (text, offset) => {
  expect(faultIn(text)).toBe(offset)
})

test('a key of one object may be a key of another', () => {
  expect(faultIn('[{"a": 1}, {"a": 2, "b": {"a": 3}}]')).toBe(-1)
})

test('it reads what JSON.parse reads and refuses what that refuses', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(undefined, 2, '\t'), (value, indent) => {
      const text = JSON.stringify(value, undefined, indent)
      expect(locateJson(text).value).toEqual(JSON.parse(text))
    }),
    { numRuns: 500 },
  )
  const sign = fc.constantFrom(...Array.from('{}[]",:\\ue-+.01 \n\ttruefalsn'))
  fc.assert(
    fc.property(fc.array(sign, { maxLength: 8 }), (signs) => {
      const text = signs.join('')
      const isTwice = /"(.*)".*"\1"/s.test(text)
      if (!isTwice) expect(faultIn(text) === -1).toBe(isJson(text))
    }),
    { numRuns: 3000 },
  )
})
