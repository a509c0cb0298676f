import { parseArgs, type ParseArgsOptionsConfig } from 'node:util'
import { Problem } from '../problem.ts'

/** One option of a command, as its help shows it. */
export interface CommandOption {
  readonly type: 'string' | 'boolean'
  /** What the value is called in the help: `DIR`. */
  readonly value?: string
  readonly help: string
}

/** The options of a command by their long names. */
export type CommandOptions = Readonly<Record<string, CommandOption>>

type ValueOf<Option extends CommandOption> = Option['type'] extends 'boolean' ? boolean : string

/** What was given: a value for each option that was named, and the words beside the options. */
export interface CommandArguments<Options extends CommandOptions> {
  readonly options: { readonly [Name in keyof Options]?: ValueOf<Options[Name]> }
  readonly words: readonly string[]
}

/** The options that every command takes which opens a workspace. */
export const workspaceOptions = {
  'data-dir': {
    type: 'string',
    value: 'DIR',
    help: 'folder for the database and settings (default: the platform’s place)',
  },
  sample: { type: 'boolean', help: 'use the sample workspace instead of your own' },
  simulator: { type: 'string', value: 'URL', help: 'use the running simulator with this control address' },
  help: { type: 'boolean', help: 'show this text' },
} as const satisfies CommandOptions

/**
 * Reads what was typed behind a command. Throws a `Problem` of kind `usage` that names the option and the fix.
 *
 * @param words How many words beside the options the command takes.
 */
export function readArguments<const Options extends CommandOptions>(
  argv: readonly string[],
  options: Options,
  words = 0,
): CommandArguments<Options> {
  const config: ParseArgsOptionsConfig = Object.fromEntries(
    Object.entries(options).map(([name, { type }]) => [name, name === 'help' ? { type, short: 'h' } : { type }]),
  )
  let parsed
  try {
    parsed = parseArgs({ args: [...argv], options: config, allowPositionals: true, strict: true })
  } catch (error) {
    throw new Problem('usage', usageSentence(error, options), { cause: error })
  }
  const surplus = parsed.positionals[words]
  if (surplus !== undefined) throw new Problem('usage', `There is a word too many: ${surplus}. See --help.`)
  // parseArgs was given exactly these options, and answers each with its own type.
  return { options: parsed.values as CommandArguments<Options>['options'], words: parsed.positionals }
}

/** Reads a whole number from an option's text. Throws a `Problem` that names the option and the range. */
export function readWholeNumber(name: string, text: string, least: number, most: number): number {
  const number = Number(text)
  if (/^-?\d+$/.test(text) && number >= least && number <= most) return number
  throw new Problem('usage', `--${name} is a whole number from ${least} to ${most}, not ${JSON.stringify(text)}.`)
}

/** The lines of a help text that explain the options, aligned. */
export function describeOptions(options: CommandOptions): string {
  const rows = Object.entries(options).map(([name, option]) => ({
    left: `  --${name}${option.value === undefined ? '' : ` ${option.value}`}`,
    right: option.help,
  }))
  const width = Math.max(...rows.map(({ left }) => left.length)) + 2
  return rows.map(({ left, right }) => `${left.padEnd(width)}${right}`).join('\n')
}

function usageSentence(error: unknown, options: CommandOptions): string {
  const message = error instanceof Error ? error.message : String(error)
  const name = /'-?-?([\w-]+)/.exec(message)?.[1]
  const option = name === undefined ? undefined : options[name]
  if (name === undefined) return `${message}. See --help.`
  if (option === undefined) return `There is no option --${name}. The options are: ${listOf(options)}.`
  if (option.type === 'boolean') return `--${name} takes no value. Write just --${name}.`
  return `--${name} needs a value. Write --${name} ${option.value ?? 'VALUE'}.`
}

function listOf(options: CommandOptions): string {
  return Object.keys(options)
    .map((name) => `--${name}`)
    .join(', ')
}
