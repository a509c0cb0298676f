import { expect, test } from 'vitest'
import { runningService } from '#test/support/running-service.ts'

test('the sample shows six weeks with a gap, a shift to swap, requests of mine and a plan that asks for too much', async () => {
  const { service } = await runningService()
  const { coverage, plans } = service.client
  const { weeks, lanes } = await coverage.ribbon({})
  const spans = lanes.flatMap((lane) => lane.spans)
  expect(weeks).toHaveLength(6)
  expect(spans.filter(({ kind }) => kind === 'gap')).toHaveLength(1)
  expect(spans.filter(({ kind }) => kind === 'shift-to-swap')).toHaveLength(1)
  const asked = spans.filter(({ kind, mine }) => kind === 'asked' && mine)
  expect(asked).toHaveLength(3)

  const most = (await plans.list({})).plans.find(({ askedOfMe }) => askedOfMe === 2)
  const { entries } = await plans.get({ planId: most?.id ?? '' })
  const windows = entries.filter((one) => one.mine && one.request.state === 'asked')
  const { collisions } = await plans.whatIf({
    windows: windows.map(({ accountId, startsAt, endsAt }) => ({ accountId, startsAt, endsAt })),
  })
  expect(collisions.map(({ kind }) => kind)).toContain('impossible')
})

test('the load of today, of this week and of any other is told, and a week that does not exist is not', async () => {
  const { service } = await runningService()
  const { coverage, workload } = service.client
  const today = await workload.day({})
  expect(today).toMatchObject({
    coveredAccounts: [{ name: 'Cascadia Freight' }, { name: 'Meridian Health' }],
    share: 0.5,
  })
  expect(await workload.day({ day: today.day })).toEqual(today)
  expect((await workload.week({ week: '2026-W53' })).week).toBe('2026-W53')
  await expect(workload.week({ week: '2025-W53' })).rejects.toThrow('2025-W53 is no week of that year')
  await expect(coverage.ribbon({ week: '2025-W53' })).rejects.toThrow('2025-W53 is no week of that year')
  await expect(workload.day({ day: '2026-02-30' })).rejects.toThrow()
})
