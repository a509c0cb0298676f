import { beforeEach, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { screen } from '@testing-library/react'
import type { OutboxEntry } from '#contract/outbox.ts'
import { anEntry } from '../support/connection-fixtures.ts'
import { now } from '../support/fixtures.ts'
import { openWindow } from '../support/open-window.tsx'

beforeEach(() => page.viewport(1280, 800))

const waiting = (id: number) => anEntry({ id })
const failed = (id: number) => anEntry({ id, state: 'failed' })

test.each<[OutboxEntry[], string]>([
  [[waiting(1)], '1 change waiting'],
  [[waiting(2), waiting(1)], '2 changes waiting'],
  [[failed(1)], '1 change needs you'],
  [[failed(3), failed(2), waiting(1)], '2 changes need you · 1 waiting'],
])('the status bar counts changes, and leads to them (%#)', async (outbox, words) => {
  const { path } = await openWindow({ outbox })
  await userEvent.click(await screen.findByRole('link', { name: words }))
  await expect.poll(path).toBe('/changes')
})

test('settled changes are not counted, and one that comes is counted at once', async () => {
  const { standIn } = await openWindow({ outbox: [anEntry({ state: 'verified', settledAt: now })] })
  await screen.findByRole('grid')
  expect(screen.queryByRole('link', { name: /change/ })).toBeNull()
  standIn.state.outbox = [failed(1)]
  standIn.publish('outbox')
  expect(await screen.findByRole('link', { name: '1 change needs you' })).toBeTruthy()
})
