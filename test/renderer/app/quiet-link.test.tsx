import { beforeEach, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { screen, within } from '@testing-library/react'
import { hourMs, now } from '../support/fixtures.ts'
import { openWindow } from '../support/open-window.tsx'

beforeEach(() => page.viewport(1280, 800))

test('the status bar of every other screen says that alerts are held back, and leads to where that ends', async () => {
  const words = 'Alerts are paused until 14:20.'
  const { standIn, path } = await openWindow({ quiet: { reason: 'paused', until: now + hourMs, words, held: 1 } })
  const bar = within(screen.getByRole('contentinfo'))
  await userEvent.click(await bar.findByRole('link', { name: 'Alerts are paused until 14:20 · 1 waits' }))
  await expect.poll(path).toBe('/alerts')
  await userEvent.click(await screen.findByRole('button', { name: 'Go on' }))
  await expect.poll(() => standIn.state.quiet.reason).toBe('none')
  await userEvent.keyboard('gt')
  await screen.findByRole('grid')
  await expect.poll(() => bar.queryByRole('link', { name: /paused/ })).toBeNull()
})
