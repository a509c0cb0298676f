import type { HandoffDetail } from '#contract/handoffs.ts'
import type { AccountText } from '#core/handoff/handoff-document.ts'
import { useWindow } from '../../api/window-context.tsx'
import type { KeptDraft } from '../../ui/draft-keeper.ts'
import { useKeptDraft } from '../../ui/use-kept-draft.ts'
import { useShownSaved } from './use-shown-saved.ts'

interface Typed {
  readonly value: string
}

/** Keeps one text of the account part while it is typed. */
export function useTextDraft(handoff: HandoffDetail, text: AccountText): KeptDraft<Typed> {
  const { connection } = useWindow()
  const handoffId = handoff.id
  const show = useShownSaved(handoffId)
  const { value: stored, base: storedBase } = handoff.texts[text]
  return useKeptDraft<Typed, string>({
    key: `handoff.${handoffId}.${text}`,
    stored: { document: { value: stored }, base: storedBase },
    read: (kept) => (isTyped(kept) ? kept : null),
    same: (one, another) => one.value === another.value,
    async save({ value }, base) {
      const saved = await connection.client.handoffs.saveText({ handoffId, text, value, base })
      return saved.base
    },
    async look() {
      const { texts } = await connection.client.handoffs.get({ handoffId })
      return { document: { value: texts[text].value }, base: texts[text].base }
    },
    onSaved: ({ document: { value }, base }) =>
      show((before) => ({ ...before, texts: { ...before.texts, [text]: { ...before.texts[text], value, base } } })),
  })
}

function isTyped(kept: unknown): kept is Typed {
  return typeof kept === 'object' && kept !== null && 'value' in kept && typeof kept.value === 'string'
}
