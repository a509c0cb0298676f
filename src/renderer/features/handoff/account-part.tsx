import { type RefObject, useEffect, useRef, useState } from 'react'
import type { HandoffDetail } from '#contract/handoffs.ts'
import { type AccountText, accountTexts } from '#core/handoff/handoff-document.ts'
import { Button } from '../../ui/button.tsx'
import { SavedLine, TwoTexts } from '../../ui/saved-line.tsx'
import { TextArea } from '../../ui/text-field.tsx'
import { textWords } from './handoff-words.ts'
import type { FocusWish } from './line-form.tsx'
import { useTextDraft } from './use-text-draft.ts'
import { useWrittenElsewhere } from './use-written-elsewhere.ts'
import styles from './handoff.module.css'

/** What is said of the account beside its tickets: six texts, each saved by itself. */
export function AccountPart({
  handoff,
  wish,
}: {
  readonly handoff: HandoffDetail
  readonly wish: RefObject<FocusWish>
}) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (wish.current === 'heading') heading.current?.focus()
  }, [wish])
  return (
    <div className={styles.form}>
      <h2 ref={heading} tabIndex={-1} className={styles.subject}>
        The account
      </h2>
      <p className={styles.soft}>
        Filled from the account page and from its last handoff where there was something. Write what is otherwise now.
      </p>
      <Lessons lessons={handoff.lessons} />
      <div className={styles.texts}>
        {accountTexts.map((text) => (
          <TextPart key={text} handoff={handoff} text={text} />
        ))}
      </div>
    </div>
  )
}

/** What the last return meeting found, to start from. */
function Lessons({ lessons }: Pick<HandoffDetail, 'lessons'>) {
  const [first] = lessons
  if (!first) return null
  return (
    <div className={styles.offered}>
      <p className={styles.soft}>{first.from} found:</p>
      <ul>
        {lessons.map(({ words }) => (
          <li key={words} className={styles.told}>
            {words}
          </li>
        ))}
      </ul>
    </div>
  )
}

interface TextProps {
  readonly handoff: HandoffDetail
  readonly text: AccountText
}

function TextPart(props: TextProps) {
  const [round, setRound] = useState(0)
  return <OneText key={round} {...props} onElsewhere={() => setRound(round + 1)} />
}

function OneText({ handoff, text, onElsewhere }: TextProps & { readonly onElsewhere: () => void }) {
  const draft = useTextDraft(handoff, text)
  const { value } = draft.document
  const stored = handoff.texts[text]
  useWrittenElsewhere(draft, { base: stored.base, isShown: stored.value === value }, onElsewhere)
  const { name, hint } = textWords[text]
  const offered = stored.offered !== null && stored.offered.value !== value ? stored.offered : null
  return (
    <div className={styles.text}>
      {draft.other ? (
        <TwoTexts about={name} draft={draft} words={(typed) => `“${typed.value}”`} />
      ) : (
        <TextArea
          label={name}
          rows={4}
          maxLength={4000}
          hint={
            <>
              {hint} <SavedLine draft={draft} />
            </>
          }
          value={value}
          onChange={(event) => draft.change({ value: event.target.value })}
        />
      )}
      {offered && draft.other === null && (
        <div className={styles.offered}>
          <p className={styles.soft}>{offered.from} now says:</p>
          <p className={styles.told}>{offered.value}</p>
          <Button aria-label={`Take it over: ${name}`} onClick={() => draft.change({ value: offered.value })}>
            Take it over
          </Button>
        </div>
      )}
    </div>
  )
}
