import { expect, test } from 'vitest'
import { takeSingleInstance } from '#main/desktop/single-instance.ts'
import { EmitterStandIn } from '#test/support/emitter-stand-in.ts'

test('the first start hears of later ones, with their words', () => {
  const app = Object.assign(new EmitterStandIn(), { requestSingleInstanceLock: () => true })
  const heard: (readonly string[])[] = []
  expect(takeSingleInstance(app, (argv) => void heard.push(argv))).toBe(true)
  app.fire('second-instance', {}, ['understudy', 'understudy://ticket/1'], '/home', {})
  expect(heard).toEqual([['understudy', 'understudy://ticket/1']])
})

test('a second start learns that it is one', () => {
  const app = Object.assign(new EmitterStandIn(), { requestSingleInstanceLock: () => false })
  expect(takeSingleInstance(app, () => undefined)).toBe(false)
  expect(app.fire('second-instance', {}, [])).toBe(false)
})
