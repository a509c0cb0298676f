import { describe, expect, test } from 'vitest'
import { readStartOptions } from '#scripts/start-options.mjs'

describe('the options of npm start', () => {
  test('leave the choice of the door open when none is named', () => {
    expect(optionsOf('--sample')).toMatchObject({ door: undefined, web: ['--sample'], desktop: ['--sample'] })
  })

  test('mean the browser when they only make sense there', () => {
    expect(optionsOf('--port', '8123')).toMatchObject({ door: 'web', web: ['--port', '8123'] })
    expect(optionsOf('--no-open')).toMatchObject({ door: 'web', web: ['--no-open'] })
  })

  test.each([
    [['--wbe'], `'--wbe'`],
    [['extra'], `'extra'`],
    [['--port'], '--port'],
    [['--port', 'eighty'], '"eighty"'],
    [['--port', '65536'], '"65536"'],
    [['--data-dir='], '--data-dir'],
    [['--web', '--desktop'], '--web and --desktop'],
    [['--desktop', '--no-open'], '--no-open'],
  ])('name what is wrong with %j', (args, named) => {
    const read = readStartOptions(args)
    expect(read.ok ? '' : read.reason).toContain(named)
  })
})

function optionsOf(...args: string[]): object {
  const read = readStartOptions(args)
  return read.ok ? read.options : {}
}
