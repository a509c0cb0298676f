import type { TicketLineValues } from '#contract/handoffs.ts'

/** An *if … then …* of a line. */
export type Contingency = TicketLineValues['contingencies'][number]

/** A new one, which nothing fires yet. */
export function aContingency(condition: string, consequence: string): Contingency {
  // oxlint-disable-next-line unicorn/no-thenable -- a text of the document, never awaited
  return { id: crypto.randomUUID(), if: condition, then: consequence, trigger: null }
}
