import { builds, make } from './builds.mjs'
import { projectRoot } from './project.mjs'

// `npm run build`: everything, whether stale or not. The desktop's build makes the window as well.
process.exitCode = (await make(projectRoot, builds.window)) || (await make(projectRoot, builds.desktop))
