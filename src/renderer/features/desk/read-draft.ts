/** What a form kept of itself; nothing where the text is none of its own. */
export function readDraft<Values extends object>(draft: string): Partial<Values> {
  try {
    const value: unknown = JSON.parse(draft || '{}')
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}
