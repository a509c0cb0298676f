import { describe, expect, test } from 'vitest'
import { organizationScope, readCursor, writeCursor } from '#service/db/cursors.ts'
import { dueLookUps } from '#service/db/look-ups.ts'
import { storeTicket } from '#service/db/store-tickets.ts'
import { createSweeps } from '#service/sync/sweep-organizations.ts'
import { RemoteFailure } from '#service/transport/remote-failure.ts'
import type { ZendeskApi } from '#service/zendesk/zendesk-api.ts'
import { lastPage } from '#test/support/scripted-sources.ts'
import { aSighting, dayMs, wednesday } from '#test/support/work-values.ts'
import { zendeskSetting } from '#test/support/zendesk-setting.ts'

const minuteMs = 60_000

/** Acme was read on Wednesday morning, with tickets 1 to `count`; its list by ids shows `listed`, three a page. */
function setUp(count: number, listed: () => readonly number[], api: Partial<ZendeskApi> = {}) {
  const setting = zendeskSetting({
    ticketsOfOrganizationById: async (_, cursor) => {
      const rest = listed().filter((id) => id > Number(cursor ?? 0))
      const shown = rest.slice(0, 3)
      return {
        ...lastPage(...shown.map((id) => aSighting({ id }))),
        next: rest.length > 3 ? String(shown.at(-1)) : null,
      }
    },
    ...api,
  })
  const { db, sync, state, roster } = setting
  writeCursor(db, 'zendesk', organizationScope(1), { watermark: wednesday, completedAt: wednesday })
  for (let id = 1; id <= count; id += 1) storeTicket(db, aSighting({ id }), wednesday)
  const begin = () => createSweeps(sync, { seed: 1, everyMs: () => minuteMs })
  let sweeps = begin()
  const job = () => sweeps.jobs(roster())[0]
  return {
    ...setting,
    job,
    restart: () => void (sweeps = begin()),
    page: async () => {
      state.now = Math.max(state.now, job()?.dueAt ?? 0)
      await job()?.run()
    },
    cursor: () => readCursor(db, 'zendesk', 'sweep:1'),
    missed: () => dueLookUps(db, state.now, 99).map(({ ticketId, why }) => `${ticketId} ${why}`),
  }
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

describe('everything is looked through', () => {
  test('at three in the morning of the person’s day, a while later for each Understudy, and then the next night', async () => {
    const { job, page, state } = setUp(1, () => [1])
    const three = Date.UTC(2026, 10, 19, 2)
    const first = job()?.dueAt ?? 0
    expect(first).toBeGreaterThan(three)
    expect(first).toBeLessThan(three + 60 * minuteMs)
    await page()
    expect(state.now).toBe(first)
    expect(job()?.dueAt).toBe(first + dayMs)
  })

  test('page after page with a poll’s interval between, also after a restart', async () => {
    const { page, restart, job, state, calls, cursor } = setUp(7, () => upTo(7))
    await page()
    expect(job()?.dueAt).toBe(state.now + minuteMs)
    expect(cursor()).toMatchObject({ passCursor: '3', completedAt: null })
    restart()
    await page()
    await page()
    expect(calls).toHaveLength(3)
    expect(cursor()).toMatchObject({ passCursor: null, completedAt: state.now })
  })

  test('only of accounts that were read once', () => {
    const { db, job } = setUp(0, () => [])
    writeCursor(db, 'zendesk', organizationScope(1), { completedAt: null })
    expect(job()).toBeUndefined()
  })
})

describe('a ticket that the list is without is looked up, never just dropped', () => {
  test('wherever it is missing: at the beginning, between pages, within one and at the end', async () => {
    const { page, missed } = setUp(9, () => [2, 3, 5, 7, 8])
    await page()
    expect(missed()).toEqual(['1 not-listed', '4 not-listed'])
    await page()
    expect(missed()).toEqual(['1 not-listed', '4 not-listed', '6 not-listed', '9 not-listed'])
  })

  test('and one that the list shows and that is not stored, is', async () => {
    const { db, page, missed } = setUp(1, () => [1, 2])
    await page()
    expect(db.prepare('SELECT id FROM tickets ORDER BY id').pluck().all()).toEqual([1, 2])
    expect(missed()).toEqual([])
  })

  test('unless most are missing and one of them is there: then the list is no good, and is told', async () => {
    const { page, missed, cursor } = setUp(9, () => [1], { ticket: async (id) => lastPage(aSighting({ id })) })
    await expect(page()).rejects.toMatchObject({ kind: 'rejected', message: expect.stringMatching(/without tickets/) })
    expect([missed(), cursor().completedAt]).toEqual([[], null])
  })

  test.each(['not-found', 'forbidden'] as const)(
    'where most are missing and one of them is %s, all are',
    async (kind) => {
      const { page, missed } = setUp(9, () => [1], {
        ticket: () => Promise.reject(new RemoteFailure(kind, 'Zendesk: no.')),
      })
      await page()
      expect(missed()).toHaveLength(8)
    },
  )
})

test('a place in the list that Zendesk no longer knows begins it again', async () => {
  const asked: (string | null)[] = []
  const { page, cursor, missed } = setUp(7, () => [], {
    ticketsOfOrganizationById: async (_, place) => {
      asked.push(place)
      if (place !== null) throw new RemoteFailure('rejected', 'Zendesk: 400.')
      return { ...lastPage(...upTo(3).map((id) => aSighting({ id }))), next: 'three' }
    },
  })
  for (const place of ['three', null, 'three']) {
    await page()
    expect([cursor().passCursor, missed()]).toEqual([place, []])
  }
  expect(asked).toEqual([null, 'three', null])
})
