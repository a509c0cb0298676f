import fc from 'fast-check'
import { expect, test } from 'vitest'
import { branchName } from '#core/outbox/branch-name.ts'

test('the same order gets the same name, another content, file or project another one', () => {
  const name = branchName(12, 'organizations/Acme & Co.yaml', 'a')
  expect(name).toMatch(/^understudy\/acme-co-yaml-[a-z0-9]{14}$/)
  expect(branchName(12, 'organizations/Acme & Co.yaml', 'a')).toBe(name)
  const others = [
    branchName(12, 'organizations/Acme & Co.yaml', 'b'),
    branchName(12, 'other/Acme & Co.yaml', 'a'),
    branchName(13, 'organizations/Acme & Co.yaml', 'a'),
  ]
  expect(new Set([name, ...others]).size).toBe(4)
})

test('it is a name that Git takes, whatever the file is called', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (path, content) => {
      expect(branchName(1, path, content)).toMatch(/^understudy\/[a-z0-9]+(-[a-z0-9]+)*$/)
    }),
  )
})
