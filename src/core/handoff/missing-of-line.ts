import type { TicketLine } from './handoff-document.ts'

/** What a line still lacks, in words; empty for one that is complete. What is stable needs no *if … then …*. */
export function missingOfLine(line: TicketLine | null): string[] {
  if (!line) return ['everything: nothing is written yet']
  const isBlank = (text: string) => text.trim() === ''
  const begun = line.contingencies.filter((each) => !isBlank(each.if) || !isBlank(each.then))
  const foreseen = line.severity === 'stable' || line.nothingForeseen || begun.length > 0
  return [
    ...(line.severity === null ? ['severity'] : []),
    ...(isBlank(line.story) ? ['the story in one line'] : []),
    ...(isBlank(line.nextAction) ? ['the next action'] : []),
    ...(isBlank(line.nextOwner) ? ['who does it'] : []),
    ...(line.nextBy === '' ? ['by when'] : []),
    ...(foreseen ? [] : ['an if … then …, or that nothing is foreseen']),
    ...begun.flatMap((each) => {
      if (isBlank(each.if)) return [`what “${each.then.trim()}” depends on`]
      return isBlank(each.then) ? [`what to do if ${each.if.trim()}`] : []
    }),
  ]
}
