import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReturnList } from '#contract/returns.ts'
import { useConnectionStatus, useWindow } from '../../api/window-context.tsx'
import { Bar } from '../../ui/bar.tsx'
import { Button } from '../../ui/button.tsx'
import button from '../../ui/button.module.css'
import { classNames } from '../../ui/class-names.ts'
import { Icon } from '../../ui/icon.tsx'
import { quietWords } from '../../ui/quiet-words.ts'
import { useAlertsAgain } from '../../ui/use-alerts-again.ts'
import { isOpenList } from './place-in-list.ts'
import { undecidedWords } from './row-looks.ts'
import { ZoneClocks } from './zone-clocks.tsx'
import styles from './run.module.css'

/** Whose account is handed back, what time it is for both, how much is undecided, and how to leave. */
export function RunHeader(props: {
  readonly list: ReturnList
  readonly total: number
  readonly undecided: number
  readonly hidden: boolean
  readonly folded: boolean
  readonly onHide: () => void
  readonly onFold: () => void
  readonly onLeave: () => void
}) {
  const { list, total, undecided, hidden, folded, onHide, onFold, onLeave } = props
  const isRunning = isOpenList(list)
  return (
    <header className={styles.header}>
      <div className={styles.headLine}>
        <div className={styles.title}>
          <h1>Return: {list.accountName}</h1>
          <p className={styles.soft}>{sidesWords(list)}</p>
        </div>
        <ZoneClocks meeting={list} />
        <p className={styles.count} data-zero={undecided === 0}>
          <strong>{undecidedWords(undecided)}</strong> <span className={styles.soft}>of {total}</span>
        </p>
      </div>
      <div className={styles.headLine}>
        {isRunning ? (
          <AlertsLine />
        ) : (
          <p className={styles.soft}>{list.stage === 'list' ? 'Nobody covers yet.' : 'The list stands still.'}</p>
        )}
        <div className={styles.tools}>
          <SecondScreenLink coverageId={list.coverageId} />
          <Button look="quiet" icon="lock" aria-keyshortcuts="p" onClick={onHide}>
            {hidden ? 'Show what is private' : 'Hide what is private'} <kbd aria-hidden="true">p</kbd>
          </Button>
          <Button look="quiet" icon="today" aria-expanded={!folded} aria-keyshortcuts="l" onClick={onFold}>
            List <kbd aria-hidden="true">l</kbd>
          </Button>
          <Button icon={isRunning ? 'pause' : 'before'} aria-keyshortcuts="Escape" onClick={onLeave}>
            {isRunning ? 'Pause' : 'Back'} <kbd aria-hidden="true">Esc</kbd>
          </Button>
        </div>
      </div>
      <Burndown total={total} undecided={undecided} />
    </header>
  )
}

/** `Marta Lindqvist ↔ Priya Raman, Tom Okafor`. */
export function sidesWords({ aseName, covers }: Pick<ReturnList, 'aseName' | 'covers'>): string {
  return `${aseName} ↔ ${[...new Set(covers.map(({ name }) => name))].join(', ') || 'nobody'}`
}

/** How much of a list is decided, as a line across the window. */
export function Burndown({ total, undecided }: { readonly total: number; readonly undecided: number }) {
  return (
    <div className={styles.burndown}>
      <Bar
        kind="progressbar"
        name="Decided"
        value={total - undecided}
        of={total}
        words={`${total - undecided} of ${total} decided`}
      />
    </div>
  )
}

/** That alerts wait while the meeting runs; where they do not, a way to make them. */
function AlertsLine() {
  const { connection, queries } = useWindow()
  const connected = useConnectionStatus() === 'open'
  const again = useAlertsAgain()
  const { data: quiet } = useQuery({ ...queries.alertsNow(), select: (alerts) => alerts.quiet })
  const { mutate } = useMutation({
    mutationFn: () => connection.client.alerts.hold({ meeting: true }),
    onSettled: again,
  })
  if (!quiet) return <span />
  return (
    <p className={styles.alerts}>
      <Icon name={quiet.reason === 'none' ? 'bell' : 'pause'} size={12} />
      {quiet.reason === 'meeting' ? heldWords(quiet.held) : quietWords(quiet)}
      {quiet.reason === 'none' && (
        <Button look="quiet" disabled={!connected} onClick={() => mutate()}>
          Hold them
        </Button>
      )}
    </p>
  )
}

function heldWords(held: number): string {
  const waiting = held === 0 ? 'none does yet' : held === 1 ? '1 does' : `${held} do`
  return `Alerts wait until you leave; ${waiting}`
}

/** Another window that follows this one; only a browser has one. */
function SecondScreenLink({ coverageId }: { readonly coverageId: string }) {
  const { queries } = useWindow()
  const { data: host } = useQuery({ ...queries.status(), select: (status) => status.host })
  if (host !== 'web') return null
  return (
    // The new tab is let in as this one was: it takes over what this tab keeps.
    <Link
      to="/return/$coverageId/screen"
      params={{ coverageId }}
      target="_blank"
      rel="opener"
      className={classNames(button.button, button.quiet)}
    >
      <Icon name="external" size={14} /> Second screen
    </Link>
  )
}
