import { spawn } from 'node:child_process'

/** The program that opens an address, and what to start it with. */
export interface Opener {
  readonly command: string
  readonly args: readonly string[]
}

/**
 * How this machine opens an address in the person's browser, or null where there is no screen to open it on.
 *
 * @param url http or https, as `URL.href` gives it.
 */
export function browserOpener(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
  url: string,
): Opener | null {
  if (platform === 'darwin') return { command: 'open', args: [url] }
  // SECURITY: not `cmd /c start`, which would read `&` and `^` in an address as its own.
  if (platform === 'win32') return { command: 'rundll32', args: ['url.dll,FileProtocolHandler', url] }
  return env['DISPLAY'] || env['WAYLAND_DISPLAY'] ? { command: 'xdg-open', args: [url] } : null
}

/** Opens an address in the person's browser. Resolves with whether there was something to open it with. */
export function openBrowser(url: string): Promise<boolean> {
  const { protocol, href } = new URL(url)
  const opener =
    protocol === 'https:' || protocol === 'http:' ? browserOpener(process.platform, process.env, href) : null
  if (!opener) return Promise.resolve(false)
  return new Promise((resolve) => {
    // SECURITY: no shell; the address is one argument.
    const child = spawn(opener.command, opener.args, { stdio: 'ignore', detached: true })
    child.once('error', () => resolve(false))
    child.once('spawn', () => {
      child.unref()
      resolve(true)
    })
  })
}
