import { useEffect, useRef } from 'react'
import { useNavigate, useParams } from '@tanstack/react-router'
import type { ReturnList } from '#contract/returns.ts'
import { useConnectionStatus, useWindow } from '../../api/window-context.tsx'
import { errorWords } from '../../ui/error-words.ts'
import { useShortcuts } from '../../ui/keyboard.tsx'
import { useDraft } from '../../ui/use-draft.ts'
import { useWorkspaceName } from '../../ui/use-workspace-name.ts'
import { isOpenList, isUndecided } from './place-in-list.ts'
import { ReturnGate } from './return-gate.tsx'
import { decisionLooks, fullName, shortName, undecidedWords } from './row-looks.ts'
import { RowList } from './row-list.tsx'
import { RunEnd } from './run-end.tsx'
import { RunHeader } from './run-header.tsx'
import { RunRow } from './run-row.tsx'
import { type Decisions, useDecisions } from './use-decisions.ts'
import { type ListFold, useListFold } from './use-list-fold.ts'
import { useMeetingRuns } from './use-meeting-runs.ts'
import { type RunPlace, useRunPlace } from './use-run-place.ts'
import styles from './run.module.css'

/** Where both go over the list of a meeting, one row at a time, by keyboard, until nothing is undecided. */
export function RunScreen() {
  const { coverageId } = useParams({ from: '/return/$coverageId' })
  const navigate = useNavigate()
  const leave = () => void navigate({ to: '/return' })
  return (
    <ReturnGate coverageId={coverageId} onLeave={leave}>
      {(list) => <Run key={list.meetingId} list={list} onLeave={leave} />}
    </ReturnGate>
  )
}

function Run({ list, onLeave }: { readonly list: ReturnList; readonly onLeave: () => void }) {
  const run = useRun(list)
  const { place, decisions, fold, hidden, whole } = run
  const undecided = decisions.rows.filter(isUndecided).length
  return (
    <div ref={whole} className={styles.run}>
      <RunHeader
        list={list}
        total={decisions.rows.length}
        undecided={undecided}
        hidden={hidden}
        folded={fold.folded}
        onHide={run.toggleHidden}
        onFold={fold.toggle}
        onLeave={onLeave}
      />
      <div className={styles.columns}>
        <div className={styles.stage}>
          {place.row ? (
            <RunRow
              key={place.row.key}
              list={list}
              row={place.row}
              noteKey={run.noteKey(place.row.key)}
              hasLeft={place.hasLeft}
              hidden={hidden}
              refused={decisions.refused.get(place.row.key)}
              onDecide={run.decide}
              onGoOn={place.goOn}
              onFocus={run.focus}
              onSay={place.say}
            />
          ) : (
            <RunEnd list={list} rows={decisions.rows} onTheirWay={decisions.onTheirWay} hidden={hidden} place={place} />
          )}
          <QuietLine said={place.said} onTheirWay={decisions.onTheirWay} />
        </div>
        {!fold.folded && (
          <RowList
            rows={decisions.rows}
            past={list.past}
            at={place.at}
            hidden={hidden}
            fold={fold}
            onGo={place.goTo}
            onFocus={run.focus}
          />
        )}
      </div>
    </div>
  )
}

/** What happened last, and what waits for the connection. */
function QuietLine({ said, onTheirWay }: { readonly said: string; readonly onTheirWay: number }) {
  const connected = useConnectionStatus() === 'open'
  const waits =
    onTheirWay === 1
      ? '1 decision waits for the connection, and goes out by itself.'
      : `${onTheirWay} decisions wait for the connection, and go out by themselves.`
  return (
    <p role="status" className={styles.quiet}>
      {!connected && onTheirWay > 0 ? waits : said}
    </p>
  )
}

/** All that a meeting is while it runs: its decisions, its place, its keys. */
function useRun(list: ReturnList) {
  const { connection, drafts } = useWindow()
  const workspace = useWorkspaceName()
  const whole = useRef<HTMLDivElement>(null)
  const noteKey = (key: string) => `return ${workspace} ${list.meetingId} note ${key}`
  const decisions = useDecisions(list, {
    onDone({ key }, { note }) {
      // Unless another one was begun meanwhile.
      if (drafts.read(noteKey(key)).trim() === note) drafts.keep(noteKey(key), '')
    },
    onRefused(row) {
      place.say(`${shortName(row)} was not decided.`)
      place.comeBackTo(row.key)
    },
  })
  const place = useRunPlace(decisions.rows, list.rows, list.at)
  const [privacy, keepPrivacy] = useDraft('return private', 'shown')
  const focus = () => whole.current?.querySelector<HTMLElement>('h2')?.focus()
  useEffect(focus, [place.at])
  useMeetingRuns({
    coverageId: list.coverageId,
    runs: isOpenList(list),
    at: place.at,
  })
  const run = {
    ...{ whole, decisions, place, focus, noteKey },
    fold: useListFold(),
    hidden: privacy === 'hidden',
    toggleHidden: () => keepPrivacy(privacy === 'hidden' ? 'shown' : 'hidden'),
    decide(...[row, decision]: Parameters<Decisions['decide']>) {
      const left = decisions.rows.filter((other) => other.key !== row.key && isUndecided(other)).length
      decisions.decide(row, decision)
      place.say(`${decisionLooks[decision.kind].word}: ${shortName(row)}. ${undecidedWords(left)}.`)
      place.goOn()
    },
    async undo() {
      if (connection.status() !== 'open') place.say('It is taken back as soon as the connection is there.')
      try {
        const key = await decisions.undo()
        const row = decisions.rows.find((other) => other.key === key)
        const note = row?.decided?.decision.note ?? ''
        // What was noted with a decision that is taken back is not lost with it.
        if (row && note !== '') drafts.keep(noteKey(row.key), note)
        place.say(undoneWords(key, row && fullName(row)))
        if (row) place.goTo(row.key)
      } catch (error) {
        place.say(`Nothing was taken back. ${error instanceof Error ? errorWords(error) : ''}`)
      }
    },
  }
  useRunKeys(run)
  return run
}

function undoneWords(key: string | null, name: string | undefined): string {
  if (key === null) return 'Nothing is left to take back.'
  return name === undefined
    ? 'Taken back: the decision of a row that is not on the list any more.'
    : `Taken back: ${name}.`
}

function useRunKeys(run: {
  readonly place: RunPlace
  readonly fold: ListFold
  readonly toggleHidden: () => void
  readonly undo: () => Promise<void>
}): void {
  const { place, fold, toggleHidden, undo } = run
  const group = 'List of the meeting'
  useShortcuts([
    { keys: 'j', words: 'Next row', group, run: () => place.step(1) },
    { keys: 'alt+ArrowDown', words: 'Next row', group, run: () => place.step(1) },
    { keys: 'k', words: 'Row before', group, run: () => place.step(-1) },
    { keys: 'alt+ArrowUp', words: 'Row before', group, run: () => place.step(-1) },
    { keys: 'u', words: 'Take back the last decision', group, once: true, run: () => void undo() },
    { keys: 'l', words: 'Show or fold the list', group, run: fold.toggle },
    { keys: '/', words: 'Find a row', group, run: fold.find },
    { keys: 'p', words: 'Hide or show what is private', group, run: toggleHidden },
  ])
}
