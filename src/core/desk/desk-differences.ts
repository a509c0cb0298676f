import { environmentFields, environmentNames, type DeskDocument, type DeskText } from './desk-document.ts'

/** What people call the single texts of a desk. */
const textNames: Readonly<Record<DeskText, string>> = {
  environmentNote: 'Notes on the environment',
  slackChannel: 'Slack channel',
  cadence: 'Cadence',
}

/** What is another one on a desk than before, a sentence for each field and row. */
export function deskDifferences(before: DeskDocument, after: DeskDocument): string[] {
  return [
    ...environmentFields.flatMap((field) =>
      textDifference(environmentNames[field], before.environment[field] ?? '', after.environment[field] ?? ''),
    ),
    ...(Object.keys(textNames) as DeskText[]).flatMap((field) =>
      textDifference(textNames[field], before[field], after[field]),
    ),
    ...rowDifferences('Contact', before.contacts, after.contacts, ({ name }) => name),
    ...rowDifferences('Resource', before.resources, after.resources, ({ title }) => title),
    ...rowDifferences(
      'Without a field of its own',
      before.extras,
      after.extras,
      ({ name, text }) => `${name}: ${short(text)}`,
    ),
  ]
}

function textDifference(name: string, before: string, after: string): string[] {
  if (before === after) return []
  if (before === '') return [`${name}: ${short(after)}`]
  return [after === '' ? `${name} becomes empty.` : `${name}: “${short(before)}” becomes “${short(after)}”.`]
}

function rowDifferences<Row extends { readonly id: string }>(
  what: string,
  before: readonly Row[],
  after: readonly Row[],
  nameOf: (row: Row) => string,
): string[] {
  const known = new Map(before.map((row) => [row.id, JSON.stringify(row)]))
  const kept = new Set(after.map(({ id }) => id))
  return [
    ...after.flatMap((row) => {
      const was = known.get(row.id)
      if (was === undefined) return [`${what}, new: ${nameOf(row)}`]
      return was === JSON.stringify(row) ? [] : [`${what} ${nameOf(row)} changes.`]
    }),
    ...before.filter(({ id }) => !kept.has(id)).map((row) => `${what} ${nameOf(row)} goes.`),
  ]
}

/** One line of at most eighty letters. */
function short(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line.length > 80 ? `${line.slice(0, 79)}…` : line
}
