import { expect, test } from 'vitest'
import { readCursor } from '#service/db/cursors.ts'
import { organizationJobs } from '#service/sync/read-organizations.ts'
import { dayMs, hourMs, wednesday } from '#test/support/work-values.ts'
import { runDue, zendeskSetting } from '#test/support/zendesk-setting.ts'

test('an account’s org note, name and fields are stored, and when that was', async () => {
  const { db, sync, roster } = zendeskSetting({
    organization: async (id) => ({
      ...{ id, name: `Renamed ${id}`, notes: 'Ask Anna.', tags: ['vip'], updatedAt: 5 },
      fields: { region: 'EMEA' },
    }),
  })
  await runDue(() => organizationJobs(sync, roster()), sync.now)
  expect(
    db.prepare('SELECT name, org_note, tags, org_fields, org_updated_at FROM accounts WHERE id = 1').get(),
  ).toEqual({
    ...{ name: 'Renamed 1', org_note: 'Ask Anna.', tags: '["vip"]', org_fields: '{"region":"EMEA"}' },
    org_updated_at: 5,
  })
  expect(readCursor(db, 'zendesk', 'organization-record:1')).toMatchObject({ watermark: 5, completedAt: wednesday })
})

test('it is read once a day, and for a person who asks once an hour at most', async () => {
  const { sync, state, roster } = zendeskSetting()
  const job = () => organizationJobs(sync, roster()).find(({ scope }) => scope.endsWith(':1'))
  expect(job()).toMatchObject({ dueAt: 0, onDemand: true })
  await job()?.run()
  expect(job()).toMatchObject({ dueAt: wednesday + dayMs, onDemand: false })
  state.now += hourMs
  expect(job()).toMatchObject({ dueAt: wednesday + dayMs, onDemand: true })
})

test('nothing is stored of an account that was taken off the list while it was read', async () => {
  const { db, sync, roster } = zendeskSetting()
  const [job] = organizationJobs(sync, roster())
  db.prepare('DELETE FROM coverages').run()
  db.prepare('DELETE FROM accounts WHERE id = 1').run()
  await expect(job?.run()).rejects.toMatchObject({ kind: 'not-found' })
  expect(readCursor(db, 'zendesk', 'organization-record:1').completedAt).toBeNull()
})
