import { describe, expect, test } from 'vitest'
import { judgeCourse, type ClockCourse } from '#core/return-meeting/nearly-missed.ts'

const course = (parts: Partial<ClockCourse>): ClockCourse => ({
  ...{ metric: 'next_reply_time', startedAt: 0, breachAt: 100, endedAt: null, isAnswered: true },
  ...{ answerId: 1, answeredBy: 11, ...parts },
})

describe('a run of a clock', () => {
  test('is nearly missed where it was answered in its last tenth, its last instant included', () => {
    const answered = (endedAt: number) => judgeCourse(course({ endedAt }), 1000)
    expect([89, 90, 100, 101].map(answered)).toEqual(['kept', 'nearly-missed', 'nearly-missed', 'breached'])
  })

  test('is kept where it was stopped, or where nobody knows when it began', () => {
    expect(judgeCourse(course({ endedAt: 99, isAnswered: false }), 1000)).toBe('kept')
    expect(judgeCourse(course({ endedAt: 99, startedAt: null }), 1000)).toBe('kept')
  })

  test('that goes on is breached only as far as that is known', () => {
    expect(judgeCourse(course({}), 99)).toBe('open')
    expect(judgeCourse(course({}), 100)).toBe('breached')
  })
})
