import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { leanFlags } from '#scripts/lean-flags.mjs'

/**
 * Runs a measurement in a process of its own, started as `npm start` starts a door, so that its memory and its event loop
 * are its own; reads the one JSON line it prints.
 */
export async function runChild<Figures>(
  file: string,
  args: readonly string[],
  flags: readonly string[] = [],
): Promise<Figures> {
  const child = spawn(
    process.execPath,
    [...leanFlags, ...flags, fileURLToPath(new URL(file, import.meta.url)), ...args],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  if (code !== 0) throw new Error(`${file} ended with ${code}`)
  return JSON.parse(output) as Figures
}
