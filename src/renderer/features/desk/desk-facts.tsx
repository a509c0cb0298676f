import type { ReactNode } from 'react'
import { Link } from '@tanstack/react-router'
import type { DeskPage } from '#contract/desk.ts'
import { useConnectionStatus, useTimeZone } from '../../api/window-context.tsx'
import { CheckField } from '../../ui/check-field.tsx'
import { Problem } from '../../ui/notice.tsx'
import { Pill } from '../../ui/pill.tsx'
import { dayAndTime } from '../../ui/time-words.ts'
import { useWorkspaceName } from '../../ui/use-workspace-name.ts'
import { DeskText } from './desk-text.tsx'
import { useDeskChange } from './use-desk-change.ts'
import styles from './desk.module.css'

/** Where the account’s work is: tickets, label, project, Slack, regular calls. */
export function DeskFacts({ page: { account, document } }: { readonly page: DeskPage }) {
  const workspace = useWorkspaceName()
  const draftKey = (field: string) => `desk ${workspace} ${account.id} ${field}`
  return (
    <section aria-labelledby="desk-facts">
      <h2 id="desk-facts">Where the work is</h2>
      <dl className={styles.facts}>
        <Fact name="Tickets">
          {account.relation === 'other' ? (
            `${account.openTickets} open`
          ) : (
            <Link to="/today" search={{ account: account.id }}>
              {account.openTickets} open
            </Link>
          )}
        </Fact>
        <Fact name="Calls">
          <Link to="/calls" search={{ account: account.id }}>
            Calls and what was agreed in them
          </Link>
        </Fact>
        <Fact name="Label">
          {account.label ?? <span className={styles.soft}>None. Choose it under Edit in Accounts.</span>}
        </Fact>
        <Fact name="GitLab project">
          {account.gitlabGroup ?? <span className={styles.soft}>None. Choose it under Edit in Accounts.</span>}
        </Fact>
        <Fact name="Slack channel">
          <DeskText
            accountId={account.id}
            name="Slack channel"
            text={document.slackChannel}
            draftKey={draftKey('slackChannel')}
            hint="The one shared with the customer"
            editOf={(text) => ({ kind: 'text', field: 'slackChannel', text })}
          />
        </Fact>
        <Fact name="Cadence">
          <DeskText
            accountId={account.id}
            name="Cadence"
            text={document.cadence}
            draftKey={draftKey('cadence')}
            hint="What was agreed on regular calls, or that there are none"
            editOf={(text) => ({ kind: 'text', field: 'cadence', text })}
          />
        </Fact>
      </dl>
    </section>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** Keeps the account to this machine, and to Zendesk. */
export function DeskRestricted({ page }: { readonly page: DeskPage }) {
  const { change, pending, error } = useDeskChange(page.account.id)
  const connected = useConnectionStatus() === 'open'
  return (
    <section aria-labelledby="desk-restricted">
      <h2 id="desk-restricted">Restricted</h2>
      <CheckField
        label="Nothing of this account goes to other places"
        hint="Understudy then writes nothing for this account, neither in GitLab nor in Zendesk, copies its name nowhere and exports nothing of it. Its tickets are worked in Zendesk itself. For accounts of the US Government, for example."
        checked={page.restricted}
        onChange={(restricted) => {
          if (!connected || pending) return
          change(
            { kind: 'restricted', restricted },
            restricted ? 'The account is restricted.' : 'The restriction was lifted.',
          )
        }}
      />
      <Problem error={error} />
    </section>
  )
}

/** Who covered the account when, and who will. */
export function DeskCoverages({ page: { coverages } }: { readonly page: DeskPage }) {
  const timeZone = useTimeZone()
  return (
    <section aria-labelledby="desk-coverages">
      <h2 id="desk-coverages">Coverages</h2>
      {coverages.length === 0 ? (
        <p className={styles.soft}>
          Nobody has covered it yet. Plan an absence in <Link to="/coverage">Coverage</Link>.
        </p>
      ) : (
        <ul className={styles.rows}>
          {coverages.map(({ id, coverName, mine, phase, startsAt, endsAt }) => (
            <li key={id}>
              <strong>{mine ? 'You' : coverName}</strong>{' '}
              {phase !== 'past' && <Pill tone="info">{phase === 'running' ? 'Now' : 'Next'}</Pill>}
              <p className={styles.soft}>
                {dayAndTime(startsAt, timeZone)} – {dayAndTime(endsAt, timeZone)}
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** The note that Zendesk shows on each ticket of the account. */
export function DeskOrgNote({ page: { account, orgNote } }: { readonly page: DeskPage }) {
  return (
    <section aria-labelledby="desk-org-note">
      <h2 id="desk-org-note">Organization note</h2>
      {orgNote === null || orgNote.trim() === '' ? (
        <p className={styles.soft}>
          None in Zendesk yet. It tells everybody who the ASE is and what to do with tickets.
        </p>
      ) : (
        <pre className={styles.note}>{orgNote}</pre>
      )}
      <p>
        <Link to="/accounts/$accountId/org-note" params={{ accountId: String(account.id) }}>
          Check and write the note
        </Link>
      </p>
    </section>
  )
}
