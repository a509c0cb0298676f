import { useRef, useState } from 'react'
import { TextField } from '../../ui/text-field.tsx'
import { ChangeDialog } from '../../ui/change-dialog.tsx'
import styles from '../../ui/change-dialog.module.css'

/** Tags one change may add or take away at most. */
const mostTags = 50
/** Letters a tag may have at most. */
const longestTag = 255

/** Adds tags to a ticket and takes some away. */
export function TagsDialog(props: {
  readonly ticketId: number
  readonly tags: readonly string[]
  readonly onClose: () => void
}) {
  const { ticketId, tags, onClose } = props
  const [text, setText] = useState('')
  const [removed, setRemoved] = useState<ReadonlySet<string>>(new Set())
  const field = useRef<HTMLInputElement>(null)
  const add = newTags(text, tags)
  const remove = tags.filter((tag) => removed.has(tag))
  const problem =
    add.length > mostTags || remove.length > mostTags
      ? `At most ${mostTags} tags at once.`
      : add.some((tag) => tag.length > longestTag)
        ? `A tag has at most ${longestTag} letters.`
        : undefined
  const toggle = (tag: string) =>
    setRemoved((before) => new Set(before.has(tag) ? [...before].filter((other) => other !== tag) : [...before, tag]))
  const complete = problem === undefined && add.length + remove.length > 0
  return (
    <ChangeDialog
      title={`Tags of #${ticketId}`}
      intent={complete ? { kind: 'tags', ticketId, add, remove } : null}
      initialFocus={field}
      onClose={onClose}
    >
      <TextField
        ref={field}
        label="Add"
        hint="A space or a comma between two tags."
        problem={problem}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {tags.length > 0 && (
        <fieldset className={styles.tags}>
          <legend>Keep</legend>
          {tags.map((tag) => (
            <label key={tag} className={styles.tag}>
              <input type="checkbox" checked={!removed.has(tag)} onChange={() => toggle(tag)} />
              {tag}
            </label>
          ))}
        </fieldset>
      )}
    </ChangeDialog>
  )
}

/** The typed tags that the ticket does not have yet, each once. */
function newTags(text: string, present: readonly string[]): string[] {
  const typed = text.split(/[\s,]+/).filter((tag) => tag !== '')
  return [...new Set(typed)].filter((tag) => !present.includes(tag))
}
