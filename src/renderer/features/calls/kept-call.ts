import { callDocument, type CallDocumentValues } from '#contract/calls.ts'

/** What a window kept of a call, and the state it was typed on. */
export interface KeptCall {
  readonly base: number
  readonly document: CallDocumentValues
}

/** Reads what a window kept; null where that is nothing, or of another kind. */
export function readKeptCall(kept: string): KeptCall | null {
  if (kept === '') return null
  try {
    const { base, document } = JSON.parse(kept) as Partial<Record<string, unknown>>
    const read = callDocument.safeParse(document)
    return typeof base === 'number' && read.success ? { base, document: read.data } : null
  } catch {
    return null
  }
}

/** Whether two calls say the same. */
export function sameCall(one: CallDocumentValues, another: CallDocumentValues): boolean {
  return canonical(one) === canonical(another)
}

function canonical(call: CallDocumentValues): string {
  return JSON.stringify(callDocument.parse(call))
}
