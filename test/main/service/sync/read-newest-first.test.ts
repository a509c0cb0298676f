import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readCursor } from '#service/db/cursors.ts'
import { listEvents } from '#service/db/events.ts'
import { storeTicket } from '#service/db/store-tickets.ts'
import type { WriteDb } from '#service/db/sql.ts'
import {
  overlapMs,
  readNewestFirst,
  type NewestFirstPage,
  type NewestFirstStream,
} from '#service/sync/read-newest-first.ts'
import { RemoteFailure } from '#service/transport/remote-failure.ts'
import { memoryDatabase, withMemoryDatabase } from '#test/support/memory-database.ts'
import { aSighting, wednesday } from '#test/support/work-values.ts'

/** A list as Zendesk keeps it: newest change first, pages by a cursor that names the last row given. */
interface ModelList {
  /** id → when it last changed, and when the list begins to show that. */
  readonly rows: Map<
    number,
    { changedAt: number; version: number; shownFrom: number; before?: { changedAt: number; version: number } }
  >
  time: number
}

type Stream = NewestFirstStream<Row, NewestFirstPage<Row>>

type Row = { readonly id: number; readonly changedAt: number; readonly version: number }

function visible(list: ModelList): Row[] {
  return [...list.rows]
    .flatMap(([id, row]) => {
      const seen = row.shownFrom <= list.time ? row : row.before
      return seen ? [{ id, changedAt: seen.changedAt, version: seen.version }] : []
    })
    .toSorted((a, b) => b.changedAt - a.changedAt || b.id - a.id)
}

function pageOf(list: ModelList, cursor: string | null, size: number) {
  const [at, id] = (cursor ?? '').split('/').map(Number)
  const rest = visible(list).filter(
    (row) => cursor === null || row.changedAt < (at ?? 0) || (row.changedAt === at && row.id < (id ?? 0)),
  )
  const rows = rest.slice(0, size)
  const last = rows.at(-1)
  return { rows, next: rest.length > size && last ? `${last.changedAt}/${last.id}` : null }
}

/** Changes (or creates) a row; the list shows it `lagMs` later. */
function touch(list: ModelList, id: number, lagMs = 0) {
  const before = list.rows.get(id)
  const now = Math.floor(list.time / 1000) * 1000
  list.rows.set(id, {
    changedAt: Math.max(now, (before?.changedAt ?? 0) + 1),
    version: (before?.version ?? 0) + 1,
    shownFrom: list.time + lagMs,
    ...(before ? { before: before.shownFrom <= list.time ? before : (before.before ?? before) } : {}),
  })
}

function storeRows(db: WriteDb, rows: readonly Row[]) {
  for (const row of rows) {
    storeTicket(
      db,
      aSighting({
        id: row.id,
        subject: `version ${row.version}`,
        createdAt: 1,
        updatedAt: row.changedAt,
        generatedAt: row.changedAt,
      }),
      1,
    )
  }
}

function streamOf(db: WriteDb, page: Stream['page'], more: Partial<Stream> = {}): Stream {
  return {
    source: 'zendesk',
    scope: 'organization:1',
    page,
    changedAt: (row) => row.changedAt,
    store: ({ rows }) => storeRows(db, rows),
    onPage: () => undefined,
    wantedSince: 0,
    ...more,
  }
}

const storedVersions = (db: WriteDb) =>
  Object.fromEntries(
    db
      .prepare<[], { id: number; subject: string }>('SELECT id, subject FROM tickets ORDER BY id')
      .all()
      .map((row) => [row.id, row.subject]),
  )

const wantedVersions = (list: ModelList) =>
  Object.fromEntries([...list.rows].toSorted(([a], [b]) => a - b).map(([id, row]) => [id, `version ${row.version}`]))

const cursorOf = (db: WriteDb) => readCursor(db, 'zendesk', 'organization:1')

/** Ten rows, changed a minute apart; number 10 last. */
function tenRows(): ModelList {
  const list: ModelList = { rows: new Map(), time: wednesday }
  for (let id = 1; id <= 10; id += 1) {
    touch(list, id)
    list.time += 60_000
  }
  return list
}

describe('a pass', () => {
  test('reads everything the first time, and afterwards only what lies above the watermark less its overlap', async () => {
    const db = memoryDatabase()
    const list = tenRows()
    let requests = 0
    const stream = streamOf(db, async (cursor) => {
      requests += 1
      return pageOf(list, cursor, 2)
    })
    await readNewestFirst(db, stream, () => list.time)
    expect(requests).toBe(5)
    expect(storedVersions(db)).toEqual(wantedVersions(list))
    const newest = list.rows.get(10)?.changedAt
    expect(cursorOf(db)).toEqual({
      watermark: newest,
      passCursor: null,
      passWatermark: null,
      completedAt: list.time,
      problem: null,
    })
    requests = 0
    await readNewestFirst(db, stream, () => list.time)
    // Rows 10, 9 and 8 lie within the two minutes; the page with 7 shows that they are over.
    expect(requests).toBe(2)
    expect(listEvents(db, 10, 10)).toEqual([])
  })

  test('does not stop at a row that changed exactly where the overlap ends, for another one may have, too', async () => {
    const db = memoryDatabase()
    const list = tenRows()
    const stream = streamOf(db, async (cursor) => pageOf(list, cursor, 3))
    await readNewestFirst(db, stream, () => list.time)
    const border = (list.rows.get(10)?.changedAt ?? 0) - overlapMs
    expect(list.rows.get(8)?.changedAt).toBe(border)
    list.rows.set(2, { changedAt: border, version: 9, shownFrom: 0 })
    await readNewestFirst(db, stream, () => list.time)
    expect(storedVersions(db)).toEqual(wantedVersions(list))
  })

  test('wants rows back to an instant the first time, where it is given one', async () => {
    const db = memoryDatabase()
    const list = tenRows()
    const wantedSince = list.rows.get(6)?.changedAt ?? 0
    await readNewestFirst(
      db,
      streamOf(db, async (cursor) => pageOf(list, cursor, 2), { wantedSince }),
      () => list.time,
    )
    expect(Object.keys(storedVersions(db))).toEqual(['5', '6', '7', '8', '9', '10'])
  })

  test('tells of each page once it is stored', async () => {
    const db = memoryDatabase()
    const list = tenRows()
    const stored: number[] = []
    const onPage = () => void stored.push(Object.keys(storedVersions(db)).length)
    await readNewestFirst(
      db,
      streamOf(db, async (cursor) => pageOf(list, cursor, 4), { onPage }),
      () => list.time,
    )
    expect(stored).toEqual([4, 8, 10])
  })

  test('of an empty list is complete', async () => {
    const db = memoryDatabase()
    await readNewestFirst(
      db,
      streamOf(db, async () => ({ rows: [], next: null })),
      () => 7,
    )
    expect(cursorOf(db)).toMatchObject({ watermark: null, completedAt: 7 })
  })

  test('says that it is complete as of when it began', async () => {
    const db = memoryDatabase()
    const list = tenRows()
    const began = list.time
    const stream = streamOf(db, async (cursor) => {
      list.time += 5000
      return pageOf(list, cursor, 3)
    })
    await readNewestFirst(db, stream, () => list.time)
    expect(cursorOf(db).completedAt).toBe(began)
  })
})

describe('a pass that was interrupted', () => {
  const offline = new RemoteFailure('offline', 'Zendesk cannot be reached.')

  async function interruptedAfter(pages: number, db: WriteDb, list: ModelList) {
    let served = 0
    const page = async (cursor: string | null) => {
      if (served === pages) throw offline
      served += 1
      return pageOf(list, cursor, 2)
    }
    await expect(readNewestFirst(db, streamOf(db, page), () => list.time)).rejects.toBe(offline)
  }

  test('keeps its pages together with where it goes on, and no watermark yet', async () => {
    const db = memoryDatabase()
    const list = tenRows()
    await interruptedAfter(2, db, list)
    expect(Object.keys(storedVersions(db))).toEqual(['7', '8', '9', '10'])
    expect(cursorOf(db)).toMatchObject({
      watermark: null,
      passCursor: `${list.rows.get(7)?.changedAt}/7`,
      passWatermark: list.rows.get(10)?.changedAt,
      completedAt: null,
    })
  })

  test('goes on where it stopped and then looks at the top again', async () => {
    const db = memoryDatabase()
    const list = tenRows()
    await interruptedAfter(2, db, list)
    touch(list, 1)
    const asked: (string | null)[] = []
    const stream = streamOf(db, async (cursor) => {
      asked.push(cursor)
      return pageOf(list, cursor, 2)
    })
    await readNewestFirst(db, stream, () => list.time)
    expect(asked[0]).toBe(`${list.rows.get(7)?.changedAt}/7`)
    expect(asked).toContain(null)
    expect(storedVersions(db)).toEqual(wantedVersions(list))
    expect(listEvents(db, 0, 100).filter((event) => event.kind === 'ticket-created')).toHaveLength(10)
  })

  test('begins anew when the source no longer knows the place, and only then', async () => {
    const db = memoryDatabase()
    const list = tenRows()
    await interruptedAfter(2, db, list)
    const place = cursorOf(db).passCursor
    const page = (failure: RemoteFailure) => async (cursor: string | null) => {
      if (cursor === place) throw failure
      return pageOf(list, cursor, 3)
    }
    const server = new RemoteFailure('server', 'Zendesk has trouble.')
    await expect(readNewestFirst(db, streamOf(db, page(server)), () => list.time)).rejects.toBe(server)
    expect(cursorOf(db).passCursor).toBe(place)
    await readNewestFirst(db, streamOf(db, page(new RemoteFailure('rejected', 'Bad cursor.'))), () => list.time)
    expect(storedVersions(db)).toEqual(wantedVersions(list))
    expect(cursorOf(db)).toMatchObject({ passCursor: null, watermark: list.rows.get(10)?.changedAt })
  })

  test('leaves neither rows nor a place of a page that could not be stored', async () => {
    const db = memoryDatabase()
    const list = tenRows()
    let pages = 0
    const stream = streamOf(db, async (cursor) => pageOf(list, cursor, 2), {
      store: ({ rows }) => {
        storeRows(db, rows)
        if ((pages += 1) === 2) throw new Error('disk full')
      },
    })
    await expect(readNewestFirst(db, stream, () => list.time)).rejects.toThrow('disk full')
    expect(Object.keys(storedVersions(db))).toEqual(['9', '10'])
    expect(cursorOf(db).passCursor).toBe(`${list.rows.get(9)?.changedAt}/9`)
  })
})

test('whatever moves, repeats, fails or restarts: in the end every row’s last state is stored, and each new row is one event', async () => {
  const happening = fc.record({
    /** Rows that change before this request is answered; those above the present number are new. */
    touched: fc.array(fc.integer({ min: 1, max: 14 }), { maxLength: 3 }),
    lagMs: fc.constantFrom(0, 0, 1000, overlapMs - 2000),
    passesMs: fc.constantFrom(10, 900, 30_000, 400_000),
    fails: fc.constantFrom(null, null, null, 'offline', 'server', 'rejected', 'crash'),
    size: fc.integer({ min: 1, max: 4 }),
  })
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 8 }),
      fc.array(happening, { maxLength: 40 }),
      async (count, happenings) => {
        await withMemoryDatabase(async (db) => {
          const list: ModelList = { rows: new Map(), time: wednesday }
          for (let id = 1; id <= count; id += 1) touch(list, id)
          const waiting = happenings.values()
          let quiet = false
          const stream = streamOf(db, async (cursor) => {
            const next = quiet ? undefined : waiting.next().value
            if (!next) return pageOf(list, cursor, 3)
            list.time += next.passesMs
            for (const id of next.touched) touch(list, id, next.lagMs)
            if (next.fails === 'crash') throw new Error('crash')
            // Only a place in the list can be refused; the top is always known.
            if (next.fails && (next.fails !== 'rejected' || cursor !== null)) {
              throw new RemoteFailure(next.fails, 'Failed.')
            }
            return pageOf(list, cursor, next.size)
          })
          const run = () => readNewestFirst(db, stream, () => list.time).catch(() => undefined)
          for (let restarts = 0; restarts < 12; restarts += 1) await run()
          quiet = true
          list.time += overlapMs
          await readNewestFirst(db, stream, () => list.time)
          expect(storedVersions(db)).toEqual(wantedVersions(list))
          const created = listEvents(db, 0, 1000).flatMap((event) =>
            event.kind === 'ticket-created' ? [event.subject] : [],
          )
          expect(created.toSorted()).toEqual([...list.rows.keys()].map((id) => `ticket:${id}`).toSorted())
          const events = listEvents(db, 0, 1000).length
          await readNewestFirst(db, stream, () => list.time)
          expect(listEvents(db, 0, 1000)).toHaveLength(events)
        })
      },
    ),
    { numRuns: 250 },
  )
}, 30_000)
