import type { RibbonLane, RibbonSpan } from '#contract/coverage.ts'

/** A span with the line of its lane that it is drawn on, so that none lies over another. */
export interface PlacedSpan {
  readonly key: string
  readonly span: RibbonSpan
  readonly line: number
}

/** A lane with its spans laid out. */
export interface PlacedLane {
  readonly lane: RibbonLane
  readonly spans: readonly PlacedSpan[]
  /** Lines it takes, at least one. */
  readonly lines: number
}

/** Lays out the spans of each lane: each on the first line on which nothing is in its way. */
export function placeLanes(lanes: readonly RibbonLane[]): readonly PlacedLane[] {
  return lanes.map((lane) => {
    const ends: number[] = []
    const spans = lane.spans
      .toSorted((a, b) => a.startsAt - b.startsAt || b.endsAt - a.endsAt)
      .map((span) => {
        const free = ends.findIndex((end) => end <= span.startsAt)
        const line = free === -1 ? ends.length : free
        ends[line] = span.endsAt
        return { key: `${lane.id} ${span.id}`, span, line }
      })
    return { lane, spans, lines: Math.max(1, ends.length) }
  })
}

/**
 * Where a key leads from a span: to its neighbours in the lane, or to the one nearest in time in the next lane that has any.
 *
 * @returns undefined for keys that lead nowhere
 */
export function stepTo(lanes: readonly PlacedLane[], from: string | undefined, key: string): PlacedSpan | undefined {
  const filled = lanes.filter(({ spans }) => spans.length > 0)
  const row = filled.findIndex(({ spans }) => spans.some((placed) => placed.key === from))
  const lane = filled[row]
  const at = lane?.spans.findIndex((placed) => placed.key === from) ?? -1
  const current = lane?.spans[at]
  if (!lane || !current) return undefined
  switch (key) {
    case 'ArrowLeft':
      return lane.spans[at - 1]
    case 'ArrowRight':
      return lane.spans[at + 1]
    case 'ArrowUp':
      return nearest(filled[row - 1], current)
    case 'ArrowDown':
      return nearest(filled[row + 1], current)
    case 'Home':
      return lane.spans[0]
    case 'End':
      return lane.spans.at(-1)
    default:
      return undefined
  }
}

function nearest(lane: PlacedLane | undefined, to: PlacedSpan): PlacedSpan | undefined {
  return lane?.spans.toSorted((a, b) => distance(a, to) - distance(b, to) || a.span.startsAt - b.span.startsAt)[0]
}

/** How far two spans lie apart; nothing where they overlap. */
function distance({ span: a }: PlacedSpan, { span: b }: PlacedSpan): number {
  return Math.max(0, a.startsAt - b.endsAt, b.startsAt - a.endsAt)
}
