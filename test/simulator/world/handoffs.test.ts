import { expect, test } from 'vitest'
import { describedHandoffSchema } from '#contract/workspace.ts'
import { describeHandoffs } from '#simulator/world/handoffs.ts'
import { createWorld } from '#simulator/world/world.ts'

const hour = 3_600_000
const anchors = Array.from({ length: 12 }, (_, index) => Date.UTC(2026, 10, 18) + index * 2 * hour)

/** The handoffs of the sample world as it is at an instant. */
function handoffsAt(anchor: number) {
  return describedHandoffSchema
    .array()
    .parse(describeHandoffs(anchor, createWorld({ seed: 1, anchor, scale: undefined })))
}

test('whatever the hour, one account was handed over with all severities, before its ASE left, and one is just begun', () => {
  for (const anchor of anchors) {
    const [cascadia, brandt] = handoffsAt(anchor)
    expect(cascadia?.acceptedAt).toBeLessThan(anchor)
    expect(new Set(cascadia?.tickets.map(({ line }) => line.severity))).toEqual(
      new Set(['unstable', 'watcher', 'stable']),
    )
    for (const { line, writtenAt, saidBack, reviewed } of cascadia?.tickets ?? []) {
      expect(reviewed?.at).toBe(cascadia?.acceptedAt)
      expect(writtenAt).toBeLessThan(reviewed?.at ?? 0)
      expect(saidBack === null).toBe(line.severity === 'stable')
    }
    expect(brandt).toMatchObject({ acceptedAt: null })
    expect(brandt?.tickets).toHaveLength(3)
    // What is due before the absence is not left to who covers it.
    expect(brandt?.tickets.map(({ line }) => line.nextOwner)).toEqual(['Jonas Feldkamp', 'Jonas Feldkamp', ''])
  }
})

test('what was gone over is what was to be seen then: no message of later, and the clocks of those that kept still', () => {
  const anchor = Date.UTC(2026, 10, 18, 9)
  const world = createWorld({ seed: 1, anchor, scale: undefined })
  const [cascadia] = describeHandoffs(anchor, world)
  let [moved, kept] = [0, 0]
  for (const { ticketId, reviewed } of cascadia?.tickets ?? []) {
    const ticket = world.ticket(ticketId)
    const { at = 0, facts } = reviewed ?? {}
    const running = ticket?.clocks.filter(({ stage }) => stage === 'active').length
    const isMoved = ticket?.comments.some(({ createdAt }) => createdAt > at)
    for (const said of [facts?.lastCustomer, facts?.lastPublicReply, facts?.lastNote])
      expect(said?.at ?? 0).toBeLessThanOrEqual(at)
    expect(facts?.clocks).toHaveLength(isMoved ? 0 : (running ?? 0))
    if (isMoved) moved += 1
    else kept += 1
  }
  expect(moved).toBeGreaterThan(0)
  expect(kept).toBeGreaterThan(0)
})

test('a smaller world has what of it there is', () => {
  const anchor = Date.UTC(2026, 10, 18, 9)
  const [cascadia] = describeHandoffs(anchor, createWorld({ seed: 1, anchor, scale: 5 }))
  expect(cascadia?.tickets.map(({ line }) => line.severity)).toEqual(['unstable', 'unstable', 'watcher'])
})
