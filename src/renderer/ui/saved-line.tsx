import { useState } from 'react'
import type { KeptDraft } from './draft-keeper.ts'
import { Button } from './button.tsx'
import { errorWords } from './error-words.ts'
import styles from './saved-line.module.css'

/** Whether what was typed is kept, and where. Says nothing before something was. */
export function SavedLine<Document>({ draft: { saved, error } }: { readonly draft: KeptDraft<Document> }) {
  const [begun, setBegun] = useState(!saved)
  if (!saved && !begun) setBegun(true)
  return (
    <span role="status" className={styles.soft}>
      {saved ? begun && 'Saved' : error ? `Not saved yet; this window keeps it. ${errorWords(error)}` : 'Saving…'}
    </span>
  )
}

/** The same was typed in two places: a person chooses, and nothing is typed before. */
export function TwoTexts<Document>(props: {
  readonly about: string
  readonly draft: KeptDraft<Document>
  readonly words: (document: Document) => string
}) {
  const { about, draft, words } = props
  const { document, other, settle } = draft
  if (other === null) return null
  return (
    <section className={styles.twoTexts} aria-label={`Two texts of ${about}`}>
      <p>
        <strong>There are two texts of {about}.</strong> It was written in another place, or in this window before it
        ended. Choose which to go on with; the other one is dropped.
      </p>
      <p>
        <Button onClick={() => settle('mine')}>Go on with this one</Button> {words(document)}
      </p>
      <p>
        <Button onClick={() => settle('other')}>Go on with this one</Button> {words(other)}
      </p>
    </section>
  )
}
