import { nodeTooOld } from './node-version.mjs'

const tooOld = nodeTooOld(process.versions.node)
if (tooOld) {
  console.error(tooOld)
  process.exitCode = 1
} else {
  // Not a static import: an old Node would fail on the rest before it could say that it is old.
  void import('./run-gates.mjs').then(async ({ runGates }) => {
    process.exitCode = await runGates(process.argv.slice(2))
  })
}
