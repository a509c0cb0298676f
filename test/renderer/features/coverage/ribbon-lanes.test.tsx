import { describe, expect, test } from 'vitest'
import type { RibbonLane } from '#contract/coverage.ts'
import { placeLanes, stepTo } from '#renderer/features/coverage/ribbon-lanes.ts'
import { aSpan } from '../../support/coverage-fixtures.ts'

const lane = (id: string, ...windows: readonly (readonly [string, number, number])[]): RibbonLane => ({
  id,
  kind: 'account',
  name: id,
  spans: windows.map(([span, startsAt, endsAt]) => aSpan({ id: span, startsAt, endsAt })),
})

describe('lanes', () => {
  test('stack what overlaps, use a line again once it is free, and are one line high when empty', () => {
    const [busy, empty] = placeLanes([
      lane('busy', ['a', 0, 10], ['b', 5, 12], ['c', 10, 20], ['d', 11, 13]),
      lane('no'),
    ])
    expect(busy?.spans.map(({ span, line }) => [span.id, line])).toEqual([
      ['a', 0],
      ['b', 1],
      ['c', 0],
      ['d', 2],
    ])
    expect([busy?.lines, empty?.lines]).toEqual([3, 1])
  })
})

describe('arrow keys', () => {
  const lanes = placeLanes([
    lane('1', ['a', 0, 10], ['b', 20, 30]),
    lane('2'),
    lane('3', ['c', 0, 5], ['d', 22, 40], ['e', 50, 60]),
  ])
  test.each([
    ['1 a', 'ArrowRight', '1 b'],
    ['1 b', 'ArrowRight', undefined],
    ['1 a', 'ArrowLeft', undefined],
    ['1 b', 'ArrowDown', '3 d'],
    ['3 e', 'ArrowUp', '1 b'],
    ['1 a', 'ArrowUp', undefined],
    ['3 c', 'End', '3 e'],
    ['3 e', 'Home', '3 c'],
    ['3 e', 'x', undefined],
    [undefined, 'ArrowDown', undefined],
  ])('from %s by %s lead to %s', (from, key, to) => {
    expect(stepTo(lanes, from, key)?.key).toBe(to)
  })
})
