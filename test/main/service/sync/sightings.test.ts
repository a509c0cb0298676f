import { expect, test } from 'vitest'
import { createSightings } from '#service/sync/sightings.ts'
import { aSighting } from '#test/support/work-values.ts'

test('a ticket that was never seen was seen at no time', () => {
  const sightings = createSightings()
  expect([sightings.at(101), sightings.clocksAt(101)]).toEqual([0, 0])
})

test('a ticket that came without its clocks was seen, and its clocks were not', () => {
  const sightings = createSightings()
  sightings.seen(aSighting({}, { clocks: [] }), 1000)
  sightings.seen(aSighting({}, { clocks: null }), 2000)
  expect([sightings.at(101), sightings.clocksAt(101)]).toEqual([2000, 1000])
})

test('asked for is as good as seen, whatever the answer told, and each for itself', () => {
  const sightings = createSightings()
  sightings.asked(101, 1000)
  expect([sightings.at(101), sightings.clocksAt(101)]).toEqual([1000, 0])
  sightings.clocksAsked(101, 2000)
  expect([sightings.at(101), sightings.clocksAt(101)]).toEqual([1000, 2000])
})

test('tickets nobody asks about any more are forgotten', () => {
  const sightings = createSightings()
  for (const id of [101, 102]) sightings.seen(aSighting({ id }), 1000)
  sightings.keepOnly(new Set([102]))
  expect([101, 102].map((id) => [sightings.at(id), sightings.clocksAt(id)])).toEqual([
    [0, 0],
    [1000, 1000],
  ])
})
