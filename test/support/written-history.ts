import type { HandoffDocument } from '#core/handoff/handoff-document.ts'
import { canonical, type JsonValue, type Versioned } from '#core/sharing/versioned.ts'

/** Every part of a handoff by its name. */
export function fieldsOf(document: HandoffDocument): ReadonlyMap<string, Versioned<JsonValue>> {
  const { window, texts, tickets, acceptance } = document
  const ofTickets = Object.entries(tickets).flatMap(([id, part]) =>
    Object.entries(part).map(([name, field]) => [`ticket:${id}:${name}`, field as Versioned<JsonValue>] as const),
  )
  const ofAccount = Object.entries(texts).map(([name, field]) => [`text:${name}`, field] as const)
  return new Map<string, Versioned<JsonValue>>([
    ['window', window],
    ...ofAccount,
    ...ofTickets,
    ['acceptance', acceptance],
  ])
}

/**
 * What people wrote on whichever machine, and what of the same part stood before them when they did: the model that copies of a handoff
 * are held against.
 */
export function writtenHistory() {
  const writes: { readonly field: string; readonly id: string; readonly saw: readonly string[] }[] = []
  const idsOf = (field: Versioned<JsonValue> = []) => field.map(({ clock }) => canonical(clock))
  return {
    /** Notes what somebody at one machine wrote. */
    note(before: HandoffDocument | null, after: HandoffDocument): void {
      const then = before && fieldsOf(before)
      for (const [field, now] of fieldsOf(after)) {
        const saw = idsOf(then?.get(field))
        for (const id of idsOf(now)) if (!saw.includes(id)) writes.push({ field, id, saw })
      }
    },
    count: () => writes.length,
    /** What has to be in every copy at last: all that nobody overwrote who had it before them. */
    survivors(): Record<string, string[]> {
      const overwritten = new Set<string>()
      const overwrite = (key: string) => {
        if (overwritten.has(key)) return
        overwritten.add(key)
        for (const { field, id, saw } of writes) {
          if (`${field} ${id}` === key) for (const one of saw) overwrite(`${field} ${one}`)
        }
      }
      for (const { field, saw } of writes) for (const one of saw) overwrite(`${field} ${one}`)
      const left = writes.filter(({ field, id }) => !overwritten.has(`${field} ${id}`))
      return Object.fromEntries(
        [...Map.groupBy(left, ({ field }) => field)].map(([field, those]) => [
          field,
          those.map(({ id }) => id).toSorted(),
        ]),
      )
    },
    /** The same of a copy. */
    standing(document: HandoffDocument): Record<string, string[]> {
      return Object.fromEntries(
        [...fieldsOf(document)].flatMap(([field, value]) =>
          value.length === 0 ? [] : [[field, idsOf(value).toSorted()] as const],
        ),
      )
    },
  }
}
