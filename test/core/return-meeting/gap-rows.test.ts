import { describe, expect, test } from 'vitest'
import { gapRows, type Unseen } from '#core/return-meeting/gap-rows.ts'
import { aReturn, after } from '#test/support/return-values.ts'

const rows = (unseen: Partial<Unseen>) => gapRows({ off: [], behind: [], unread: [], ...unseen }, aReturn())

describe('what could not be seen', () => {
  test('is nothing where everything was read', () => {
    expect(rows({ behind: [{ source: 'zendesk', readUntil: after(48), problem: null }] })).toEqual([])
  })

  test('is said of a stretch in which Understudy was off, as far as it lies in the window', () => {
    expect(rows({ off: [{ source: 'zendesk', startsAt: after(-5), endsAt: after(20) }] })).toMatchObject([
      {
        ...{ kind: 'gap', key: `gap:zendesk/off/${after(0)}`, subject: 'Zendesk' },
        words: 'Not read from Wed 18 Nov 10:00 to Thu 19 Nov 06:00, 20 h',
      },
    ])
    expect(rows({ off: [{ source: 'zendesk', startsAt: after(-5), endsAt: after(0) }] })).toEqual([])
  })

  test('is said of a source that is behind, with why', () => {
    const behind = [{ source: 'gitlab' as const, readUntil: after(10), problem: 'GitLab refused the token.' }]
    expect(rows({ behind })).toMatchObject([
      { words: 'Not read since Wed 18 Nov 20:00', evidence: [{ words: 'GitLab refused the token.' }] },
    ])
    expect(rows({ behind: [{ source: 'gitlab', readUntil: null, problem: null }] })).toMatchObject([
      { words: 'Not read to its end yet' },
    ])
  })

  test('is said of tickets that were not read to their end, all in one row', () => {
    const unread = [5, 6].map((id) => ({ id, subject: 'Geo', updatedAt: after(id) }))
    expect(rows({ unread })).toMatchObject([
      { key: 'gap:unread', evidence: [{ words: '#5 Geo' }, { words: '#6 Geo' }] },
    ])
  })
})
