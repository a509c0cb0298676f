import { expect, test } from 'vitest'
import { metricWord } from '#core/tickets/metric-word.ts'

test('a clock has the name that Zendesk’s screens give it, and an unknown one its own', () => {
  expect(metricWord('first_reply_time')).toBe('First reply')
  expect(metricWord('time_to_fix')).toBe('time to fix')
})
