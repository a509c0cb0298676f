import { join } from 'node:path'
import { expect, test } from 'vitest'
import { prepareApp } from '#main/desktop/prepare-app.ts'
import { EmitterStandIn } from '#test/support/emitter-stand-in.ts'

function prepared(isPackaged: boolean): string[] {
  const calls: string[] = []
  const app = Object.assign(new EmitterStandIn(), {
    isPackaged,
    setPath: (name: string, path: string) => void calls.push(`${name}=${path}`),
    setAppUserModelId: (id: string) => void calls.push(`id=${id}`),
    enableSandbox: () => void calls.push('sandbox'),
    setAsDefaultProtocolClient: (scheme: string) => calls.push(`links=${scheme}`),
  })
  const protocol = { registerSchemesAsPrivileged: () => void calls.push('scheme') }
  const session = { fromPartition: () => ({}) }
  // Five of the hundred functions of app, and one each of protocol and session.
  prepareApp({ app, protocol, session } as never, '/data')
  const contents = Object.assign(new EmitterStandIn(), { setWindowOpenHandler: () => void calls.push('guarded') })
  app.fire('web-contents-created', {}, contents)
  return calls
}

test('data, sandbox, scheme and guards are settled before Electron is ready', () => {
  expect(prepared(false)).toEqual([
    'userData=/data',
    `sessionData=${join('/data', 'window')}`,
    'id=io.github.understudy',
    'sandbox',
    'scheme',
    'guarded',
  ])
})

test('only an installed app takes links for itself', () => {
  expect(prepared(true)).toContain('links=understudy')
  expect(prepared(false).join()).not.toContain('links')
})
