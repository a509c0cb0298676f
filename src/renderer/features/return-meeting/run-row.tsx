import { useRef, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import type { MeetingRow, ReturnDecision, ReturnDecisionKind, ReturnList } from '#contract/returns.ts'
import { returnDecisionKinds } from '#core/return-meeting/return-row.ts'
import { useWindow } from '../../api/window-context.tsx'
import { dayOf } from '../../ui/calendar-day.ts'
import { Button } from '../../ui/button.tsx'
import { useShortcuts } from '../../ui/keyboard.tsx'
import { Problem } from '../../ui/notice.tsx'
import { Pill } from '../../ui/pill.tsx'
import { useDraft } from '../../ui/use-draft.ts'
import { useOpenExternal } from '../../ui/use-open-external.ts'
import { DecisionButtons, ProposalLine, suggestionOf } from './decision-bar.tsx'
import { type FollowUp, FollowUpForm } from './follow-up-form.tsx'
import { nextWorkingDay } from './next-working-day.ts'
import { isUndecided } from './place-in-list.ts'
import { decisionLooks } from './row-looks.ts'
import { RowNote } from './row-note.tsx'
import { RowView } from './row-view.tsx'
import { useOtherZone } from './use-other-zone.ts'
import type { RefusedDecision } from './use-decisions.ts'
import { countPrivate, withoutPrivate } from './without-private.ts'
import styles from './run.module.css'

interface RunRowProps {
  readonly list: ReturnList
  readonly row: MeetingRow
  /** Names the note among the drafts. */
  readonly noteKey: string
  /** It left the list under whoever is typing. */
  readonly hasLeft: boolean
  /** Whether what is private is hidden. */
  readonly hidden: boolean
  readonly refused: RefusedDecision | undefined
  readonly onDecide: (row: MeetingRow, decision: ReturnDecision) => void
  readonly onGoOn: () => void
  /** Back to the keys. */
  readonly onFocus: () => void
  readonly onSay: (words: string) => void
}

/** One row as it is gone over. The same component must not be used for another row. */
export function RunRow(props: RunRowProps) {
  const { list, row, hasLeft, hidden, refused } = props
  const [first] = useState(row.state)
  const otherZone = useOtherZone(list)
  const openExternal = useOpenExternal()
  const shown = hidden ? withoutPrivate(row) : row
  const open = () => shown.url !== null && openExternal(shown.url)
  const place = row.issue ? 'GitLab' : 'Zendesk'
  useShortcuts([{ keys: 'o', words: 'Open in Zendesk or GitLab', group: 'Row', run: open }])
  return (
    <>
      <div className={styles.page}>
        <article className={styles.row} aria-label="Row">
          <RowView row={shown} otherZone={otherZone}>
            {first !== row.state && row.decided?.changed !== true && (
              <Pill tone="warning" icon="alert">
                Changed just now
              </Pill>
            )}
            {hidden && countPrivate(row) > 0 && <Pill icon="lock">{countPrivate(row)} hidden</Pill>}
            {shown.url !== null && (
              <Button look="quiet" icon="external" aria-keyshortcuts="o" onClick={open}>
                Open in {place} <kbd aria-hidden="true">o</kbd>
              </Button>
            )}
          </RowView>
        </article>
      </div>
      <section className={styles.decide} aria-label="Decision">
        {refused && <Problem error={refused.error} />}
        {hasLeft ? (
          <p className={styles.changed}>
            This row is not on the list any more. What you typed is kept.{' '}
            <Button icon="after" onClick={props.onGoOn}>
              Go on
            </Button>
          </p>
        ) : list.stage === 'list' ? (
          <Deciding {...props} />
        ) : (
          <ProposalLine row={row} hidden={hidden} />
        )}
      </section>
    </>
  )
}

/** The proposal, the note, and the keys that decide. */
function Deciding(props: RunRowProps) {
  const { list, row, noteKey, hidden, refused, onDecide, onGoOn, onFocus, onSay } = props
  const [note, setNote] = useDraft(noteKey, row.decided?.decision.note)
  const [noting, setNoting] = useState(false)
  const [following, setFollowing] = useState(refused?.decision.kind === 'follow-up')
  const form = useRef<HTMLFormElement>(null)
  const prefilled = useFollowUp(list, row, refused?.decision)
  const decide = (kind: ReturnDecisionKind, followUp: FollowUp = { owner: '', dueOn: '' }) =>
    onDecide(row, { kind, note: note.trim(), ...followUp })
  const choose = (kind: ReturnDecisionKind) => {
    if (!row.decisions.includes(kind))
      return onSay(`${decisionLooks[kind].word} is nothing that can be done with this.`)
    if (kind === 'follow-up') setFollowing(true)
    else decide(kind)
  }
  const take = () => {
    const { kind, owner, dueOn } = suggestionOf(row)
    if (!isUndecided(row)) onGoOn()
    else if (kind === 'follow-up' && owner !== '') decide(kind, { owner, dueOn })
    else choose(kind)
  }
  const openNote = () => {
    if (hidden) onSay('Notes are hidden with what is private. Press p to see them again.')
    else setNoting(true)
  }
  useShortcuts([
    ...returnDecisionKinds.map((kind) => ({
      ...{ keys: decisionLooks[kind].key, words: decisionLooks[kind].word, group: 'Decide', once: true },
      run: () => choose(kind),
    })),
    { keys: 'Enter', words: 'Take what is proposed, or go on', group: 'Decide', once: true, run: take },
    {
      ...{ keys: 'mod+enter', words: 'The same out of the note', group: 'Decide', once: true },
      run: () => (following ? form.current?.requestSubmit() : take()),
    },
    { keys: 'n', words: 'Note', group: 'Row', run: openNote },
  ])
  return (
    <>
      <ProposalLine row={row} hidden={hidden} />
      <RowNote
        {...{ note, hidden }}
        open={noting}
        onOpen={openNote}
        onChange={setNote}
        onDone={() => {
          setNoting(false)
          onFocus()
        }}
      />
      {following ? (
        <FollowUpForm
          ref={form}
          initial={prefilled}
          people={[...new Set([list.aseName, ...list.covers.map(({ name }) => name)])]}
          onDecide={(followUp) => decide('follow-up', followUp)}
          onClose={() => {
            setFollowing(false)
            onFocus()
          }}
        />
      ) : (
        <DecisionButtons row={row} meeting={list} onChoose={choose} />
      )}
    </>
  )
}

/** Who is likely to follow up and until when: as it was said before, else the ASE, by the day of the row or their next working day. */
function useFollowUp(list: ReturnList, row: MeetingRow, refused: ReturnDecision | undefined): FollowUp {
  const { queries, clock } = useWindow()
  const { data: ase } = useQuery({
    ...queries.people(),
    select: ({ people }) => people.find(({ id }) => id === list.aseId),
  })
  const said = [refused, row.decided?.decision].find((decision) => decision?.kind === 'follow-up')
  if (said) return { owner: said.owner, dueOn: said.dueOn }
  const today = dayOf(clock.now(), list.aseTimeZone)
  return { owner: list.aseName, dueOn: row.dueOn >= today ? row.dueOn : nextWorkingDay(today, ase) }
}
