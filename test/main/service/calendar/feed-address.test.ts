import { expect, test } from 'vitest'
import { mayLeadTo, readFeedAddress } from '#service/calendar/feed-address.ts'

test.each([
  ['https://example.com/a.ics?key=1', 'https://example.com/a.ics?key=1'],
  ['  webcal://example.com/a.ics ', 'https://example.com/a.ics'],
  ['WEBCALS://example.com/a.ics', 'https://example.com/a.ics'],
  ['http://127.0.0.1:8080/a.ics', 'http://127.0.0.1:8080/a.ics'],
])('%j is asked as %s', (text, href) => {
  expect(readFeedAddress(text).url?.href).toBe(href)
})

test.each([
  ['http://example.com/a.ics', 'Only https addresses are read'],
  ['file:///etc/passwd', 'Only https addresses are read'],
  ['ftp://example.com/a.ics', 'Only https addresses are read'],
  ['calendar', 'This is no complete address.'],
  ['https://me:secret@example.com/a.ics', 'a name or a password before the @'],
  ['https://example.com\\@evil.example/a.ics', 'characters in it that no address has'],
])('%j is refused in words', (text, words) => {
  const { url, problem } = readFeedAddress(text)
  expect(url).toBeNull()
  expect(problem).toContain(words)
  expect(problem).not.toContain('secret@')
})

test.each([
  ['https://a.example/x', 'https://b.example/y', true],
  ['http://127.0.0.1:1/x', 'http://127.0.0.1:2/y', true],
  ['http://127.0.0.1:1/x', 'https://b.example/y', true],
  ['https://a.example/x', 'http://b.example/y', false],
  ['https://a.example/x', 'http://127.0.0.1/y', false],
  ['https://a.example/x', 'https://localhost/y', false],
  ['https://a.example/x', 'file:///y', false],
  ['https://a.example/x', 'https://me:pw@b.example/y', false],
])('an answer of %s leads to %s: %s', (from, to, may) => {
  expect(mayLeadTo(new URL(from), new URL(to))).toBe(may)
})
