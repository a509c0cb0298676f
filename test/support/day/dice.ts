/** Chance that follows from a seed. */
export interface Dice {
  /** A whole number from 0 up to, and without, `end`. */
  below(end: number): number
  /** One of these, or undefined when there is none. */
  one<Value>(values: readonly Value[]): Value | undefined
  /** These in another order. */
  shuffle<Value>(values: readonly Value[]): Value[]
}

/** Creates dice that fall the same way for the same seed. */
export function createDice(seed: number): Dice {
  let state = seed | 0
  /** Mulberry32, by Tommy Ettinger; in the public domain. */
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (end: number): number => Math.floor(next() * end)
  return {
    below,
    one: (values) => values[below(values.length)],
    shuffle: (values) =>
      values
        .map((value) => ({ value, place: next() }))
        .toSorted((a, b) => a.place - b.place)
        .map(({ value }) => value),
  }
}
