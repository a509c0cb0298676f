import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readCursor } from '#service/db/cursors.ts'
import { listEvents } from '#service/db/events.ts'
import { storeIssue } from '#service/db/store-issues.ts'
import { storeWorkspace } from '#service/db/workspace.ts'
import type { WriteDb } from '#service/db/sql.ts'
import { overlapMs } from '#service/sync/read-newest-first.ts'
import { readOldestFirst, type OldestFirstStream } from '#service/sync/read-oldest-first.ts'
import { RemoteFailure } from '#service/transport/remote-failure.ts'
import { memoryDatabase, withMemoryDatabase } from '#test/support/memory-database.ts'
import { anIssue, aWorkspace, wednesday } from '#test/support/work-values.ts'

type Row = { readonly iid: number; readonly changedAt: number; readonly version: number }

/** A list as GitLab keeps it: oldest change first, from an instant on, and pages by number behind that. */
interface ModelList {
  readonly rows: Map<number, Row>
  time: number
}

type From = Parameters<OldestFirstStream<Row>['page']>[0]

function pageOf(list: ModelList, from: From, size: number) {
  const [since, number] = from === null ? [0, 1] : 'since' in from ? [from.since, 1] : from.next.split('/').map(Number)
  const wanted = [...list.rows.values()]
    .filter((row) => row.changedAt >= (since ?? 0))
    .toSorted((a, b) => a.changedAt - b.changedAt || a.iid - b.iid)
  const start = ((number ?? 1) - 1) * size
  const rows = wanted.slice(start, start + size)
  return { rows, next: wanted.length > start + size ? `${since}/${(number ?? 1) + 1}` : null }
}

function touch(list: ModelList, iid: number) {
  const before = list.rows.get(iid)
  list.rows.set(iid, {
    iid,
    changedAt: Math.max(list.time, (before?.changedAt ?? 0) + 1),
    version: (before?.version ?? 0) + 1,
  })
}

function database(): WriteDb {
  const db = memoryDatabase()
  storeWorkspace(db, aWorkspace())
  return db
}

function storeRows(db: WriteDb, rows: readonly Row[]) {
  for (const row of rows) {
    storeIssue(
      db,
      1,
      anIssue({ iid: row.iid, title: `version ${row.version}`, createdAt: 1, updatedAt: row.changedAt }),
      1,
    )
  }
}

function streamOf(
  db: WriteDb,
  page: OldestFirstStream<Row>['page'],
  more: Partial<OldestFirstStream<Row>> = {},
): OldestFirstStream<Row> {
  return {
    source: 'gitlab',
    scope: 'label:1',
    page,
    changedAt: (row) => row.changedAt,
    store: (rows) => storeRows(db, rows),
    onPage: () => undefined,
    ...more,
  }
}

const storedVersions = (db: WriteDb) =>
  Object.fromEntries(
    db
      .prepare<[], { iid: number; title: string }>('SELECT iid, title FROM issues ORDER BY iid')
      .all()
      .map((row) => [row.iid, row.title]),
  )

const wantedVersions = (list: ModelList) =>
  Object.fromEntries(
    [...list.rows.values()].toSorted((a, b) => a.iid - b.iid).map((row) => [row.iid, `version ${row.version}`]),
  )

const cursorOf = (db: WriteDb) => readCursor(db, 'gitlab', 'label:1')

function tenRows(apartMs = 60_000): ModelList {
  const list: ModelList = { rows: new Map(), time: wednesday }
  for (let iid = 1; iid <= 10; iid += 1) {
    touch(list, iid)
    list.time += apartMs
  }
  return list
}

describe('a pass', () => {
  test('asks for what changed since the last row it got, and the next one goes on at the watermark less its overlap', async () => {
    const db = database()
    const list = tenRows()
    const asked: From[] = []
    const stream = streamOf(db, async (from) => {
      asked.push(from)
      return pageOf(list, from, 4)
    })
    const changedAt = (iid: number) => list.rows.get(iid)?.changedAt ?? 0
    await readOldestFirst(db, stream, () => list.time)
    expect(asked).toEqual([null, { since: changedAt(4) }, { since: changedAt(7) }])
    expect(storedVersions(db)).toEqual(wantedVersions(list))
    expect(cursorOf(db)).toMatchObject({ watermark: changedAt(10), completedAt: list.time, problem: null })
    asked.length = 0
    await readOldestFirst(db, stream, () => list.time)
    expect(asked).toEqual([{ since: changedAt(10) - overlapMs }])
    expect(listEvents(db, 10, 10)).toEqual([])
  })

  test('follows the source’s own link where more rows than a page holds changed at one instant', async () => {
    const db = database()
    const list = tenRows(0)
    const asked: From[] = []
    const stream = streamOf(db, async (from) => {
      asked.push(from)
      return pageOf(list, from, 3)
    })
    await readOldestFirst(db, stream, () => list.time)
    expect(asked).toEqual([
      null,
      { since: wednesday },
      { next: `${wednesday}/2` },
      { next: `${wednesday}/3` },
      { next: `${wednesday}/4` },
    ])
    expect(storedVersions(db)).toEqual(wantedVersions(list))
  })

  test('loses no row when one that was read moves to the end and pulls the others forward', async () => {
    const db = database()
    const list = tenRows()
    let moved = false
    const stream = streamOf(db, async (from) => {
      if (from !== null && !moved) {
        moved = true
        touch(list, 1)
      }
      return pageOf(list, from, 3)
    })
    await readOldestFirst(db, stream, () => list.time)
    expect(storedVersions(db)).toEqual(wantedVersions(list))
  })

  test('of an empty list is complete and leaves no watermark', async () => {
    const db = database()
    await readOldestFirst(
      db,
      streamOf(db, async () => ({ rows: [], next: null })),
      () => 7,
    )
    expect(cursorOf(db)).toMatchObject({ watermark: null, completedAt: 7 })
  })

  test('that was interrupted keeps its pages and how far they reach, and is not complete', async () => {
    const db = database()
    const list = tenRows()
    let served = 0
    const failure = new RemoteFailure('offline', 'GitLab cannot be reached.')
    const page = async (from: From) => {
      if ((served += 1) === 3) throw failure
      return pageOf(list, from, 3)
    }
    await expect(readOldestFirst(db, streamOf(db, page), () => list.time)).rejects.toBe(failure)
    expect(Object.keys(storedVersions(db))).toHaveLength(5)
    expect(cursorOf(db)).toMatchObject({ watermark: list.rows.get(5)?.changedAt, completedAt: null })
    await readOldestFirst(
      db,
      streamOf(db, async (from) => pageOf(list, from, 3)),
      () => list.time,
    )
    expect(storedVersions(db)).toEqual(wantedVersions(list))
    expect(listEvents(db, 0, 100)).toHaveLength(10)
  })

  test('leaves neither rows nor a watermark of a page that could not be stored', async () => {
    const db = database()
    const list = tenRows()
    let pages = 0
    const stream = streamOf(db, async (from) => pageOf(list, from, 3), {
      store: (rows) => {
        storeRows(db, rows)
        if ((pages += 1) === 2) throw new Error('disk full')
      },
    })
    await expect(readOldestFirst(db, stream, () => list.time)).rejects.toThrow('disk full')
    expect(Object.keys(storedVersions(db))).toEqual(['1', '2', '3'])
    expect(cursorOf(db).watermark).toBe(list.rows.get(3)?.changedAt)
  })
})

test('whatever moves, repeats, fails or restarts: in the end every row’s last state is stored, and each new row is one event', async () => {
  const happening = fc.record({
    touched: fc.array(fc.integer({ min: 1, max: 14 }), { maxLength: 3 }),
    passesMs: fc.constantFrom(1, 900, 30_000, 400_000),
    fails: fc.constantFrom(null, null, null, 'offline', 'server', 'crash'),
  })
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 8 }),
      // A page holds more rows than are touched at one instant; see the test of the source's own link.
      fc.integer({ min: 4, max: 6 }),
      fc.constantFrom(1, 60_000),
      fc.array(happening, { maxLength: 40 }),
      async (count, size, apartMs, happenings) => {
        await withMemoryDatabase(async (db) => {
          storeWorkspace(db, aWorkspace())
          const list: ModelList = { rows: new Map(), time: wednesday }
          for (let iid = 1; iid <= count; iid += 1) {
            touch(list, iid)
            list.time += apartMs
          }
          const waiting = happenings.values()
          let quiet = false
          const stream = streamOf(db, async (from) => {
            const next = quiet ? undefined : waiting.next().value
            if (!next) return pageOf(list, from, size)
            list.time += next.passesMs
            for (const iid of next.touched) touch(list, iid)
            if (next.fails === 'crash') throw new Error('crash')
            if (next.fails) throw new RemoteFailure(next.fails, 'Failed.')
            return pageOf(list, from, size)
          })
          for (let restarts = 0; restarts < 12; restarts += 1) {
            await readOldestFirst(db, stream, () => list.time).catch(() => undefined)
          }
          quiet = true
          await readOldestFirst(db, stream, () => list.time)
          expect(storedVersions(db)).toEqual(wantedVersions(list))
          const created = listEvents(db, 0, 1000).flatMap((event) =>
            event.kind === 'issue-created' ? [event.subject] : [],
          )
          expect(created.toSorted()).toEqual([...list.rows.keys()].map((iid) => `issue:7/${iid}`).toSorted())
          const events = listEvents(db, 0, 1000).length
          await readOldestFirst(db, stream, () => list.time)
          expect(listEvents(db, 0, 1000)).toHaveLength(events)
        })
      },
    ),
    { numRuns: 250 },
  )
}, 30_000)
