import { expect, test } from 'vitest'
import { anIcs } from '#test/support/ics.ts'
import { loopbackServer } from '#test/support/loopback-server.ts'
import { typing, typingConnected } from '#test/support/typing.ts'

const stamp = (days: number) => new Date(Date.now() + days * 24 * 3_600_000).toISOString().replaceAll(/[-:]|\.\d+/g, '')

test('a feed is added by an address from standard input, and listed without it', async () => {
  const { type, meId } = await typingConnected()
  const server = await loopbackServer((_, response) =>
    response.end(
      anIcs(
        [
          ['UID:a', 'SUMMARY:On Call - EMEA', `DTSTART:${stamp(2)}`, 'DURATION:PT12H'],
          ['UID:b', 'SUMMARY:Dinner', `DTSTART:${stamp(2)}`, 'DURATION:PT1H'],
        ],
        { name: 'Nights' },
      ),
    ),
  )
  const address = `${server.url}/canary/private.ics`
  const add = ['calendars', 'add', '--url-stdin', '--person', 'me', '--purpose']
  expect(await type([...add, 'on-call'], address)).toBe('Nights is read: 1 event counts.\n')
  const listed = await type(['calendars', '--json'])
  expect(JSON.parse(listed)).toMatchObject([
    { name: 'Nights', purpose: 'on-call', person_id: meId, titles: ['On Call - EMEA'], events: 1, problem: null },
  ])
  expect(await type(['calendars'])).toMatch(/Nights +on-call +\S.* 1 +.* -\n$/)
  expect(listed).not.toContain('canary')
  await expect(type([...add, 'absence'], address)).rejects.toThrow(
    'No events in this calendar look like absence. In it are: "On Call - EMEA", "Dinner". Name one with --title.',
  )
  expect(await type([...add, 'absence', '--title', 'Dinner', '--name', 'Mine'], address)).toBe(
    'Mine is read: 1 event counts.\n',
  )
  const before = server.requests.length
  await type([
    'call',
    'calendars.refresh',
    '--json',
    JSON.stringify({ calendarId: (JSON.parse(listed) as { id: string }[])[0]?.id }),
  ])
  expect(server.requests).toHaveLength(before + 1)
}, 30_000)

test.each<[string[], string]>([
  [['calendars', 'ad'], 'There is no “calendars ad”. There are: list, add.'],
  [['calendars', 'add'], '--purpose says what its events are.'],
  [['calendars', 'add', '--purpose', 'absence'], '--person is missing.'],
  [['calendars', 'add', '--purpose', 'absence', '--person', 'me'], '--url-stdin is missing.'],
  [['calendars', 'add', '--purpose', 'absence', '--person', 'me', '--url-stdin'], 'Standard input was empty.'],
])('%j is a mistake that says how it is written', async (argv, words) => {
  await expect(typing()(argv)).rejects.toMatchObject({
    kind: 'usage',
    message: expect.stringContaining(words) as string,
  })
})
