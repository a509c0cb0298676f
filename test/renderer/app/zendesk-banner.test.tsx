import { beforeEach, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { screen, within } from '@testing-library/react'
import { aZendeskConnection, someConnections } from '../support/connection-fixtures.ts'
import { aStatus } from '../support/fixtures.ts'
import { openWindow } from '../support/open-window.tsx'

beforeEach(() => page.viewport(1280, 800))

const real = { status: aStatus({ workspace: 'real' }) }

test('a sign-in that ended is said on every screen, comes by itself, and leads to Connections', async () => {
  const { standIn, path } = await openWindow({
    ...real,
    connections: someConnections({ zendesk: aZendeskConnection() }),
  })
  await screen.findByRole('grid')
  expect(screen.queryByRole('alert')).toBeNull()
  standIn.state.connections = someConnections({ zendesk: aZendeskConnection({ state: 'sign-in-needed' }) })
  standIn.publish('connections')
  const banner = await screen.findByRole('alert')
  expect(banner.textContent).toContain('Zendesk needs you to sign in again. What is stored stays readable.')
  expect(await screen.findByRole('grid')).toBeTruthy()
  await userEvent.click(within(banner).getByRole('link', { name: 'Connections' }))
  await expect.poll(path).toBe('/settings/connections')
})

test('a Zendesk that cannot be reached is said more quietly, and goes when it is back', async () => {
  const zendesk = aZendeskConnection({ state: 'unreachable' })
  const { standIn } = await openWindow({ ...real, connections: someConnections({ zendesk }) })
  expect(await screen.findByText('Zendesk cannot be reached.')).toBeTruthy()
  expect(screen.queryByRole('alert')).toBeNull()
  standIn.state.connections = someConnections({ zendesk: aZendeskConnection() })
  standIn.publish('connections')
  await expect.poll(() => screen.queryByText('Zendesk cannot be reached.')).toBeNull()
})

test('connections that cannot be read leave the screens alone', async () => {
  await openWindow({ failing: new Set(['connections.get', 'outbox.list']) })
  expect(await screen.findByRole('grid')).toBeTruthy()
  expect(screen.queryByRole('alert')).toBeNull()
})
