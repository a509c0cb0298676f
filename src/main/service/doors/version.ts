import { readFileSync } from 'node:fs'
import { z } from 'zod'

const packageFile = new URL('../../../../package.json', import.meta.url)

/** This Understudy's version, as in `package.json`. For doors that run from the sources. */
export const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(packageFile, 'utf8')))
