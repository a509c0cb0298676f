import { expect, test } from 'vitest'
import { typingConnected } from '#test/support/typing.ts'

test('shifts are listed with whether they need a swap, as a table and as JSON', async () => {
  const { type, meId } = await typingConnected()
  expect(JSON.parse(await type(['on-call', '--json']))).toEqual([])
  const shift = { startsAt: '2027-01-04T09:00', endsAt: '2027-01-11T09:00', title: 'On call EMEA' }
  await type(['call', 'onCall.add', '--json', JSON.stringify(shift)])
  expect(JSON.parse(await type(['on-call', '--json']))).toEqual([
    {
      id: expect.any(String) as string,
      person_id: meId,
      person: expect.any(String) as string,
      mine: true,
      starts_at: expect.stringMatching(/^2027-01-0[34]T.*Z$/) as string,
      ends_at: expect.stringMatching(/^2027-01-1[01]T.*Z$/) as string,
      title: 'On call EMEA',
      calendar: null,
      replacement: null,
      swap: null,
    },
  ])
  await expect(type(['on-call', 'now'])).rejects.toMatchObject({ kind: 'usage' })
  expect(await type(['on-call'])).toMatch(/^From +Until +Engineer +Swap +Title\n.+ - +On call EMEA\n$/)
}, 30_000)
