import type { Session } from 'electron'
import { expect, test } from 'vitest'
import { guardPermissions, isPermitted } from '#main/desktop/security/permissions.ts'

type Handlers = { [Name in keyof GuardedSession]: Parameters<GuardedSession[Name]>[0] }
type GuardedSession = Pick<
  Session,
  | 'setPermissionRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setDevicePermissionHandler'
  | 'setDisplayMediaRequestHandler'
>

function guarded(): Partial<Handlers> {
  const handlers: Partial<Handlers> = {}
  const session = {
    setPermissionRequestHandler: (handler) => void (handlers.setPermissionRequestHandler = handler),
    setPermissionCheckHandler: (handler) => void (handlers.setPermissionCheckHandler = handler),
    setDevicePermissionHandler: (handler) => void (handlers.setDevicePermissionHandler = handler),
    setDisplayMediaRequestHandler: (handler) => void (handlers.setDisplayMediaRequestHandler = handler),
  } satisfies GuardedSession
  guardPermissions(session)
  return handlers
}

test('only our own page may have a permission, and only notifications', () => {
  expect(isPermitted('notifications', 'app://understudy/index.html')).toBe(true)
  expect(isPermitted('notifications', 'https://evil.example/')).toBe(false)
  for (const permission of ['geolocation', 'media', 'clipboard-read', 'openExternal', 'fileSystem', 'usb', 'unknown']) {
    expect(isPermitted(permission, 'app://understudy/index.html')).toBe(false)
  }
})

test('silent checks are answered like requests', () => {
  const check = guarded().setPermissionCheckHandler
  const details = { isMainFrame: true, requestingUrl: '' }
  expect(check?.(null, 'notifications', 'app://understudy/', details)).toBe(true)
  expect(check?.(null, 'notifications', 'https://evil.example/', details)).toBe(false)
  expect(check?.(null, 'midi', 'app://understudy/', details)).toBe(false)
})

test('every kind of question has a handler', () => {
  expect(Object.keys(guarded()).toSorted()).toEqual([
    'setDevicePermissionHandler',
    'setDisplayMediaRequestHandler',
    'setPermissionCheckHandler',
    'setPermissionRequestHandler',
  ])
})

test('no device and no screen is given to anyone', () => {
  const handlers = guarded()
  // What is asked for does not matter, so it is left out.
  expect(handlers.setDevicePermissionHandler?.({} as never)).toBe(false)
  const given: unknown[] = []
  handlers.setDisplayMediaRequestHandler?.({} as never, (streams) => void given.push(streams))
  expect(given).toEqual([null])
})

test('a request is answered by whose page asks', () => {
  const answers: boolean[] = []
  const request = guarded().setPermissionRequestHandler
  for (const requestingUrl of ['app://understudy/', 'https://evil.example/']) {
    request?.({} as never, 'notifications', (granted) => void answers.push(granted), {
      isMainFrame: true,
      requestingUrl,
    })
  }
  expect(answers).toEqual([true, false])
})
