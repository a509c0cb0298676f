import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createFileLog, createLog } from '#service/log/log.ts'
import { temporaryFolder } from '#test/support/temporary-folder.ts'

const canary = 'canary/"8c1f\\+=é'

function written(write: (log: ReturnType<typeof createLog>) => void): string {
  let text = ''
  const log = createLog({ write: (line) => void (text += line) }, 'debug')
  write(log)
  return text
}

test('a line is one JSON object with time, level, fields and message', () => {
  const line: unknown = JSON.parse(written((log) => log.info({ tickets: 3 }, 'synced')))
  expect(line).toMatchObject({ level: 'info', tickets: 3, msg: 'synced', time: expect.stringMatching(/^\d{4}-.*Z$/) })
})

test('fields that are called like a secret are hidden at any depth', () => {
  const text = written((log) =>
    log.warn(
      {
        headers: { Authorization: 'Basic aaaabbbb', 'PRIVATE-TOKEN': 'p', 'set-cookie': ['c=1'], accept: 'json' },
        list: [{ deep: { refreshToken: 'r', password: 'w', apiKey: 'k' } }],
        map: new Map([['client_secret', 's']]),
        web: new Headers({ cookie: 'session' }),
      },
      'sent',
    ),
  )
  expect(JSON.parse(text)).toMatchObject({
    headers: { Authorization: '[hidden]', 'PRIVATE-TOKEN': '[hidden]', 'set-cookie': '[hidden]', accept: 'json' },
    list: [{ deep: { refreshToken: '[hidden]', password: '[hidden]', apiKey: '[hidden]' } }],
    map: { client_secret: '[hidden]' },
    web: { cookie: '[hidden]' },
  })
})

test('a known secret appears nowhere, in whatever form it is written', () => {
  const text = written((log) => {
    log.hide(canary)
    const cause = new Error(`because of ${canary}`)
    const error = Object.assign(new Error(`refused ${canary}`, { cause }), {
      config: { url: `https://x/?t=${encodeURIComponent(canary)}` },
    })
    log.error({ err: error, [`key ${canary}`]: 1, body: JSON.stringify({ t: canary }) }, `with ${canary}`)
    log.info({ bytes: Buffer.from(canary).toString('base64'), nested: { list: [canary] } }, 'again')
  })
  for (const form of [
    canary,
    JSON.stringify(canary).slice(1, -1),
    encodeURIComponent(canary),
    Buffer.from(canary).toString('base64'),
    '8c1f',
  ]) {
    expect(text).not.toContain(form)
  }
  expect(
    text
      .trim()
      .split('\n')
      .map((line) => typeof JSON.parse(line)),
  ).toEqual(['object', 'object'])
})

test('credentials nobody told of are known by their form', () => {
  const text = written((log) =>
    log.info(
      { a: 'authorization was Bearer abcdef123456', b: 'bearer.QWERTYuiop1234', c: 'http://127.0.0.1:1/#token=zyxwvu' },
      'glpat-AbCdEfGhIjKlMnOpQrSt',
    ),
  )
  for (const secret of ['abcdef123456', 'QWERTYuiop1234', 'zyxwvu', 'AbCdEfGhIjKlMnOpQrSt']) {
    expect(text).not.toContain(secret)
  }
})

test('errors are written with their stack, circles and all', () => {
  const error: Error & { self?: unknown } = new TypeError('broken')
  error.self = error
  const line = JSON.parse(written((log) => log.error({ err: error }, 'failed'))) as { err: object }
  expect(line.err).toMatchObject({
    name: 'TypeError',
    message: 'broken',
    stack: expect.stringContaining('broken'),
    self: '[…]',
  })
})

test('the file is this user’s alone and never grows past two files', () => {
  const folder = temporaryFolder()
  const log = createFileLog(folder)
  const filling = 'x'.repeat(700_000)
  for (let line = 0; line < 20; line += 1) log.info({ line, filling }, 'fill')
  expect(readdirSync(folder).toSorted()).toEqual(['understudy.1.log', 'understudy.log'])
  for (const name of readdirSync(folder)) {
    const { size, mode } = statSync(join(folder, name))
    expect(size).toBeLessThanOrEqual(5 * 1024 * 1024)
    expect(mode & 0o777).toBe(0o600)
  }
  const last = readFileSync(join(folder, 'understudy.log'), 'utf8').trim().split('\n').at(-1) ?? ''
  expect(JSON.parse(last)).toMatchObject({ line: 19 })
})

test('a log that cannot be written stops nobody', () => {
  const log = createFileLog(join(temporaryFolder(), 'not', 'there'))
  expect(() => log.info({}, 'nobody hears this')).not.toThrow()
})
