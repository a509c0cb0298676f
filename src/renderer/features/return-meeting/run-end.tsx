import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { MeetingRow, ReturnList } from '#contract/returns.ts'
import { returnDecisionKinds } from '#core/return-meeting/return-row.ts'
import { useConnectionStatus, useWindow } from '../../api/window-context.tsx'
import { dayOnly } from '../../ui/calendar-day.ts'
import { Button } from '../../ui/button.tsx'
import button from '../../ui/button.module.css'
import { classNames } from '../../ui/class-names.ts'
import { Icon } from '../../ui/icon.tsx'
import { useShortcuts } from '../../ui/keyboard.tsx'
import { Problem } from '../../ui/notice.tsx'
import { isUndecided, nextUndecided } from './place-in-list.ts'
import { decisionLooks, fullName, undecidedWords } from './row-looks.ts'
import { Past } from './row-list.tsx'
import type { RunPlace } from './use-run-place.ts'
import styles from './run.module.css'

interface EndProps {
  readonly list: ReturnList
  readonly rows: readonly MeetingRow[]
  readonly onTheirWay: number
  readonly hidden: boolean
  readonly place: RunPlace
}

/** The end of a list: nothing undecided, what was decided in numbers, and what comes next. */
export function RunEnd(props: EndProps) {
  const { list, rows, hidden, place } = props
  const undecided = rows.filter(isUndecided).length
  return (
    <div className={styles.page}>
      <section className={styles.end} aria-label="End of the list">
        <span className={styles.endSign} data-zero={undecided === 0}>
          <Icon name={undecided === 0 ? 'check' : 'dash'} size={28} />
        </span>
        <h2 tabIndex={-1} className={styles.subject}>
          {rows.length === 0 ? 'Nothing happened that is to be gone over' : undecidedWords(undecided)}
        </h2>
        <p className={styles.soft}>{endWords(list)}</p>
        {rows.length > 0 && undecided === 0 && <Counts rows={rows} />}
        {undecided > 0 ? (
          <GoOn onGoOn={() => place.goTo(nextUndecided(rows, null))} words="Go on with the list" />
        ) : (
          <Onwards {...props} />
        )}
        {undecided === 0 && !hidden && <FollowUps rows={rows} />}
        {list.past.length > 0 && !hidden && <Past past={list.past} />}
      </section>
    </div>
  )
}

function endWords({ stage, state, covers }: ReturnList): string {
  const cover = covers.at(-1)?.name ?? 'Somebody'
  if (stage === 'handed-back') return 'The account was handed back. The list is as it was then.'
  if (stage === 'wrap-up') return 'The list stands still while transfers go out and notes are written.'
  if (state === 'not-begun') return 'The coverage has not begun.'
  if (state === 'covered') return `${cover} still covers: until the account is handed back, more may come to the list.`
  return 'What comes to the list until you go on opens it again.'
}

function Counts({ rows }: { readonly rows: readonly MeetingRow[] }) {
  const counts = Map.groupBy(rows, ({ decided }) => decided?.decision.kind)
  return (
    <dl className={styles.counts}>
      {returnDecisionKinds.map((kind) => {
        const { icon, word } = decisionLooks[kind]
        return (
          <div key={kind}>
            <dt>
              <Icon name={icon} size={14} /> {word}
            </dt>
            <dd>{counts.get(kind)?.length ?? 0}</dd>
          </div>
        )
      })}
    </dl>
  )
}

/** What somebody promised the other to see to. */
function FollowUps({ rows }: { readonly rows: readonly MeetingRow[] }) {
  const followed = rows.filter(({ decided }) => decided?.decision.kind === 'follow-up')
  if (followed.length === 0) return null
  return (
    <section className={styles.past}>
      <h3>Followed up</h3>
      <ul>
        {followed.map((row) => (
          <li key={row.key}>
            <strong>
              {row.decided?.decision.owner}, until {dayOnly(row.decided?.decision.dueOn ?? '')}
            </strong>{' '}
            {fullName(row)}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** From zero undecided to what follows. */
function Onwards({ list, rows, onTheirWay, place }: EndProps) {
  const { queries } = useWindow()
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const connected = useConnectionStatus() === 'open'
  const { coverageId, stage, state } = list
  const { mutate, isPending, error } = useMutation({
    ...queries.procedures.returns.settle.mutationOptions(),
    onSuccess: async (_meeting, { settled }) => {
      await queryClient.invalidateQueries({ queryKey: queries.procedures.returns.key(), refetchType: 'all' })
      if (settled) await navigate({ to: '/return/$coverageId/wrap-up', params: { coverageId } })
    },
  })
  const disabled = !connected || isPending || onTheirWay > 0
  const look = () => place.goTo(rows[0]?.key ?? null)
  return (
    <>
      <Problem error={error} />
      {stage === 'list' ? (
        state !== 'not-begun' && (
          <GoOn
            words="Go on to transfers and notes"
            disabled={disabled}
            onGoOn={() => mutate({ coverageId, settled: true })}
          />
        )
      ) : (
        <Link
          to="/return/$coverageId/wrap-up"
          params={{ coverageId }}
          className={classNames(button.button, button.primary)}
        >
          {stage === 'wrap-up' ? 'Go on to transfers and notes' : 'Look at transfers and notes'}
        </Link>
      )}
      <p className={styles.buttons}>
        {rows.length > 0 && (
          <Button icon="return" onClick={look}>
            Look at the list again
          </Button>
        )}
        {stage === 'wrap-up' && (
          <Button icon="edit" disabled={disabled} onClick={() => mutate({ coverageId, settled: false })}>
            Open the list again
          </Button>
        )}
      </p>
    </>
  )
}

function GoOn(props: { readonly words: string; readonly disabled?: boolean; readonly onGoOn: () => void }) {
  const { words, disabled = false, onGoOn } = props
  useShortcuts([
    { keys: 'Enter', words, group: 'End of the list', once: true, run: () => (disabled ? undefined : onGoOn()) },
  ])
  return (
    <Button look="primary" icon="after" disabled={disabled} onClick={onGoOn}>
      {words} <kbd aria-hidden="true">Enter</kbd>
    </Button>
  )
}
