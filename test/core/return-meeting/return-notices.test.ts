import { expect, test } from 'vitest'
import { returnNotices } from '#core/return-meeting/return-notices.ts'
import { policyOf } from '#test/support/policy-of.ts'

test.each(['2025-04', '2026-08'])('the messages of %s name everybody, and leave nothing to fill in', (edition) => {
  const names = { account: 'Acme', aseName: 'Anna', coverNames: ['Ines', 'Ben'], sender: 'Ben' }
  const [contacts, team, ...more] = returnNotices(policyOf(edition).returning, names)
  expect(more).toEqual([])
  expect(contacts).toMatchObject({ to: 'Your contacts at Acme', subject: 'Anna is back' })
  expect(contacts?.text).toContain('Ines and Ben told Anna what happened meanwhile')
  expect(contacts?.text).toMatch(/\nBen$/)
  expect(team).toMatchObject({ to: 'The account team of Acme', subject: 'Acme: Anna is back' })
  expect(JSON.stringify([contacts, team])).not.toMatch(/\{\w+\}/)
})
