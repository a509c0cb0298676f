import type { NotificationConstructorOptions } from 'electron'
import { describe, expect, test } from 'vitest'
import { placeOfLink } from '#main/desktop/deep-link.ts'
import { createNotifier } from '#main/desktop/notifier.ts'
import type { Notice, NoticeHandlers } from '#service/ports.ts'
import { EmitterStandIn } from '#test/support/emitter-stand-in.ts'
import { createSilentLog } from '#test/support/silent-log.ts'

interface Machine {
  readonly supported?: boolean
  readonly platform?: NodeJS.Platform
  readonly takesLinks?: boolean
  /** What an earlier run left in the Notification Center. */
  readonly left?: readonly string[]
}

function notifierOnStandIn({ supported = true, platform = 'linux', takesLinks = true, left = [] }: Machine = {}) {
  const made: NotificationStandIn[] = []
  const removed: string[] = []
  class NotificationStandIn extends EmitterStandIn {
    static isSupported = () => supported
    static remove = (id: string) => void removed.push(id)
    static getHistory = async () => history
    state = 'made'
    readonly options: NotificationConstructorOptions
    readonly id: string
    constructor(options: NotificationConstructorOptions) {
      super()
      this.options = options
      this.id = options.id ?? ''
      made.push(this)
    }
    show = () => void (this.state = 'shown')
    close = () => void (this.state = 'closed')
  }
  const history = left.map((id) => new NotificationStandIn({ id }))
  made.length = 0
  const log = createSilentLog()
  const notifier = createNotifier({ Notification: NotificationStandIn as never }, { platform, takesLinks }, log)
  const did: string[] = []
  const handlersOf = (tag: string): NoticeHandlers => ({
    onOpen: () => void did.push(`open ${tag}`),
    onAction: (id) => void did.push(`${id} ${tag}`),
  })
  const show = (changes: Partial<Notice> = {}) => {
    const shown = { ...notice, ...changes }
    notifier.show(shown, handlersOf(shown.tag))
  }
  return { notifier, made, removed, history, log, did, show }
}

const notice: Notice = {
  tag: 'alert-1',
  title: 'Acme: new ticket #12',
  body: 'Cannot push',
  urgent: false,
  actions: [
    { id: 'snooze', words: 'Snooze 1 h' },
    { id: 'dismiss', words: 'Dismiss' },
  ],
}

describe('a notice', () => {
  test('is shown with its words and buttons under its tag', () => {
    const { made, show } = notifierOnStandIn()
    show()
    expect(made.map(({ options, state }) => ({ options, state }))).toEqual([
      {
        options: {
          id: 'alert-1',
          title: 'Acme: new ticket #12',
          body: 'Cannot push',
          actions: [
            { type: 'button', text: 'Snooze 1 h' },
            { type: 'button', text: 'Dismiss' },
          ],
        },
        state: 'shown',
      },
    ])
  })

  test('that is urgent stays until it is looked at, where the system can', () => {
    const { made, show } = notifierOnStandIn()
    show({ urgent: true })
    expect(made[0]?.options).toMatchObject({ urgency: 'critical', timeoutType: 'never' })
  })

  test('opens with a click, and its buttons do what they say', () => {
    const { made, show, did } = notifierOnStandIn()
    show()
    show({ tag: 'alert-2' })
    made[1]?.fire('click', {})
    made[0]?.fire('action', { actionIndex: 1 })
    made[0]?.fire('action', { actionIndex: 7 })
    expect(did).toEqual(['open alert-2', 'dismiss alert-1'])
  })

  test('takes the place of an earlier one with its tag, and of no other', () => {
    const { made, show } = notifierOnStandIn()
    show()
    show({ tag: 'alert-2' })
    show({ body: 'Cannot pull' })
    expect(made.map(({ state }) => state)).toEqual(['closed', 'shown', 'shown'])
  })

  test('whose late close comes after its successor does not make that one forgotten', () => {
    const { made, show } = notifierOnStandIn()
    show()
    show()
    made[0]?.fire('close', { reason: 'userCanceled' })
    show()
    expect(made.map(({ state }) => state)).toEqual(['closed', 'closed', 'shown'])
  })

  test('is taken back, on macOS also one that an earlier run left', () => {
    const { notifier, made, show, removed } = notifierOnStandIn({ platform: 'darwin' })
    show()
    notifier.close('alert-1')
    notifier.close('alert-9')
    expect([made[0]?.state, removed]).toEqual(['closed', ['alert-1', 'alert-9']])
  })
})

describe('on Windows', () => {
  test('an installed app’s toast is made of links, which find it from the Action Center too', () => {
    const { notifier, made, show, did } = notifierOnStandIn({ platform: 'win32' })
    show()
    const links = [...(made[0]?.options.toastXml ?? '').matchAll(/understudy:[^"]+/g)].map(([link]) => link)
    expect(links).toHaveLength(3)
    const follow = (link: string | undefined) => {
      const place = placeOfLink([link ?? ''])
      return place?.kind === 'notice' && notifier.follow(place)
    }
    made[0]?.fire('close', { reason: 'timedOut' })
    expect(follow(links[1])).toBe(true)
    show()
    expect(follow(links[0])).toBe(true)
    expect(follow(links[0])).toBe(false)
    expect(did).toEqual(['snooze alert-1', 'open alert-1'])
  })

  test('a link that somebody made up presses no button', () => {
    const { notifier, show, did } = notifierOnStandIn({ platform: 'win32' })
    show()
    const button = { id: 'snooze', proof: 'abcdefghijklmnopqrstu_' }
    expect(notifier.follow({ kind: 'notice', tag: 'alert-1', button })).toBe(true)
    expect(did).toEqual(['open alert-1'])
  })

  test('an app that takes no links leaves the toast to Electron', () => {
    const { made, show } = notifierOnStandIn({ platform: 'win32', takesLinks: false })
    show()
    expect(made[0]?.options).not.toHaveProperty('toastXml')
  })
})

test('on macOS what an earlier run left in the Notification Center can be clicked', async () => {
  const { notifier, history } = notifierOnStandIn({ platform: 'darwin', left: ['alert-3'] })
  const opened: string[] = []
  await notifier.recall((tag) => void opened.push(tag))
  history[0]?.fire('click', {})
  expect(opened).toEqual(['alert-3'])
})

describe('whether the system lets notifications through', () => {
  test('is not known until one was shown or refused, and a refusal says what to do', () => {
    const { notifier, made, show, log } = notifierOnStandIn({ platform: 'darwin' })
    expect(notifier.state()).toEqual({ allowed: 'unknown', problem: null })
    show()
    made[0]?.fire('failed', {}, 'no permission')
    expect(notifier.state()).toEqual({ allowed: 'no', problem: expect.stringContaining('System Settings') as string })
    expect(log.lines).toMatchObject([{ level: 'warn', fields: { reason: 'no permission' } }])
    show()
    made[1]?.fire('show', {})
    expect(notifier.state()).toEqual({ allowed: 'yes', problem: null })
  })

  test('a system without notifications says so, and alerts wait for a window', () => {
    expect(notifierOnStandIn().notifier.native).toBe(true)
    const { notifier } = notifierOnStandIn({ supported: false })
    expect([notifier.native, notifier.state().allowed]).toEqual([false, 'no'])
    expect(notifier.state().problem).toContain('No program of this desktop shows notifications')
  })
})
