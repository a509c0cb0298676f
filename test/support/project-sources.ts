import { readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import ts from 'typescript'
import { projectRoot } from '#scripts/project.mjs'

/** Files below a folder of the project, as paths from its root with forward slashes. */
export function projectFiles(folder: string, wanted: RegExp = /./): string[] {
  const entries = readdirSync(join(projectRoot, folder), { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(projectRoot.length).replaceAll(sep, '/'))
    .filter((file) => wanted.test(file))
}

/** The text of a file of the project. */
export function projectText(file: string): string {
  return readFileSync(join(projectRoot, file), 'utf8')
}

/** A source as TypeScript's syntax tree, without types. */
export function syntaxTree(file: string, source: string): ts.SourceFile {
  return ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true)
}
