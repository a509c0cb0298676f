import { expect, test } from 'vitest'
import { isoInstant, printJsonList, printTable } from '#main/cli/print.ts'
import type { Terminal } from '#service/doors/run-command.ts'

function paper(): { terminal: Terminal; text: () => string } {
  let text = ''
  const terminal: Terminal = {
    print: async (more) => void (text += more),
    say: () => undefined,
    env: {},
    readInput: async () => '',
    untilStopped: async () => undefined,
  }
  return { terminal, text: () => text }
}

async function* each<Item>(items: readonly Item[]): AsyncGenerator<Item> {
  yield* items
}

test('a list is one JSON array, whatever its length', async () => {
  for (const items of [[], [{ a: 1 }], [{ a: 1 }, { b: '\n' }, null]]) {
    const { terminal, text } = paper()
    await printJsonList(terminal, each(items))
    expect(JSON.parse(text())).toEqual(items)
    expect(text().endsWith('\n')).toBe(true)
  }
})

test('a table keeps its columns and cuts what is too long', async () => {
  const { terminal, text } = paper()
  await printTable(
    terminal,
    [
      ['ID', 4],
      ['SUBJECT', 8],
    ],
    each([
      ['1', 'short'],
      ['22', 'much too long'],
    ]),
  )
  expect(text()).toBe('ID    SUBJECT\n1     short\n22    much to…\n')
})

test('what strangers wrote cannot command the terminal', async () => {
  const { terminal, text } = paper()
  await printTable(terminal, [['SUBJECT', 40]], each([['\u001b]0;evil\u0007 a\u009b2Jb \u202egpj.exe\r\n']]))
  expect(text()).toBe('SUBJECT\n ]0;evil  a 2Jb  gpj.exe  \n')
})

test('instants are ISO 8601 in UTC', () => {
  expect(isoInstant(Date.UTC(2026, 10, 21))).toBe('2026-11-21T00:00:00.000Z')
  expect(isoInstant(null)).toBeNull()
})
