import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeTemporaryFolder } from '#test/support/temporary-folder.ts'
import { typing } from '#test/support/typing.ts'

describe('guidance on a ticket of the sample', () => {
  const { folder, remove } = makeTemporaryFolder()
  afterAll(remove)
  const type = typing(folder)
  let emergency = 0
  beforeAll(async () => {
    await type(['sync', '--once', '--json'])
    const tickets = JSON.parse(await type(['tickets', '--json'])) as { id: number; subject: string; priority: string }[]
    emergency = tickets.find(({ priority }) => priority === 'urgent')?.id ?? 0
  }, 60_000)

  test('is printed with reason, source and numbered steps', async () => {
    const lines = (await type(['guidance', String(emergency)])).split('\n')
    expect(lines[0]).toBe(
      'The on-call engineer is the DRI. You need not take it over: have the account’s facts at hand.',
    )
    expect(lines[2]).toMatch(
      /^Dana Whitfield is next online .* \(Europe\/Berlin\), .* \(America\/Los_Angeles\); (no clock|the clock|in time)/,
    )
    expect(lines[3]).toMatch(/^Source: Handbook/)
    expect(lines).toContain('1. Open the emergency brief')
    expect(lines.find((line) => line.startsWith('   @dwhitfield emergency from Cascadia Freight'))).toBeDefined()
  })

  test('is printed for scripts, for another role and at another time', async () => {
    const ask = async (...more: string[]) =>
      JSON.parse(await type(['guidance', `#${emergency}`, '--json', ...more])) as Record<string, unknown>
    expect(await ask()).toMatchObject({
      ticket_id: emergency,
      role: 'cover',
      situation: 'emergency-covering',
      ase: { name: 'Dana Whitfield', slack_handle: '@dwhitfield', state: 'away' },
      cover: { name: 'Jonas Feldkamp' },
      cell: { emergency: 'yes', covered: 'yes' },
      steps: [{ id: 'brief', kind: 'brief' }, { id: 'ping-ase', kind: 'copy' }, { id: 'capture' }],
    })
    expect(await ask('--as', 'on-call')).toMatchObject({ role: 'on-call', situation: 'emergency-on-call-covered' })
    expect(await ask('--as', 'on-call', '--at', '2040-01-04T20:00Z')).toMatchObject({
      situation: 'emergency-on-call',
      cover: null,
      ase: { state: 'here', online_at: '2040-01-04T20:00:00.000Z' },
      at: '2040-01-04T20:00:00.000Z',
    })
  })

  test.each<[string[], string]>([
    [[], 'Name the ticket, like 712004.'],
    [['x'], '"x" is no ticket number.'],
    [['1', '--as', 'boss'], '--as is one of cover, ase, on-call, other, not "boss".'],
    [['1', '--at', '2026-11-24T17:00'], '--at is a time with its zone, like 2026-11-24T17:00Z'],
    [['1', '--at', '2026-13-24T17:00Z'], '--at is a time with its zone'],
    [['1'], 'Ticket 1 is not stored here.'],
  ])('%j is a mistake that says what is wrong', async (argv, words) => {
    await expect(type(['guidance', ...argv])).rejects.toThrow(words)
  })
})
