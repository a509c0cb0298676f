import { electronBinary, fetchElectronBinary, rememberedFailure } from './electron-binary.mjs'

/** How long a start waits for Electron's program before it opens the browser instead. */
const fetchLimitMs = 20_000

/**
 * Which door a start opens. `reason` says, for the browser, why it is not the desktop app; undefined when the browser was asked for.
 * @param {string} root
 * @param {'web' | 'desktop' | undefined} asked
 * @param {{ now: number, say: (line: string) => void }} surroundings
 * @returns {Promise<{ kind: 'desktop', binary: string } | { kind: 'web', reason: string | undefined }>}
 */
export async function chooseDoor(root, asked, { now, say }) {
  if (asked === 'web') return { kind: 'web', reason: undefined }
  const obstacle = obstacleTo({ platform: process.platform, env: process.env, userId: process.getuid?.() })
  if (obstacle) return { kind: 'web', reason: obstacle }
  const there = electronBinary(root)
  if (there) return { kind: 'desktop', binary: there }
  const earlier = asked === 'desktop' ? undefined : rememberedFailure(root, now)
  if (earlier) {
    return {
      kind: 'web',
      reason: `Electron's program could not be fetched earlier (${earlier}); "npm start -- --desktop" tries again`,
    }
  }
  const fetched = await fetchElectronBinary(root, { limitMs: asked === 'desktop' ? undefined : fetchLimitMs, now, say })
  const binary = electronBinary(root)
  if (fetched.ok && binary) return { kind: 'desktop', binary }
  const why = fetched.ok ? 'it is not where its installer said' : fetched.reason
  return {
    kind: 'web',
    reason: `Electron's program could not be fetched (${why}); "npm start -- --desktop" tries again and takes its time`,
  }
}

/**
 * What keeps a desktop app from opening on this machine whatever is installed; undefined when nothing does.
 * @param {{ platform: NodeJS.Platform, env: NodeJS.ProcessEnv, userId: number | undefined }} machine
 */
export function obstacleTo({ platform, env, userId }) {
  if (platform !== 'linux') return undefined
  if (!env['DISPLAY'] && !env['WAYLAND_DISPLAY']) return 'this machine has no display for a desktop app'
  // SECURITY: Electron runs as root only without its sandbox, and the sandbox stays on.
  if (userId === 0) return 'the desktop app does not run as root, which would need its sandbox off'
  return undefined
}
