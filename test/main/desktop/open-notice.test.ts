import { expect, test } from 'vitest'
import { openNotice } from '#main/desktop/open-notice.ts'
import type { Service } from '#service/service.ts'

async function opened(tag: string): Promise<unknown[]> {
  const did: unknown[] = []
  const rows = [
    { id: 7, ticketId: 12 },
    { id: 5, ticketId: null },
  ]
  const client = {
    alerts: {
      list: async ({ beforeId }: { beforeId: number }) => ({
        alerts: rows.filter(({ id }) => id < beforeId).slice(0, 1),
      }),
      markOpened: async ({ id }: { id: number }) => void did.push(`opened ${id}`),
    },
  }
  // The other procedures and fields are not asked for here.
  await openNotice(
    client as unknown as Service['client'],
    { openTicket: (id) => void did.push(`ticket ${id}`), openAlerts: () => void did.push('alerts') },
    tag,
  )
  return did
}

test('an alert of an earlier run leads to its ticket and counts as opened', async () => {
  expect(await opened('alert-7')).toEqual(['ticket 12', 'opened 7'])
})

test('what is about no ticket leads to the alerts', async () => {
  expect(await opened('alert-5')).toEqual(['alerts', 'opened 5'])
})

test('a list, and an alert that is not there any more, lead to the alerts', async () => {
  expect(await opened('alerts-5')).toEqual(['alerts'])
  expect(await opened('alert-6')).toEqual(['alerts'])
  expect(await opened('alert-test')).toEqual(['alerts'])
})
