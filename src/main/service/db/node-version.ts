import { Problem } from '../problem.ts'

const neededNodeApi = 10

/**
 * Throws a `Problem` where SQLite's binding would crash the process without a word: it needs Node-API 10, which came with
 * Node 22.14. To be called before the first database is opened.
 *
 * @param versions `process.versions`, or the part of it that counts.
 */
export function assertNodeCanLoadSqlite(versions: { readonly node: string; readonly napi?: string | undefined }): void {
  if (Number(versions.napi ?? 0) >= neededNodeApi) return
  throw new Problem(
    'failed',
    `Understudy cannot open its database with Node ${versions.node}; it needs Node 22.14 or newer. ` +
      'Start it with npm start, which brings its own Node, or install a newer one.',
  )
}
