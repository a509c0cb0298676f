import fc from 'fast-check'
import { expect, test } from 'vitest'
import { digestOf, mostNotices, noticesFor, type ShownAlert, type ShownBefore } from '#core/alerts/notices.ts'

const alert = (id: number, account: string | null = 'Acme', urgent = false): ShownAlert => ({
  id,
  kind: 'new-ticket',
  title: `${account} · alert ${id}`,
  body: 'body',
  why: 'You cover Acme.',
  urgent,
  ticketId: 1000 + id,
  account,
})
const before = (at: number, ...alerts: ShownAlert[]): ShownBefore => ({
  tag: alerts.length > 1 ? `alerts-${alerts[0]?.id}` : `alert-${alerts[0]?.id}`,
  at,
  alerts,
})

test('few alerts are shown one by one, each saying why and leading to its ticket', () => {
  expect(noticesFor([alert(1), alert(2)], [])).toMatchObject({
    show: [
      { tag: 'alert-1', title: 'Acme · alert 1', body: 'body\nYou cover Acme.', ticketId: 1001, alertIds: [1] },
      { tag: 'alert-2', alertIds: [2] },
    ],
    close: [],
  })
})

test('from the fourth within a minute on they become one list, the urgent ones first, and it takes the place of the others', () => {
  const shown = [before(0, alert(1)), before(1, alert(2)), before(2, alert(3))]
  expect(noticesFor([alert(4, 'Globex', true)], shown)).toEqual({
    show: [
      {
        tag: 'alerts-1',
        kind: null,
        title: '4 alerts: Acme 3 and Globex 1',
        body: 'Globex · alert 4\nAcme · alert 1\nAcme · alert 2\nAcme · alert 3',
        urgent: true,
        alertIds: [1, 2, 3, 4],
        ticketId: null,
      },
    ],
    close: ['alert-1', 'alert-2', 'alert-3'],
  })
})

test('a list grows under its tag', () => {
  const { show, close } = noticesFor([alert(6)], [before(0, alert(4), alert(5))])
  expect(show).toMatchObject([{ tag: 'alerts-4', alertIds: [4, 5, 6], title: '3 alerts: Acme 3' }])
  expect(close).toEqual([])
})

test('a long list says how many more there are', () => {
  const many = Array.from({ length: 20 }, (_, index) => alert(index + 1, `Customer ${index % 5}`))
  const [list] = noticesFor(many, []).show
  expect(list?.body.split('\n')).toHaveLength(7)
  expect(list?.body).toMatch(/and 14 more$/)
  expect(list?.title).toBe('20 alerts: Customer 0 4, Customer 1 4, Customer 2 4 and others')
  expect(list?.alertIds).toHaveLength(20)
})

test('what waited comes as one, and a single one as itself', () => {
  expect(digestOf([], 'pause')).toBeNull()
  expect(digestOf([alert(1)], 'pause')).toMatchObject({ tag: 'alert-1', ticketId: 1001 })
  expect(digestOf([alert(1), alert(2, null)], 'quiet-hours')).toMatchObject({
    tag: 'alerts-1',
    title: '2 alerts from the quiet hours: Acme 1 and Understudy 1',
  })
})

test('each alert stands in one notice on the screen, and there are never more than the few', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 8 }), (batches) => {
      let id = 0
      let shown: ShownBefore[] = []
      batches.forEach((size, at) => {
        const fresh = Array.from({ length: size }, () => alert((id += 1)))
        const { show, close } = noticesFor(fresh, shown)
        const gone = new Set([...close, ...show.map((notice) => notice.tag)])
        shown = shown.filter((one) => !gone.has(one.tag))
        for (const { tag, alertIds } of show) shown.push({ tag, at, alerts: alertIds.map((one) => alert(one)) })
      })
      const told = shown.flatMap((one) => one.alerts.map((each) => each.id))
      expect(told.toSorted((a, b) => a - b)).toEqual(Array.from({ length: id }, (_, index) => index + 1))
      expect(shown.length).toBeLessThanOrEqual(mostNotices)
    }),
  )
})
