import { expect, test } from 'vitest'
import { render, screen } from '@testing-library/react'
import { createMemoryHistory } from '@tanstack/react-router'
import type { Door } from '#renderer/api/door.ts'
import { App } from '#renderer/app/app.tsx'
import { createAppWindow } from '#renderer/app/app-window.ts'

test('a window without a token says which address to open', async () => {
  openOn({ retries: true, open: (listener) => (listener({ kind: 'closed', refused: true }), () => {}) })
  expect(await screen.findByText('This window may not talk to Understudy')).toBeTruthy()
  expect(await screen.findByText('npm start')).toBeTruthy()
})

test('a window that waits for its first connection says so', async () => {
  openOn({ retries: false, open: () => () => {} })
  expect((await screen.findByRole('status')).textContent).toBe('Connecting to Understudy on this machine…')
})

function openOn(door: Door): void {
  const appWindow = createAppWindow({
    door,
    history: createMemoryHistory(),
    notifications: {
      permission: () => 'unavailable',
      request: () => Promise.resolve('unavailable'),
      subscribe: () => () => {},
      show: () => {},
      close: () => {},
    },
    draftStorage: () => sessionStorage,
    delay: (_ms, run) => {
      queueMicrotask(run)
      return () => {}
    },
  })
  appWindow.start()
  render(<App appWindow={appWindow} />)
}
