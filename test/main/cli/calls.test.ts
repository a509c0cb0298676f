import { expect, test } from 'vitest'
import { typing } from '#test/support/typing.ts'

test('calls of the sample are a draft, a filed one and those of issues: open action items are listed, overdue ones first and marked', async () => {
  const type = typing()
  await type(['sync', '--sample'])
  const { calls, open_actions: actions } = JSON.parse(await type(['calls', '--sample', '--json'])) as {
    calls: object[]
    open_actions: {
      overdue: boolean
      due_on: string | null
      dri: string | null
      url: string | null
      organization_id: number
    }[]
  }
  expect(calls).toMatchObject([{ state: 'draft' }, { state: 'filed' }])
  const overdue = actions.filter((action) => action.overdue)
  expect(overdue.length).toBeGreaterThan(0)
  expect(actions.slice(0, overdue.length)).toEqual(overdue)
  const ofIssue = overdue.find(({ url }) => url !== null)
  expect(ofIssue).toMatchObject({
    dri: expect.any(String) as string,
    url: expect.stringMatching(/^https?:/) as string,
  })
  const table = await type(['calls', '--sample', '--account', String(ofIssue?.organization_id)])
  expect(table).toMatch(
    /^DAY +STATE +ACCOUNT +CALL\n[^]*\n\nDUE +OVERDUE +DRI +ACCOUNT +ACTION ITEM\n\d{4}-\d{2}-\d{2} +yes/,
  )
}, 60_000)

test('an account is named by its number', async () => {
  await expect(typing()(['calls', '--account', 'acme'])).rejects.toMatchObject({ kind: 'usage' })
})
