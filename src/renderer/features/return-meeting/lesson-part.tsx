import { useQueryClient } from '@tanstack/react-query'
import type { ReturnLesson, ReturnWrapUp } from '#contract/return-wrap-up.ts'
import { useWindow } from '../../api/window-context.tsx'
import { SavedLine, TwoTexts } from '../../ui/saved-line.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { useKeptDraft } from '../../ui/use-kept-draft.ts'
import styles from './wrap-up.module.css'

/** Letters that what was missing may have at most: one line. */
const longestMissing = 280

const answers: readonly (readonly [NonNullable<ReturnLesson['helped']>, string])[] = [
  ['yes', 'Yes'],
  ['partly', 'Partly'],
  ['no', 'No'],
]

/** Whether the handoff helped, and what was missing in it; kept by itself while it is said. */
export function Lesson(props: {
  readonly coverageId: string
  readonly meetingId: string
  readonly wrapUp: ReturnWrapUp
}) {
  const { coverageId, meetingId, wrapUp } = props
  const draft = useLesson(coverageId, meetingId, wrapUp.lesson)
  const { helped, missing } = draft.document
  return (
    <>
      <TwoTexts about="this answer" draft={draft} words={lessonWords} />
      <div className={styles.lesson}>
        <fieldset className={styles.radios} disabled={draft.other !== null}>
          <legend>Did the handoff help?</legend>
          {answers.map(([answer, word]) => (
            <label key={answer} className={styles.check}>
              <input
                type="radio"
                name="handoff-helped"
                checked={helped === answer}
                onChange={() => draft.change({ helped: answer })}
              />
              {word}
            </label>
          ))}
        </fieldset>
        <div className={styles.missing}>
          <TextField
            label="What was missing"
            hint={`In one line; the next handoff of the account starts from it. ${longestMissing - missing.length} letters left.`}
            maxLength={longestMissing}
            disabled={draft.other !== null}
            value={missing}
            onChange={(event) => draft.change({ missing: event.target.value })}
          />
        </div>
        <SavedLine draft={draft} />
      </div>
      <Contingencies contingencies={wrapUp.contingencies} />
    </>
  )
}

/** What the handoff foresaw, and what of it came. */
function Contingencies({ contingencies: { written, fired, wrong } }: Pick<ReturnWrapUp, 'contingencies'>) {
  return (
    <div className={styles.block}>
      <p>
        {written === 0
          ? 'The handoff had no “if … then …”.'
          : `The handoff had ${written} “if … then …”: ${fired.length} happened.`}
        {wrong.length > 0 &&
          ` ${wrong.length === 1 ? 'One thing' : `${wrong.length} things`} happened that it had not foreseen.`}
      </p>
      <Listed name="Foreseen, and happened" lines={fired} />
      <Listed name="Not foreseen" lines={wrong} />
    </div>
  )
}

function Listed({ name, lines }: { readonly name: string; readonly lines: readonly string[] }) {
  if (lines.length === 0) return null
  return (
    <>
      <h3>{name}</h3>
      <ul className={styles.listed} aria-label={name}>
        {lines.map((line, index) => (
          <li key={index}>{line}</li>
        ))}
      </ul>
    </>
  )
}

function useLesson(coverageId: string, meetingId: string, lesson: ReturnLesson) {
  const { connection, queries } = useWindow()
  const queryClient = useQueryClient()
  return useKeptDraft<ReturnLesson, string>({
    key: `return-lesson.${meetingId}`,
    stored: { document: lesson, base: printOf(lesson) },
    read: (kept) => (isLesson(kept) ? kept : null),
    same: (one, another) => printOf(one) === printOf(another),
    async save(document) {
      await connection.client.returnWrapUps.learn({ coverageId, lesson: document })
      return printOf(document)
    },
    async look() {
      const wrapUp = await connection.client.returnWrapUps.get({ coverageId })
      return { document: wrapUp.lesson, base: printOf(wrapUp.lesson) }
    },
    onSaved: ({ document }) =>
      queryClient.setQueryData(
        queries.returnWrapUp(coverageId).queryKey,
        (before) => before && { ...before, lesson: document },
      ),
  })
}

/** Names a state of it: the service keeps no number of its own for so little. */
function printOf({ helped, missing }: ReturnLesson): string {
  return JSON.stringify([helped, missing.trim()])
}

function lessonWords({ helped, missing }: ReturnLesson): string {
  const answer = answers.find(([kind]) => kind === helped)?.[1] ?? 'No answer'
  return missing.trim() === '' ? answer : `${answer}: “${missing.trim()}”`
}

function isLesson(value: unknown): value is ReturnLesson {
  if (typeof value !== 'object' || value === null || !('helped' in value) || !('missing' in value)) return false
  const { helped, missing } = value
  return typeof missing === 'string' && (helped === null || answers.some(([kind]) => kind === helped))
}
