// Everything here and in start.mjs, test.mjs and understudy.mjs also has to be understood by a Node that is too old to run the rest.

/** The oldest major version the scripts run on. The app itself always runs on the Node it brings along. */
const oldestMajor = 20

/**
 * Says what to do when this Node is too old even for the scripts; undefined when it is not.
 * @param {string} version as in `process.versions.node`
 */
export function nodeTooOld(version) {
  if (Number(version.split('.')[0]) >= oldestMajor) return undefined
  return `Understudy needs Node ${oldestMajor} or newer to start, and this is Node ${version}. Install a newer one from https://nodejs.org and run the command again.`
}
