/**
 * @typedef {object} Gate
 * @property {string} name
 * @property {string} script the script of package.json that is run, so that a gate and its narrower run cannot drift apart
 * @property {'check' | 'tests'} counts as one check, or by the tests in vitest's own report
 * @property {boolean} [browser] needs a Chromium
 */

/** What `npm test` runs, in this order: what fails fastest comes first. @type {readonly Gate[]} */
export const gates = [
  { name: 'types', script: 'types', counts: 'check' },
  { name: 'lint', script: 'lint', counts: 'check' },
  { name: 'format', script: 'format', counts: 'check' },
  { name: 'imports', script: 'imports', counts: 'check' },
  { name: 'dead-code', script: 'dead-code', counts: 'check' },
  { name: 'build', script: 'build', counts: 'check' },
  { name: 'unit', script: 'test:unit', counts: 'tests' },
  { name: 'long', script: 'test:long', counts: 'tests' },
  { name: 'integration', script: 'test:integration', counts: 'tests' },
  { name: 'architecture', script: 'test:architecture', counts: 'tests' },
  { name: 'browser', script: 'test:browser', counts: 'tests', browser: true },
  { name: 'e2e', script: 'test:e2e', counts: 'tests', browser: true },
]

/**
 * @typedef {object} Tally
 * @property {number} passed
 * @property {number} failed
 * @property {number} notRun
 */

/**
 * Counts vitest's JSON report. A file that did not even load counts as failed, and so does a project in which nothing ran: it proves nothing.
 * @param {unknown} report as parsed, or undefined when vitest wrote none
 * @param {number} exitCode of vitest
 * @returns {Tally}
 */
export function tallyOf(report, exitCode) {
  const files = /** @type {{ testResults?: TestFile[] } | undefined} */ (report)?.testResults ?? []
  const tests = files.flatMap((file) => file.assertionResults)
  const passed = tests.filter((test) => test.status === 'passed').length
  const failedTests = tests.filter((test) => test.status === 'failed').length
  const notLoaded = files.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length
  const failed = failedTests + notLoaded
  // Errors outside of any test, or no tests at all: vitest says so only by its exit code, or not at all.
  const unseen = failed === 0 && (exitCode !== 0 || passed === 0) ? 1 : 0
  return { passed, failed: failed + unseen, notRun: tests.length - passed - failedTests }
}

/**
 * @typedef {object} TestFile
 * @property {string} status
 * @property {readonly { readonly status: string }[]} assertionResults
 */

/** Drawn with lines on both sides, and coloured. */
const failureHeading = /^.*⎯.* (?:Failed (?:Tests|Suites)|Unhandled (?:Errors|Rejections)) .*⎯.*$/m

/**
 * What of a failed gate's output has to be read: from vitest's first heading of failures on, since the tests that passed stand before it and
 * whoever shows only the beginning would never get there. Everything where there is no such heading.
 * @param {string} output
 * @returns {string}
 */
export function failuresIn(output) {
  const at = output.search(failureHeading)
  return at < 0 ? output : output.slice(at)
}
