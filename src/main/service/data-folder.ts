import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, posix, resolve, win32 } from 'node:path'
import { Problem } from './problem.ts'

/** Where Understudy keeps its data when nobody says otherwise: the platform's own place for application data. */
export function defaultDataDir(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
  home: string,
): string {
  if (platform === 'win32') return win32.join(env['APPDATA'] || win32.join(home, 'AppData', 'Roaming'), 'Understudy')
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'Understudy')
  // The XDG rules say that a relative path counts as not set.
  const dataHome = env['XDG_DATA_HOME']
  return posix.join(dataHome?.startsWith('/') ? dataHome : posix.join(home, '.local', 'share'), 'understudy')
}

/**
 * Makes sure the data folder exists, is this user's alone and can be written to. Answers its absolute path.
 * Throws a `Problem` with the reason otherwise.
 */
export function openDataFolder(path: string): string {
  const folder = resolve(path)
  const probe = resolve(folder, `.writable-${process.pid}`)
  try {
    makeFolder(folder)
    writeFileSync(probe, '', { mode: 0o600 })
    rmSync(probe, { force: true })
    return folder
  } catch (error) {
    throw new Problem(
      'failed',
      `Understudy cannot write to its data folder ${folder}: ${reason(error)}. ` +
        'Make it writable, or choose another folder with --data-dir.',
      { cause: error },
    )
  }
}

/** Not `recursive: true`: Node never comes back from that where a file system refuses new folders with ENOENT, as /proc does. */
function makeFolder(folder: string): void {
  if (existsSync(folder) && statSync(folder).isDirectory()) return
  const parent = dirname(folder)
  if (parent !== folder && !existsSync(parent)) makeFolder(parent)
  // SECURITY: customer data stays readable to this user only.
  mkdirSync(folder, { mode: 0o700 })
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  ENOENT: 'no folder can be made there',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENOTDIR: 'part of the path is a file',
  EEXIST: 'there is a file of that name',
}

function reason(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown'
  return reasons[code] ?? `the system says ${code}`
}
