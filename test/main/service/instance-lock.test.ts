import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { acquireInstanceLock, alreadyRunning, type InstanceLock } from '#service/instance-lock.ts'
import { temporaryFolder } from '#test/support/temporary-folder.ts'

const url = 'http://127.0.0.1:47600/#token=abc'

function acquire(folder: string): InstanceLock {
  const result = acquireInstanceLock(folder)
  if (result.kind !== 'acquired') throw new Error('the lock is held')
  onTestFinished(() => result.lock.release())
  return result.lock
}

test('a second instance is told where the first one is', () => {
  const folder = temporaryFolder()
  const lock = acquire(folder)
  expect(acquireInstanceLock(folder)).toEqual({ kind: 'held', instance: null })
  const instance = { pid: 4711, host: 'web', url, port: 47_600 } as const
  lock.announce(instance)
  expect(acquireInstanceLock(folder)).toEqual({ kind: 'held', instance })
  expect(statSync(join(folder, 'instance.json')).mode & 0o777).toBe(0o600)
})

test('after a release the folder is free and says nothing of the old instance', () => {
  const folder = temporaryFolder()
  const lock = acquire(folder)
  lock.announce({ pid: 4711, host: 'web', url, port: 47_600 })
  lock.release()
  expect(existsSync(join(folder, 'instance.json'))).toBe(false)
  acquire(folder)
})

test('an instance that was killed blocks nobody and its address is not handed out', async () => {
  const folder = temporaryFolder()
  const holder = `
    const { acquireInstanceLock } = await import('#service/instance-lock.ts')
    const result = acquireInstanceLock(${JSON.stringify(folder)})
    result.lock.announce({ pid: process.pid, host: 'web', url: ${JSON.stringify(url)}, port: 1 })
    process.stdout.write('held')
    setInterval(() => undefined, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', holder], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  expect(acquireInstanceLock(folder)).toMatchObject({ kind: 'held', instance: { pid: child.pid } })
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(existsSync(join(folder, 'instance.json'))).toBe(true)
  acquire(folder)
  expect(acquireInstanceLock(folder)).toEqual({ kind: 'held', instance: null })
})

test('an instance file that makes no sense is taken for none', () => {
  const folder = temporaryFolder()
  acquire(folder)
  writeFileSync(join(folder, 'instance.json'), '{"pid":')
  expect(acquireInstanceLock(folder)).toEqual({ kind: 'held', instance: null })
})

test('the sentence says where the other one is and what to do', () => {
  expect(alreadyRunning('/data', { pid: 7, host: 'web', url, port: 47_600 }).message).toBe(
    `Understudy is already running with the data folder /data at ${url}. ` +
      'Use that one, stop it first, or choose another folder with --data-dir.',
  )
  expect(alreadyRunning('/data', { pid: 7, host: 'desktop', url: null, port: null }).message).toContain('(process 7)')
  expect(alreadyRunning('/data', null).kind).toBe('running')
})
