import { parseArgs } from 'node:util'

/** What `npm start -- --help` prints. */
export const startHelp = `npm start [-- options]    opens Understudy; installs and builds first what is missing

  --web             in the browser, even where the desktop app would open
  --desktop         as the desktop app; tries again, without a time limit, to fetch Electron
  --sample          on the sample workspace
  --data-dir DIR    keep data and settings in this folder
  --port N          port of the web host, 0 to 65535 (0 or none: any free one); implies --web
  --no-open         do not open a browser, only print the address; implies --web
  --help            this text`

/**
 * @typedef {object} StartOptions
 * @property {'web' | 'desktop' | undefined} door the one asked for
 * @property {boolean} help
 * @property {readonly string[]} web arguments for the web host
 * @property {readonly string[]} desktop arguments for the desktop app
 */

/**
 * Reads what was written after `npm start --`. A mistake comes back as a sentence that names the option.
 * @param {readonly string[]} args
 * @returns {{ ok: true, options: StartOptions } | { ok: false, reason: string }}
 */
export function readStartOptions(args) {
  const read = parse(args)
  if (typeof read === 'string') return { ok: false, reason: read }
  const {
    web = false,
    desktop = false,
    help = false,
    sample = false,
    port,
    'data-dir': dataDir,
    'no-open': noOpen = false,
  } = read
  const webOnly = [...(port === undefined ? [] : ['--port']), ...(noOpen ? ['--no-open'] : [])]
  if (desktop && web) return mistake('--web and --desktop exclude each other')
  if (desktop && webOnly.length > 0) {
    return mistake(
      `${webOnly.join(' and ')} ${webOnly.length > 1 ? 'are' : 'is'} for the web host and cannot be used with --desktop`,
    )
  }
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) <= 65_535)) {
    return mistake(`--port takes a number from 0 to 65535, not "${port}"`)
  }
  if (dataDir === '') return mistake('--data-dir needs the name of a folder')
  const both = [...(dataDir === undefined ? [] : ['--data-dir', dataDir]), ...(sample ? ['--sample'] : [])]
  const door = desktop ? 'desktop' : web || webOnly.length > 0 ? 'web' : undefined
  return {
    ok: true,
    options: {
      door,
      help,
      web: [...both, ...(port === undefined ? [] : ['--port', port]), ...(noOpen ? ['--no-open'] : [])],
      desktop: both,
    },
  }
}

/**
 * @param {readonly string[]} args
 */
function parse(args) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        web: { type: 'boolean' },
        desktop: { type: 'boolean' },
        sample: { type: 'boolean' },
        'data-dir': { type: 'string' },
        port: { type: 'string' },
        'no-open': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    })
    return values
  } catch (error) {
    return /** @type {Error} */ (error).message.split('. To specify')[0] ?? ''
  }
}

/**
 * @param {string} reason
 * @returns {{ ok: false, reason: string }}
 */
function mistake(reason) {
  return { ok: false, reason }
}
