import { ensureInstalled } from './installation.mjs'
import { projectRoot } from './project.mjs'

// `npm run setup`: what `npm start` and `npm test` do first. Unlike a plain `npm ci` it needs no compiler on any version of npm.
const installed = await ensureInstalled(projectRoot, (line) => console.error(line))
if (!installed.ok) {
  console.error(installed.reason)
  process.exitCode = 1
}
