import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'

/** A file of the built window. */
export interface StaticFile {
  readonly body: Buffer
  readonly type: string
  readonly cacheControl: string
}

/** The built window as a browser asks for it. */
export interface StaticFiles {
  /** Whether there is a window at all. */
  isBuilt(): Promise<boolean>
  /** The file at a path of an address, or null. `/` is the page. */
  find(path: string): Promise<StaticFile | null>
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.mp3': 'audio/mpeg',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.woff2': 'font/woff2',
}

/** Serves the files below a folder. */
export function createStaticFiles(folder: string): StaticFiles {
  return {
    isBuilt: async () => (await listFiles(folder)).has('/index.html'),
    async find(path) {
      // SECURITY: only names that the folder itself lists are ever opened, so no path can lead out of it. Links are not listed.
      const file = (await listFiles(folder)).get(path === '/' ? '/index.html' : path)
      const type = file === undefined ? undefined : types[extname(file)]
      if (file === undefined || type === undefined) return null
      return { body: await readFile(file), type, cacheControl: cacheControlOf(path, type) }
    },
  }
}

function cacheControlOf(path: string, type: string): string {
  if (type.startsWith('text/html')) return 'no-store'
  // The build puts a hash of the content into the names below assets/.
  return path.startsWith('/assets/') ? 'private, max-age=31536000, immutable' : 'no-cache'
}

async function listFiles(folder: string): Promise<ReadonlyMap<string, string>> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
    return new Map(files.map((file) => [`/${relative(folder, file).split(sep).join('/')}`, file]))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Map()
    throw error
  }
}
