import { expect, test } from 'vitest'
import { storeTicket } from '#service/db/store-tickets.ts'
import type { WriteDb } from '#service/db/sql.ts'
import { emergencyMarks, type MarksDesk } from '#service/rpc/emergency-marks.ts'
import { RemoteFailure } from '#service/transport/remote-failure.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { aSighting, hourMs, wednesday } from '#test/support/work-values.ts'

const mark = { by: 'tag' as const, value: 'emergency' }
const forms = [
  { id: 46, name: 'Support' },
  { id: 47, name: 'Emergency call' },
]

function aDesk(): WriteDb {
  const db = memoryDatabase()
  storeTicket(db, aSighting({ id: 1, formId: 46, tags: ['ci', 'sev1'] }), wednesday)
  storeTicket(db, aSighting({ id: 2, formId: 46, priority: 'urgent', tags: ['emergency'] }), wednesday)
  storeTicket(db, aSighting({ id: 3, formId: 47 }), wednesday)
  storeTicket(db, aSighting({ id: 4, formId: 48, status: 'solved' }), wednesday)
  storeTicket(db, aSighting({ id: 5 }), wednesday)
  return db
}

/** Zendesk answers, or fails, and counts how often it was asked. */
function aZendesk(answer: () => typeof forms) {
  let asked = 0
  const zendesk: MarksDesk['zendesk'] = {
    ticketForms: async () => {
      asked += 1
      return answer()
    },
  }
  return { zendesk, asked: () => asked }
}

const failing = (kind: 'forbidden' | 'offline') => () => {
  throw new RemoteFailure(kind, 'It did not answer.')
}

test('the unsolved tickets suggest what reads like an emergency, with the forms by their names', async () => {
  const { zendesk } = aZendesk(() => forms)
  expect(await emergencyMarks({ db: aDesk(), now: wednesday, mark, zendesk })).toEqual({
    mark,
    suggestions: [
      { mark: { by: 'form', value: '47', name: 'Emergency call' }, tickets: 1 },
      { mark: { by: 'tag', value: 'sev1' }, tickets: 1 },
      { mark: { by: 'priority', value: 'urgent' }, tickets: 1 },
    ],
    forms: [
      { value: '46', name: 'Support', tickets: 2 },
      { value: '47', name: 'Emergency call', tickets: 1 },
    ],
  })
})

test('where the list of forms may not be read, they are known by their numbers, and it is not asked for again at once', async () => {
  const db = aDesk()
  const { zendesk, asked } = aZendesk(failing('forbidden'))
  const found = await emergencyMarks({ db, now: wednesday, mark, zendesk })
  expect(found.forms.map(({ name }) => name)).toEqual([null, null])
  expect(found.suggestions.map(({ mark: { by } }) => by)).toEqual(['tag', 'priority'])
  await emergencyMarks({ db, now: wednesday + hourMs - 1, mark, zendesk })
  expect(asked()).toBe(1)
  await emergencyMarks({ db, now: wednesday + hourMs, mark, zendesk })
  expect(asked()).toBe(2)
})

test('what forms are called is still known when Zendesk is out of reach', async () => {
  const db = aDesk()
  const named = async (now: number, { zendesk }: Pick<MarksDesk, 'zendesk'>) =>
    (await emergencyMarks({ db, now, mark, zendesk })).forms.map(({ name }) => name)
  expect(await named(wednesday, aZendesk(failing('offline')))).toEqual([null, null])
  expect(
    await named(
      wednesday,
      aZendesk(() => forms),
    ),
  ).toEqual(['Support', 'Emergency call'])
  expect(await named(wednesday + 2 * hourMs, aZendesk(failing('offline')))).toEqual(['Support', 'Emergency call'])
  expect(await named(wednesday + 2 * hourMs, { zendesk: null })).toEqual(['Support', 'Emergency call'])
})

test('tickets without forms ask nobody for forms', async () => {
  const db = memoryDatabase()
  storeTicket(db, aSighting(), wednesday)
  const { zendesk, asked } = aZendesk(() => forms)
  expect((await emergencyMarks({ db, now: wednesday, mark, zendesk })).forms).toEqual([])
  expect(asked()).toBe(0)
})
