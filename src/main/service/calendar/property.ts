import ICAL from 'ical.js'

/** A line of a calendar, read: its name in small letters, its parameters, and its values as the format's JSON form has them. */
export interface Property {
  readonly name: string
  readonly parameters: Readonly<Record<string, string | undefined>>
  readonly values: readonly unknown[]
  /** What stands behind the colon. */
  readonly raw: string
}

/**
 * Reads a line of a calendar.
 *
 * @returns undefined for a line that is none.
 */
export function readProperty(line: string): Property | undefined {
  try {
    const [name, parameters, , ...values] = ICAL.parse.property(line) as [string, object, string, ...unknown[]]
    const plain = Object.entries(parameters).map(([key, value]) => [key, String(value)])
    return {
      name,
      parameters: Object.fromEntries(plain) as Record<string, string>,
      values,
      raw: rawValue(line),
    }
  } catch {
    return undefined
  }
}

/** What stands behind the colon of a line; a colon in quotes, as zones have them, is none. */
export function rawValue(line: string): string {
  return line.replace(/^(?:[^":]|"[^"]*")*:/, '').trim()
}

/** The first line of that name, read. */
export function propertyNamed(lines: readonly string[], name: string): Property | undefined {
  return propertiesNamed(lines, name)[0]
}

/** Every line of that name that can be read. */
export function propertiesNamed(lines: readonly string[], name: string): Property[] {
  const begins = new RegExp(`^${name}[;:]`, 'i')
  return lines.filter((line) => begins.test(line)).flatMap((line) => readProperty(line) ?? [])
}

/** A text value without line breaks and surplus spaces; empty when there is none. */
export function textOf(property: Property | undefined): string {
  const [value] = property?.values ?? []
  return typeof value === 'string' ? value.replaceAll(/\s+/g, ' ').trim() : ''
}
