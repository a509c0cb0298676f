import { expect, test } from 'vitest'
import { guardSignInSession, signInSession } from '#main/desktop/security/sign-in-session.ts'
import { EmitterStandIn } from '#test/support/emitter-stand-in.ts'

test('the sign-in has storage of its own, which lasts and has no cache on disk', () => {
  const asked: unknown[][] = []
  const partition = {}
  const session = {
    fromPartition: (...given: unknown[]) => {
      asked.push(given)
      return partition as never
    },
  }
  expect(signInSession(session)).toBe(partition)
  expect(asked).toEqual([['persist:zendesk-sign-in', { cache: false }]])
})

test('its pages get no permission, not even one that our own page has, and no download', () => {
  const handlers: Record<string, (...details: unknown[]) => unknown> = {}
  const keep = (name: string) => (handler: (...details: unknown[]) => unknown) => void (handlers[name] = handler)
  const session = Object.assign(new EmitterStandIn(), {
    setPermissionRequestHandler: keep('request'),
    setPermissionCheckHandler: keep('check'),
    setDevicePermissionHandler: keep('device'),
    setDisplayMediaRequestHandler: keep('display'),
  })
  // Six of the hundred functions of a session.
  guardSignInSession(session as never)

  const granted: unknown[] = []
  for (const requestingUrl of ['https://acme.zendesk.com/', 'app://understudy/index.html']) {
    handlers['request']?.({}, 'notifications', (answer: unknown) => void granted.push(answer), { requestingUrl })
    granted.push(handlers['check']?.(null, 'notifications', requestingUrl, {}))
  }
  granted.push(handlers['device']?.({}))
  expect(granted).toEqual([false, false, false, false, false])
  handlers['display']?.({}, (streams: unknown) => expect(streams).toBeNull())

  let cancelled = false
  session.fire('will-download', { preventDefault: () => (cancelled = true) })
  expect(cancelled).toBe(true)
})
