import { expect, test } from 'vitest'
import { typing, typingConnected } from '#test/support/typing.ts'

test('hours and days off are set as they are written, and listed so', async () => {
  const { type, meId } = await typingConnected()
  const given = ['--hours', 'Mon-Thu 08:30-17:00, Sat 22:00-06:00', '--days-off', '2026-12-25,2026-12-24']
  expect(await type(['people', 'change', '--person', 'me', ...given])).toMatch(
    / works Mon-Thu 08:30-17:00, Sat 22:00-06:00\.\n$/,
  )
  const changed = JSON.parse(
    await type(['people', 'change', '--person', String(meId), '--slack', '@me', '--region', 'EMEA', '--json']),
  ) as object
  expect(changed).toMatchObject({
    id: meId,
    me: true,
    working_hours: 'Mon-Thu 08:30-17:00, Sat 22:00-06:00',
    days_off: ['2026-12-24', '2026-12-25'],
    slack_handle: '@me',
    region: 'EMEA',
    next_available_at: expect.stringMatching(/Z$/) as string,
  })
  // Asked within those hours, they are at work now, and now is another instant each time.
  const next_available_at = expect.any(String) as string
  expect(JSON.parse(await type(['people', '--json']))).toEqual([{ ...changed, next_available_at }])
  expect(await type(['people'])).toMatch(/Hours\n\d+ +\S.* Mon-Thu 08:30-17:00, Sat 22:00-06:00\n$/)
  const emptied = ['--hours', 'none', '--days-off', 'none', '--slack', 'none', '--json']
  expect(JSON.parse(await type(['people', 'change', '--person', 'me', ...emptied]))).toMatchObject({
    working_hours: '',
    days_off: [],
    slack_handle: null,
    next_available_at: null,
  })
}, 30_000)

test.each<[string[], string]>([
  [['people', 'chnge'], 'There is no “people chnge”. There are: list, change.'],
  [['people', 'change', '--hours', 'none'], '--person is missing.'],
  [['people', 'change', '--person', 'me'], 'Nothing is to be changed. Write --hours, --days-off, --region or --slack.'],
  [['people', 'change', '--person', 'me', '--hours', '9-5'], '--hours is written like “Mon-Fri 09:00-17:00'],
])('%j is a mistake that says how it is written', async (argv, words) => {
  await expect(typing()(argv)).rejects.toMatchObject({
    kind: 'usage',
    message: expect.stringContaining(words) as string,
  })
})

test('the people of the sample are listed and not changed', async () => {
  const type = typing()
  await type(['sync', '--once', '--json'])
  expect(JSON.parse(await type(['people', '--json']))).toContainEqual(expect.objectContaining({ me: true }))
  await expect(type(['people', 'change', '--person', 'me', '--region', 'EMEA'])).rejects.toThrow(
    'The people of the sample',
  )
}, 60_000)
