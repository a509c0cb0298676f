import { type ReactNode, useState } from 'react'
import { Link } from '@tanstack/react-router'
import type { DeskOnboardingStep, DeskPage } from '#contract/desk.ts'
import { useConnectionStatus } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Copyable } from '../../ui/copyable.tsx'
import { Problem } from '../../ui/notice.tsx'
import { Pill } from '../../ui/pill.tsx'
import { longDate } from '../../ui/time-words.ts'
import { AutoAssign } from './auto-assign.tsx'
import { useDeskChange } from './use-desk-change.ts'
import styles from './desk.module.css'

/** What taking over the account takes, with its days. What can be seen to be done is ticked by itself. */
export function DeskOnboarding({ page }: { readonly page: DeskPage }) {
  const { steps, edition } = page.onboarding
  const left = steps.filter(({ done }) => !done).length
  const [isOpen, setIsOpen] = useState(left > 0)
  return (
    <section aria-labelledby="desk-onboarding">
      <div className={styles.head}>
        <h2 id="desk-onboarding">Taking over the account</h2>
        <Button look="quiet" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          {left === 0 ? 'All done' : `${left} of ${steps.length} to do`}
        </Button>
      </div>
      {isOpen && (
        <>
          <StartDay page={page} />
          <ol className={styles.steps}>
            {steps.map((step) => (
              <Step key={step.id} page={page} step={step} />
            ))}
          </ol>
          <p className={styles.soft}>By the {edition}.</p>
        </>
      )}
    </section>
  )
}

/** The day everything is counted from. */
function StartDay({ page: { account, onboarding } }: { readonly page: DeskPage }) {
  const { startsOn, startsOnFrom } = onboarding
  const { change, pending, error } = useDeskChange(account.id)
  const words = {
    ase: 'The day the ASE took the account. Choose another one if the contract begins later.',
    set: 'As it was set here.',
    none: 'Choose the first day of the contract: the days below are counted from it.',
  }[startsOnFrom ?? 'none']
  return (
    <div className={styles.start}>
      <label>
        First day of the contract{' '}
        <input
          type="date"
          className={styles.date}
          value={startsOn ?? ''}
          disabled={pending}
          onChange={(event) => {
            const day = event.target.value || null
            change({ kind: 'starts-on', day }, 'The first day of the contract was changed.')
          }}
        />
      </label>
      <p className={styles.soft}>{words}</p>
      <Problem error={error} />
    </div>
  )
}

function Step({ page, step }: { readonly page: DeskPage; readonly step: DeskOnboardingStep }) {
  const { change, pending, error } = useDeskChange(page.account.id)
  const connected = useConnectionStatus() === 'open'
  const { id, words, source, dueOn, done, byItself, seen, late } = step
  const tick = (checked: boolean) =>
    change({ kind: 'tick', stepId: id, at: checked ? page.now : null }, checked ? 'Ticked.' : 'Not ticked any more.')
  return (
    <li data-done={done}>
      <label className={styles.step}>
        <input
          type="checkbox"
          checked={done}
          disabled={!connected || pending || byItself}
          onChange={(event) => tick(event.target.checked)}
        />
        <span>{words}</span>
      </label>
      <p className={styles.due} title={source}>
        {dueOn !== null && <time dateTime={dueOn}>by {longDate(Date.parse(`${dueOn}T12:00Z`), 'UTC')}</time>}
        {late && (
          <Pill tone="warning" icon="clock">
            Late
          </Pill>
        )}
        {seen !== null && <span>{seen}</span>}
      </p>
      {!done && <Help page={page} step={step} />}
      <Problem error={error} />
    </li>
  )
}

/** What helps with a step: a text to copy, a change to make, or where to go. */
function Help({ page, step }: { readonly page: DeskPage; readonly step: DeskOnboardingStep }) {
  switch (step.id) {
    case 'introduction':
      return (
        <Fold words={`Agenda, ${page.onboarding.agenda.minutes} minutes`}>
          <Copyable name="the agenda" text={page.onboarding.agenda.text} />
        </Fold>
      )
    case 'auto-assign':
      return (
        <Fold words="How to ask for it">
          <AutoAssign page={page} />
        </Fold>
      )
    case 'cadence':
      return <p className={styles.help}>Write it down under Cadence, above.</p>
    case 'org-note':
      return (
        <p className={styles.help}>
          <Link to="/accounts/$accountId/org-note" params={{ accountId: String(page.account.id) }}>
            Write the note
          </Link>{' '}
          from what is known of the account.
        </p>
      )
    case 'project-kit':
    case 'announcements':
      return (
        <p className={styles.help}>
          <Link to="/accounts">GitLab project… in Accounts</Link>{' '}
          {step.id === 'project-kit' ? 'makes what is missing.' : 'has both messages to copy.'}
        </p>
      )
  }
}

function Fold({ words, children }: { readonly words: string; readonly children: ReactNode }) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <div className={styles.help}>
      <Button look="quiet" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
        {words}
      </Button>
      {isOpen && children}
    </div>
  )
}
