import { useNavigate, useParams } from '@tanstack/react-router'
import type { ReturnList } from '#contract/returns.ts'
import { Icon } from '../../ui/icon.tsx'
import { EmptyState } from '../../ui/notice.tsx'
import { isUndecided, placeToBegin } from './place-in-list.ts'
import { ReturnGate } from './return-gate.tsx'
import { decisionLooks, undecidedWords } from './row-looks.ts'
import { RowView } from './row-view.tsx'
import { Burndown, sidesWords } from './run-header.tsx'
import { useOtherZone } from './use-other-zone.ts'
import { withoutPrivate } from './without-private.ts'
import { ZoneClocks } from './zone-clocks.tsx'
import styles from './run.module.css'

/** What is shown to others while a meeting runs in another window: its row, without anything private. */
export function SecondScreen() {
  const { coverageId } = useParams({ from: '/return/$coverageId/screen' })
  const navigate = useNavigate()
  return (
    <ReturnGate coverageId={coverageId} onLeave={() => void navigate({ to: '/return' })}>
      {(list) => <Shown list={list} />}
    </ReturnGate>
  )
}

function Shown({ list }: { readonly list: ReturnList }) {
  const { accountName, rows } = list
  const undecided = rows.filter(isUndecided).length
  return (
    <div className={styles.run} data-second>
      <header className={styles.header}>
        <div className={styles.headLine}>
          <div className={styles.title}>
            <h1>Return: {accountName}</h1>
            <p className={styles.soft}>{sidesWords(list)}</p>
          </div>
          <ZoneClocks meeting={list} />
          <p className={styles.count} data-zero={undecided === 0}>
            <strong>{undecidedWords(undecided)}</strong> <span className={styles.soft}>of {rows.length}</span>
          </p>
        </div>
        <Burndown total={rows.length} undecided={undecided} />
      </header>
      <div className={styles.page} aria-live="polite">
        <Following list={list} undecided={undecided} />
      </div>
    </div>
  )
}

function Following({ list, undecided }: { readonly list: ReturnList; readonly undecided: number }) {
  const { rows, at, running, stage } = list
  const otherZone = useOtherZone(list)
  const key = at ?? placeToBegin(rows, null)
  const row = rows.find((other) => other.key === key)
  if (stage !== 'list' || (running && undecided === 0)) {
    return (
      <EmptyState icon="check" title="Nothing undecided">
        <p>Every row was gone over. Transfers and notes come next.</p>
      </EmptyState>
    )
  }
  if (!running || !row) {
    return (
      <EmptyState icon="pause" title="The meeting does not run">
        <p>As soon as the list is run in the other window, its row shows here.</p>
      </EmptyState>
    )
  }
  const shown = withoutPrivate(row)
  return (
    <article className={styles.row} aria-label="Row">
      <RowView row={shown} otherZone={otherZone} />
      {shown.decided && !shown.decided.changed && (
        <p className={styles.decided}>
          <Icon name="check" size={14} />
          <strong>Decided: {decisionLooks[shown.decided.decision.kind].word}</strong>
        </p>
      )}
    </article>
  )
}
