import { expect, test } from 'vitest'
import { describeOptions, readArguments, readWholeNumber, workspaceOptions } from '#service/doors/command-arguments.ts'

test('options and words are read with their types', () => {
  expect(readArguments(['tickets.get', '--sample', '--data-dir=/data'], workspaceOptions, 1)).toEqual({
    options: { sample: true, 'data-dir': '/data' },
    words: ['tickets.get'],
  })
})

test('an option whose value looks like an option asks for its value', () => {
  expect(() => readArguments(['--data-dir', '--sample'], workspaceOptions)).toThrow(
    '--data-dir needs a value. Write --data-dir DIR.',
  )
})

test('an unknown option names the ones there are', () => {
  expect(() => readArguments(['-x'], workspaceOptions)).toThrow('There is no option --x. The options are: --data-dir,')
})

test('whole numbers keep to their range', () => {
  expect(readWholeNumber('port', '0', 0, 9)).toBe(0)
  for (const text of ['', '10', '-1', '1.5', '1e1', ' 1', '0x1']) {
    expect(() => readWholeNumber('port', text, 0, 9)).toThrow(
      `--port is a whole number from 0 to 9, not ${JSON.stringify(text)}.`,
    )
  }
})

test('the help lists options one below the other', () => {
  expect(
    describeOptions({
      json: { type: 'boolean', help: 'as JSON' },
      to: { type: 'string', value: 'DIR', help: 'where to' },
    }),
  ).toBe('  --json    as JSON\n  --to DIR  where to')
})
