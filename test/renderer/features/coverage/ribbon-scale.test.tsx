import { expect, test } from 'vitest'
import { createRibbonScale } from '#renderer/features/coverage/ribbon-scale.ts'

const hourMs = 3_600_000

test.each([
  ['the end of summer time', 'Europe/Berlin', Date.UTC(2026, 9, 18, 22), Date.UTC(2026, 10, 29, 23)],
  ['the beginning of summer time', 'Europe/Berlin', Date.UTC(2026, 2, 8, 23), Date.UTC(2026, 3, 19, 22)],
  ['a half-hour zone', 'Asia/Kolkata', Date.UTC(2026, 10, 22, 18, 30), Date.UTC(2027, 0, 3, 18, 30)],
  ['a half-hour change', 'Australia/Lord_Howe', Date.UTC(2026, 8, 20, 13, 30), Date.UTC(2026, 10, 1, 13)],
])('six weeks over %s are 42 days of the same width', (_, timeZone, startsAt, endsAt) => {
  const scale = createRibbonScale({ startsAt, endsAt }, timeZone)
  expect(scale.days).toHaveLength(43)
  scale.days.forEach((day, index) => expect(scale.place(day)).toBeCloseTo(index / 42, 12))
})

test('noon of the day with 25 hours lies past its middle, by the half hour that came twice before', () => {
  const [startsAt, endsAt] = [Date.UTC(2026, 9, 18, 22), Date.UTC(2026, 9, 25, 23)]
  const scale = createRibbonScale({ startsAt, endsAt }, 'Europe/Berlin')
  expect(scale.place(Date.UTC(2026, 9, 25, 11))).toBeCloseTo((6 + 13 / 25) / 7, 12)
})

test('what lies outside stands at the edges, and places only grow', () => {
  const [startsAt, endsAt] = [Date.UTC(2026, 9, 18, 22), Date.UTC(2026, 9, 25, 23)]
  const scale = createRibbonScale({ startsAt, endsAt }, 'Europe/Berlin')
  expect([scale.place(startsAt - hourMs), scale.place(endsAt + hourMs)]).toEqual([0, 1])
  const places = Array.from({ length: 170 }, (_, hour) => scale.place(startsAt + hour * hourMs))
  expect(places).toEqual(places.toSorted((a, b) => a - b))
  expect(new Set(places.slice(0, 169)).size).toBe(169)
})
