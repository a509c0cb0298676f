import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  changed,
  isConflict,
  merged,
  mergedFields,
  shownOf,
  sidesOf,
  written,
  type Versioned,
} from '#core/sharing/versioned.ts'

const by = (author: string, at = 1) => ({ author, by: author.toUpperCase(), at })
const values = (field: Versioned<number>) => sidesOf(field).map(({ value }) => value)

describe('a field', () => {
  test('holds what was written last, with who and when', () => {
    const field = written(written([], 1, by('a')), 2, by('b', 5))
    expect(field).toEqual([{ value: 2, clock: { a: 1, b: 1 }, by: 'B', at: 5 }])
    expect(shownOf([])).toBeUndefined()
  })

  test('that two people wrote without knowing of each other shows both sides until somebody chooses', () => {
    const start = written([], 1, by('a'))
    const both = merged(written(start, 2, by('a', 2)), written(start, 3, by('b', 3)))
    expect(values(both)).toEqual([3, 2])
    expect(isConflict(both)).toBe(true)
    const chosen = written(both, 2, by('a', 4))
    expect(chosen).toHaveLength(1)
    expect(merged(chosen, both)).toEqual(chosen)
  })

  test('is no conflict where both wrote the same', () => {
    const start = written([], { x: 1, y: 2 }, by('a'))
    const same = merged(written(start, { x: 3, y: 4 }, by('a', 2)), written(start, { y: 4, x: 3 }, by('b', 3)))
    expect(same).toHaveLength(2)
    expect(isConflict(same)).toBe(false)
    expect(shownOf(same)).toMatchObject({ by: 'B', at: 3 })
  })

  test('stays untouched by a change to what it shows', () => {
    const field = written([], 1, by('a'))
    expect(changed(field, 1, by('b'))).toBe(field)
    expect(values(changed(field, 2, by('b')))).toEqual([2])
  })

  test('keeps both of two writings that carry the same clock, as after a copy of a database was put back', () => {
    const start = written([], 1, by('a'))
    expect(values(merged(written(start, 2, by('a', 2)), written(start, 3, by('a', 3))))).toEqual([3, 2])
  })
})

const names = ['x', 'y'] as const
type Fields = Record<string, Versioned<number>>

/** One thing that happens: somebody writes, chooses a side, or gets what somebody had some time ago; messages may be lost or come twice. */
const anyStep = fc.oneof(
  fc.record({
    kind: fc.constant('write' as const),
    who: fc.nat(2),
    field: fc.constantFrom(...names),
    value: fc.integer({ min: 0, max: 5 }),
    at: fc.nat(20),
  }),
  fc.record({ kind: fc.constant('choose' as const), who: fc.nat(2), field: fc.constantFrom(...names), at: fc.nat(20) }),
  fc.record({ kind: fc.constant('send' as const), who: fc.nat(2) }),
  fc.record({ kind: fc.constant('receive' as const), who: fc.nat(2), message: fc.nat(30) }),
)

interface Replica {
  fields: Fields
  /** Of each field, the writings known of, by number: what an all-knowing reader would have seen. */
  known: Record<string, ReadonlySet<number>>
}

/** Lives through the steps, and keeps for each writing what it was written in the knowledge of. */
function live(steps: readonly (typeof anyStep extends fc.Arbitrary<infer Step> ? Step : never)[]) {
  const replicas: Replica[] = [0, 1, 2].map(() => ({ fields: {}, known: {} }))
  const sent: Replica[] = []
  const writings: { field: string; value: number; knew: ReadonlySet<number> }[] = []
  const write = (replica: Replica, who: number, field: string, value: number, at: number) => {
    const knew = replica.known[field] ?? new Set()
    writings.push({ field, value, knew })
    replica.known = { ...replica.known, [field]: new Set([...knew, writings.length - 1]) }
    replica.fields = { ...replica.fields, [field]: written(replica.fields[field] ?? [], value, by(`r${who}`, at)) }
  }
  for (const step of steps) {
    const replica = replicas[step.who]
    if (!replica) continue
    if (step.kind === 'write') write(replica, step.who, step.field, step.value, step.at)
    if (step.kind === 'choose') {
      const sides = sidesOf(replica.fields[step.field] ?? [])
      const chosen = sides.at(-1)
      if (sides.length > 1 && chosen) write(replica, step.who, step.field, chosen.value, step.at)
    }
    if (step.kind === 'send') sent.push({ ...replica })
    const message = step.kind === 'receive' ? sent[step.message % Math.max(1, sent.length)] : undefined
    if (message) {
      replica.fields = mergedFields(replica.fields, message.fields)
      for (const field of names) {
        const union = new Set([...(replica.known[field] ?? []), ...(message.known[field] ?? [])])
        replica.known = { ...replica.known, [field]: union }
      }
    }
  }
  return { replicas, writings }
}

const anyLife = fc.array(anyStep, { maxLength: 40 }).map(live)

describe('copies on three machines', () => {
  test('come to hold the same, whatever the order in which they are brought together, and however often', () => {
    fc.assert(
      fc.property(anyLife, ({ replicas }) => {
        const [a = {}, b = {}, c = {}] = replicas.map(({ fields }) => fields)
        const all = mergedFields(mergedFields(a, b), c)
        expect(mergedFields(a, mergedFields(b, c))).toEqual(all)
        expect(mergedFields(mergedFields(c, a), b)).toEqual(all)
        expect(mergedFields(all, b)).toEqual(all)
        expect(mergedFields(all, all)).toEqual(all)
      }),
      { numRuns: 1500 },
    )
  })

  test('hold in the end exactly what nobody who knew of it overwrote', () => {
    fc.assert(
      fc.property(anyLife, ({ replicas, writings }) => {
        const all = replicas.map(({ fields }) => fields).reduce((one, other) => mergedFields(one, other), {})
        for (const field of names) {
          const left = writings.filter(
            (writing, index) => writing.field === field && !writings.some(({ knew }) => knew.has(index)),
          )
          expect(new Set(values(all[field] ?? []))).toEqual(new Set(left.map(({ value }) => value)))
        }
      }),
      { numRuns: 1500 },
    )
  })

  test('do not bring back what was chosen against', () => {
    fc.assert(
      fc.property(anyLife, fc.constantFrom(...names), ({ replicas }, field) => {
        const all = replicas.map(({ fields }) => fields).reduce((one, other) => mergedFields(one, other), {})
        const sides = sidesOf(all[field] ?? [])
        fc.pre(sides.length > 1)
        const settled = { ...all, [field]: written(all[field] ?? [], sides[1]?.value ?? 0, by('r0', 0)) }
        for (const { fields } of replicas) {
          expect(values(mergedFields(fields, settled)[field] ?? [])).toEqual([sides[1]?.value])
        }
      }),
      { numRuns: 300 },
    )
  })
})
