/** Labels one change may name at most. */
const mostLabels = 20
/** Letters a label may have at most. */
const longestLabel = 255

/** The labels of a typed line, each once: GitLab takes no comma in a label, so a comma parts them. */
export function labelsIn(text: string): string[] {
  const typed = text
    .split(',')
    .map((label) => label.trim())
    .filter((label) => label !== '')
  return [...new Set(typed)]
}

/** Why labels cannot be sent as they are, or undefined. */
export function labelsProblem(labels: readonly string[]): string | undefined {
  if (labels.length > mostLabels) return `At most ${mostLabels} labels at once.`
  return labels.some((label) => label.length > longestLabel)
    ? `A label has at most ${longestLabel} letters.`
    : undefined
}
