import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { drawIcons } from './draw-icons.ts'
import { encodePng } from './encode-png.ts'
import { projectRoot } from './project.mjs'

// Draws the images in resources/ anew. Run it after a change of draw-icons.ts and commit what it wrote.
for (const { path, pixels } of drawIcons()) {
  const file = join(projectRoot, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, encodePng(pixels))
}
