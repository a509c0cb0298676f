import type { z } from 'zod'
import type { SettingsFile } from '../ports.ts'
import { SettingsFileCorrupt } from './settings-file.ts'

/** Settings as the service uses them: always complete and valid. */
export interface SettingsStore<Values> {
  get(): Values
  /** Changes the named settings, leaves every other line of the file alone, and answers all settings. */
  set(changes: { readonly [Name in keyof Values]?: Values[Name] | undefined }): Values
}

/** What the settings are read with. */
export interface SettingsDependencies<Shape extends z.ZodRawShape> {
  readonly file: SettingsFile
  /** Every setting has a default. */
  readonly schema: z.ZodObject<Shape>
  /** Hears, in a sentence each, of what could not be used. Every sentence is said once. */
  readonly report: (sentence: string) => void
}

/**
 * Opens the settings. A setting with a value that cannot be used falls back to its default and is reported; keys that this
 * version does not know stay in the file and are not shown; a damaged file is reported and leaves the defaults.
 */
export function createSettings<Shape extends z.ZodRawShape>(
  deps: SettingsDependencies<Shape>,
): SettingsStore<z.infer<z.ZodObject<Shape>>> {
  type Values = z.infer<z.ZodObject<Shape>>
  const said = new Set<string>()
  const report = (sentence: string) => {
    if (said.has(sentence)) return
    said.add(sentence)
    deps.report(sentence)
  }
  const readFile = () => readOrReport(deps.file, report)
  let values: Values = withDefaults(deps.schema, readFile(), report)
  return {
    get: () => values,
    set(changes) {
      const stored = { ...readFile(), ...defined(changes) }
      const next: Values = withDefaults(deps.schema, stored, report)
      deps.file.write(stored)
      values = next
      return values
    },
  }
}

function readOrReport(file: SettingsFile, report: (sentence: string) => void): Record<string, unknown> {
  try {
    return file.read()
  } catch (error) {
    if (!(error instanceof SettingsFileCorrupt)) throw error
    report(error.message)
    return {}
  }
}

function withDefaults<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  stored: Readonly<Record<string, unknown>>,
  report: (sentence: string) => void,
): z.infer<z.ZodObject<Shape>> {
  const usable = { ...stored }
  const checked = schema.safeParse(stored)
  if (checked.success) return checked.data
  for (const issue of checked.error.issues) {
    const name = String(issue.path[0])
    if (!(name in usable)) continue
    delete usable[name]
    report(`The setting ${name} has a value that cannot be used (${issue.message}), so its default is used.`)
  }
  return schema.parse(usable)
}

function defined(changes: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
}
