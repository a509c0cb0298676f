import { useState } from 'react'
import { useDraft } from '../../ui/use-draft.ts'

/** Values of a form that can be kept as a draft. */
type FormValues = Readonly<Record<string, string | boolean>>

/**
 * The values of a form that outlive it until they are sent or dropped; `drop` forgets them. What is kept and not of the right kind is
 * taken as if it were not there. The key must not change between renders.
 */
export function useFormDraft<Values extends FormValues>(
  key: string,
  initial: Values,
): { readonly values: Values; readonly change: (part: Partial<Values>) => void; readonly drop: () => void } {
  const [kept, keep] = useDraft(key)
  const [values, setValues] = useState(() => readFormDraft(kept, initial))
  return {
    values,
    change(part) {
      const next = { ...values, ...part }
      setValues(next)
      const changed = Object.entries(next).some(([name, value]) => value !== initial[name])
      keep(changed ? JSON.stringify(next) : '')
    },
    drop: () => keep(''),
  }
}

/** The values a draft has; the initial ones where it has none of the right kind. */
export function readFormDraft<Values extends FormValues>(kept: string, initial: Values): Values {
  const found = parse(kept)
  const entries = Object.entries(initial).map(([name, value]) => {
    const other = found[name]
    return [name, typeof other === typeof value ? other : value]
  })
  return Object.fromEntries(entries) as Values
}

function parse(kept: string): Readonly<Record<string, unknown>> {
  try {
    const found: unknown = JSON.parse(kept || '{}')
    return typeof found === 'object' && found !== null ? (found as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
