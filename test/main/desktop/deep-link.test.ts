import { expect, test } from 'vitest'
import { ticketOfLink } from '#main/desktop/deep-link.ts'

test('a link leads to its ticket, wherever it stands among the words', () => {
  expect(ticketOfLink(['understudy://ticket/123'])).toBe(123)
  expect(ticketOfLink(['/usr/bin/understudy', '--no-sandbox', 'understudy://ticket/123/'])).toBe(123)
})

test.each([
  'understudy://ticket/0',
  'understudy://ticket/-1',
  'understudy://ticket/1e3',
  'understudy://ticket/12?x=1',
  'understudy://ticket/99999999999999999999',
  'understudy://settings',
  'understudy://ticket/12\nunderstudy://ticket/13',
  'xunderstudy://ticket/12',
  'https://ticket/12',
])('%j leads nowhere', (word) => {
  expect(ticketOfLink([word])).toBeUndefined()
})
