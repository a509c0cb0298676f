import { expect, test } from 'vitest'
import { nodeTooOld } from '#scripts/node-version.mjs'

test('a Node that is too old is told what to do', () => {
  expect(nodeTooOld('18.20.4')).toContain('Node 20 or newer')
})

test.each(['20.0.0', '24.21.0', '100.0.0'])('Node %s is new enough', (version) => {
  expect(nodeTooOld(version)).toBeUndefined()
})
