import { afterEach, describe, expect, test, vi } from 'vitest'
import { inSlices } from '#service/in-slices.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

/** Replaces the time that slices are cut by; returns a function that lets some pass. */
function steppedTime() {
  let now = 0
  vi.spyOn(performance, 'now').mockImplementation(() => now)
  return (ms: number) => {
    now += ms
  }
}

/** Counts the turns others have had. */
function countTurns() {
  const turns = { had: 0 }
  setImmediate(() => {
    turns.had += 1
  })
  return turns
}

describe('work in slices', () => {
  test('gives the result of each item, in order, and tells each its place', async () => {
    expect(await inSlices(['a', 'b', 'c'], (letter, index) => `${letter}${index}`)).toEqual(['a0', 'b1', 'c2'])
  })

  test('lets others run as soon as the time of a slice is used up', async () => {
    const pass = steppedTime()
    const turns = countTurns()
    const seen = await inSlices([1, 1, 1, 1], (ms) => {
      pass(ms)
      return turns.had
    })
    expect(seen).toEqual([0, 0, 0, 1])
  })

  test('gives the next slice its full time', async () => {
    const pass = steppedTime()
    let turns = countTurns()
    const seen = await inSlices([3, 1, 1, 1, 1], (ms, index) => {
      pass(ms)
      if (index === 1) turns = countTurns()
      return turns.had
    })
    expect(seen).toEqual([0, 0, 0, 0, 1])
  })

  test('is not interrupted when all of it fits into one slice', async () => {
    steppedTime()
    const turns = countTurns()
    expect(await inSlices([1, 2, 3], () => turns.had)).toEqual([0, 0, 0])
  })

  test('ends with what an item fails with, and leaves the items after it', async () => {
    const done: number[] = []
    const work = inSlices([1, 2, 3], (item) => {
      if (item === 2) throw new RangeError('two')
      done.push(item)
    })
    await expect(work).rejects.toThrow(RangeError)
    expect(done).toEqual([1])
  })
})
