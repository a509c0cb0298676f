import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findPromise, sentencesOf } from '#core/handoff/find-promise.ts'

/** Wednesday, 16 December 2026, noon in Berlin. */
const wrote = Date.parse('2026-12-16T12:00+01:00')
const found = (text: string, at = wrote, timeZone = 'Europe/Berlin') => findPromise(text, at, timeZone)

describe('a promise', () => {
  test.each([
    ['We will send the patch by Friday.', '2026-12-18'],
    ["I'll get back to you on Wednesday", '2026-12-23'],
    ['We will look at it tomorrow.', '2026-12-17'],
    ['The fix is due today', '2026-12-16'],
    ['I will have it by the end of the week', '2026-12-18'],
    ['The release is planned for 12 January', '2027-01-12'],
    ['We expect it on the 3rd of February 2027', '2027-02-03'],
    ['It will ship on December 20th, 2026', '2026-12-20'],
    ['It will ship on Dec 20', '2026-12-20'],
    ['ETA 2026-12-19', '2026-12-19'],
  ])('%s → %s', (text, by) => {
    expect(found(text)).toEqual({ words: text, by })
  })

  test.each([
    'We upgraded on 12 December.',
    'We will see on 12 December 2025.',
    'The node was restarted on Friday.',
    'It will be on 31 February 2027',
    'It will break on 99 December',
    'Thanks, we will look into it.',
    '',
  ])('is none: %s', (text) => {
    expect(found(text)).toBeNull()
  })

  test('that was made last is the one that holds', () => {
    expect(found('We will send logs by Thursday.\nThe patch will come by Monday.')).toEqual({
      words: 'The patch will come by Monday.',
      by: '2026-12-21',
    })
  })

  test('is read by the calendar of who wrote it', () => {
    const midnight = Date.parse('2026-12-16T23:30+01:00')
    expect(found('We will send it tomorrow', midnight)?.by).toBe('2026-12-17')
    expect(found('We will send it tomorrow', midnight, 'Asia/Kolkata')?.by).toBe('2026-12-18')
  })

  test('is looked for in whatever people write', () => {
    const words = fc.constantFrom(
      'by',
      'will',
      ' ',
      '\n',
      'Friday',
      '31',
      'Feb',
      '2026',
      '-',
      '0',
      '.',
      'tomorrow',
      'end of week',
    )
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(words, { maxLength: 40 }).map((parts) => parts.join(' ')),
      fc.array(words, { maxLength: 40 }).map((parts) => parts.join('')),
    )
    const zone = fc.constantFrom('Europe/Berlin', 'Pacific/Apia', 'America/St_Johns', 'UTC')
    fc.assert(
      fc.property(text, zone, fc.integer({ min: 0, max: 4_000_000_000_000 }), (some, timeZone, at) => {
        const promise = found(some, at, timeZone)
        if (promise) expect(promise.by).toMatch(/^\d{4}-\d{2}-\d{2}$/)
        // It is the last that is found where each sentence is looked at by itself.
        const each = sentencesOf(some).map((sentence) => found(sentence, at, timeZone))
        expect(promise).toEqual(each.findLast((one) => one !== null) ?? null)
      }),
      { numRuns: 1000 },
    )
  })
})

test('sentences end with their mark or their line', () => {
  expect(sentencesOf('Hi Ines,\n\nIt is 3.5 GB. Is it? Yes!\r\n - one\n')).toEqual([
    'Hi Ines,',
    'It is 3.5 GB.',
    'Is it?',
    'Yes!',
    '- one',
  ])
})
