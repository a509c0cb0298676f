import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project's folder, wherever the command was called from. */
export const projectRoot = fileURLToPath(new URL('..', import.meta.url))

/**
 * The Node that the project brings along as a dependency. The app needs it: the machine's own may be too old for SQLite's addon,
 * which then crashes without a word.
 * @param {string} root
 * @param {NodeJS.Platform} [platform]
 */
export function nodeBinary(root, platform = process.platform) {
  return join(root, 'node_modules', 'node', 'bin', platform === 'win32' ? 'node.exe' : 'node')
}

/**
 * The environment tools run in: the project's Node and its programs come first in the path.
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
export function toolEnvironment(root, env) {
  // Windows spells the name as it likes, and a copied environment no longer ignores the difference.
  const name = Object.keys(env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH'
  const own = [join(root, 'node_modules', 'node', 'bin'), join(root, 'node_modules', '.bin')]
  return { ...env, [name]: [...own, env[name] ?? ''].join(delimiter) }
}

/**
 * Where the scripts keep what they remember between runs. Inside node_modules, so that a clean install forgets it.
 * @param {string} root
 * @param {string} name
 */
export function memoryFile(root, name) {
  return join(root, 'node_modules', '.cache', 'understudy', name)
}
