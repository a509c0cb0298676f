import type { NotificationConstructorOptions } from 'electron'
import { expect, test } from 'vitest'
import { createNotifier } from '#main/desktop/notifier.ts'
import { EmitterStandIn } from '#test/support/emitter-stand-in.ts'
import { createSilentLog } from '#test/support/silent-log.ts'

function notifierOnStandIn(supported = true) {
  const made: NotificationStandIn[] = []
  class NotificationStandIn extends EmitterStandIn {
    static isSupported = () => supported
    state = 'made'
    readonly options: NotificationConstructorOptions
    constructor(options: NotificationConstructorOptions) {
      super()
      this.options = options
      made.push(this)
    }
    show = () => void (this.state = 'shown')
    close = () => void (this.state = 'closed')
  }
  const log = createSilentLog()
  return { notifier: createNotifier({ Notification: NotificationStandIn as never }, log), made, log }
}

const notice = { tag: 'alert-1', title: 'Acme: new ticket #12', body: 'Cannot push' }

test('a notice is shown with its words under its tag', () => {
  const { notifier, made } = notifierOnStandIn()
  notifier.show(notice, () => undefined)
  expect(made.map(({ options, state }) => ({ options, state }))).toEqual([
    { options: { id: 'alert-1', title: 'Acme: new ticket #12', body: 'Cannot push' }, state: 'shown' },
  ])
})

test('a click opens what the notice is about', () => {
  const { notifier, made } = notifierOnStandIn()
  const opened: string[] = []
  notifier.show(notice, () => void opened.push('first'))
  notifier.show({ ...notice, tag: 'alert-2' }, () => void opened.push('second'))
  made[1]?.fire('click', {})
  expect(opened).toEqual(['second'])
})

test('a notice takes the place of an earlier one with its tag, and of no other', () => {
  const { notifier, made } = notifierOnStandIn()
  notifier.show(notice, () => undefined)
  notifier.show({ ...notice, tag: 'alert-2' }, () => undefined)
  notifier.show({ ...notice, body: 'Cannot pull' }, () => undefined)
  expect(made.map(({ state }) => state)).toEqual(['closed', 'shown', 'shown'])
})

test('the late close of a replaced notice does not forget its successor', () => {
  const { notifier, made } = notifierOnStandIn()
  notifier.show(notice, () => undefined)
  notifier.show(notice, () => undefined)
  made[0]?.fire('close', {})
  notifier.show(notice, () => undefined)
  expect(made.map(({ state }) => state)).toEqual(['closed', 'closed', 'shown'])
})

test('a notification that the system refuses is logged', () => {
  const { notifier, made, log } = notifierOnStandIn()
  notifier.show(notice, () => undefined)
  made[0]?.fire('failed', {}, 'no permission')
  expect(log.lines).toMatchObject([{ level: 'warn', fields: { reason: 'no permission' } }])
})

test('a system without notifications says so, and alerts wait for a window', () => {
  expect(notifierOnStandIn(true).notifier.native).toBe(true)
  expect(notifierOnStandIn(false).notifier.native).toBe(false)
})
