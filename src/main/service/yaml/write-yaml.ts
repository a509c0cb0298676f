import { stringify } from 'yaml'

/** Writes a value as YAML, long texts as blocks; what is undefined is left out. The remark stands above it. */
export function writeYaml(value: unknown, remark: string): string {
  const head = remark
    .split('\n')
    .map((line) => `# ${line}`.trimEnd())
    .join('\n')
  return `${head}\n${stringify(value, { lineWidth: 0, blockQuote: 'literal' })}`
}
