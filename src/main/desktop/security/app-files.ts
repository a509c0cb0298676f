import { extname, isAbsolute, join, relative, sep } from 'node:path'
import { isAppUrl } from './app-origin.ts'

/** What a request to the app:// scheme amounts to: a file below the root and its type, or a refusal with its HTTP status. */
export type AppFileVerdict =
  | { readonly kind: 'file'; readonly path: string; readonly type: string }
  | { readonly kind: 'refused'; readonly status: 400 | 403 | 404 | 405 }

const typesByExtension: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
}

/**
 * Finds the file that a request asks for. Only GET, only our host, only files of known types whose decoded path stays below `root`.
 *
 * @param root absolute path of the folder with the built window
 */
export function resolveAppFile(
  request: { readonly method: string; readonly url: string },
  root: string,
): AppFileVerdict {
  if (request.method !== 'GET') return { kind: 'refused', status: 405 }
  if (!isAppUrl(request.url)) return { kind: 'refused', status: 403 }
  const pathname = decoded(new URL(request.url).pathname)
  if (pathname === undefined || /[\0\\:]/.test(pathname)) return { kind: 'refused', status: 400 }
  const path = join(root, pathname === '/' ? 'index.html' : pathname)
  const below = relative(root, path)
  // SECURITY: asked of the path as resolved, by its relation to the root; comparing beginnings would let `renderer-old/` pass.
  if (below === '' || below === '..' || below.startsWith(`..${sep}`) || isAbsolute(below)) {
    return { kind: 'refused', status: 403 }
  }
  const type = typesByExtension[extname(path).toLowerCase()]
  return type === undefined ? { kind: 'refused', status: 404 } : { kind: 'file', path, type }
}

function decoded(pathname: string): string | undefined {
  try {
    return decodeURIComponent(pathname)
  } catch {
    return undefined
  }
}
