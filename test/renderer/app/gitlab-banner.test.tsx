import { beforeEach, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { screen, within } from '@testing-library/react'
import type { GitlabConnection } from '#contract/gitlab-connection.ts'
import { aGitlabConnection, aZendeskConnection, someConnections } from '../support/connection-fixtures.ts'
import { aStatus } from '../support/fixtures.ts'
import { openWindow } from '../support/open-window.tsx'

beforeEach(() => page.viewport(1280, 800))

const withGitlab = (changes: Partial<GitlabConnection>) => ({
  status: aStatus({ workspace: 'real' }),
  connections: someConnections({ zendesk: aZendeskConnection(), gitlab: aGitlabConnection(changes) }),
})

test('a GitLab that answers says nothing', async () => {
  await openWindow(withGitlab({}))
  await screen.findByRole('grid')
  expect(screen.queryByText(/GitLab/)).toBeNull()
})

test('a sign-in that ended is said on every screen and leads to Connections', async () => {
  const { path } = await openWindow(withGitlab({ state: 'sign-in-needed' }))
  const banner = await screen.findByRole('alert')
  expect(banner.textContent).toContain('GitLab needs you to sign in again. Issues that are stored stay readable.')
  await userEvent.click(within(banner).getByRole('link', { name: 'Connections' }))
  await expect.poll(path).toBe('/settings/connections')
})

test('a GitLab that cannot be reached, and a token that ends soon, are said more quietly', async () => {
  const { standIn } = await openWindow(withGitlab({ state: 'unreachable' }))
  expect(await screen.findByText('GitLab cannot be reached.')).toBeTruthy()
  standIn.state.connections = withGitlab({ warning: 'Your GitLab token ends in 9 days.' }).connections
  standIn.publish('connections')
  expect(await screen.findByText(/Your GitLab token ends in 9 days\./)).toBeTruthy()
  expect(screen.queryByRole('alert')).toBeNull()
})
