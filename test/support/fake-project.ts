import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { projectRoot } from '#scripts/project.mjs'

/** A project of the same shape as this one, with the real scripts and small stand-ins for all that they start. */
export interface FakeProject {
  readonly root: string
  /** Writes a file of the project, with the folders it needs. */
  write(path: string, text: string): void
  read(path: string): string
  remove(): void
}

const lock = JSON.stringify({ packages: { '': {}, 'node_modules/zod': { version: '4.0.0' } } })

/** Stands in for vite and electron-vite: writes what they would, and counts how often it was called. */
const builder = `
  import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
  appendFileSync('builds.log', process.argv[1].includes('electron-vite') ? 'desktop\\n' : 'window\\n')
  for (const file of ['out/renderer/index.html', 'out/main/index.js', 'out/preload/index.cjs']) {
    mkdirSync(file.slice(0, file.lastIndexOf('/')), { recursive: true })
    writeFileSync(file, '')
  }
  console.log('built')
`

/** Stands in for a door: says what it was given, and ends as it is told to. */
const door = `
  console.log(JSON.stringify(process.argv.slice(2)))
  if (process.env.FAKE_STAYS) setInterval(() => {}, 1000)
  else process.exitCode = Number(process.env.FAKE_EXIT_CODE ?? 0)
`

/** Makes a fake project in a temporary folder, installed and not yet built. */
export function fakeProject(): FakeProject {
  const root = mkdtempSync(join(tmpdir(), 'understudy-fake-'))
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  cpSync(join(projectRoot, 'scripts'), join(root, 'scripts'), { recursive: true })
  write('package.json', JSON.stringify({ type: 'module' }))
  write('package-lock.json', lock)
  write('node_modules/.package-lock.json', lock)
  write('node_modules/vite/bin/vite.js', builder)
  write('node_modules/vite/package.json', '{ "type": "module" }')
  write('node_modules/electron-vite/bin/electron-vite.js', builder)
  write('node_modules/electron-vite/package.json', '{ "type": "module" }')
  write('src/renderer/main.tsx', 'one')
  write('src/main/web/index.ts', door)
  write('src/main/cli/index.ts', door)
  mkdirSync(join(root, 'node_modules/node/bin'), { recursive: true })
  symlinkSync(process.execPath, join(root, 'node_modules/node/bin/node'))
  return {
    root,
    write,
    read: (path) => readFileSync(join(root, path), 'utf8'),
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}

/** Puts a stand-in for Electron's program where its installer would. */
export function installFakeElectron({ root, write }: FakeProject): void {
  write('node_modules/electron/path.txt', 'electron')
  write('node_modules/electron/dist/electron', `#!/bin/sh\nshift\nprintf 'desktop %s\\n' "$*"\n`)
  chmodSync(join(root, 'node_modules/electron/dist/electron'), 0o755)
}
