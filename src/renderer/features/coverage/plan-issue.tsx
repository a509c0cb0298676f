import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { PlanDetail, PlanIssue as Standing } from '#contract/plans.ts'
import { useConnectionStatus, useNow, useTimeZone, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { ChangeDialog } from '../../ui/change-dialog.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Pill } from '../../ui/pill.tsx'
import { ago, dayAndTime, fullTime } from '../../ui/time-words.ts'
import { useOpenExternal } from '../../ui/use-open-external.ts'
import { FetchDialog } from './fetch-dialog.tsx'
import { SendIssueDialog } from './send-issue-dialog.tsx'
import { Lines } from './what-changes.tsx'
import styles from './plan-screen.module.css'

/** The GitLab issue a plan is in, and how the two stand to each other. Nothing where there is none. */
export function PlanIssue({ plan }: { readonly plan: PlanDetail }) {
  const { queries } = useWindow()
  const { data, refetch } = useQuery(queries.planIssue(plan.id))
  const [open, setOpen] = useState<'send' | 'another' | 'fetch' | 'close' | undefined>(undefined)
  const close = () => {
    setOpen(undefined)
    // The dialogs read the issue: how it stands may be known better now.
    void refetch()
  }
  if (!data || (!data.issue && !data.order)) return null
  const { issue } = data
  return (
    <section aria-labelledby="plan-issue">
      <h2 id="plan-issue">GitLab issue</h2>
      {issue && <WhichIssue issue={issue} />}
      <Order order={data.order} />
      {issue?.problem != null && (
        <p className={styles.caution}>
          <Icon name="alert" size={14} />
          <span>{issue.problem}</span>
        </p>
      )}
      <Waiting waiting={data.waiting} />
      <TakenIn takenIn={data.takenIn} />
      {data.toSend && !data.order && (
        <p className={styles.soft}>What changed here is not in the issue yet. Send it, so that the others have it.</p>
      )}
      {issue && <Actions standing={data} issue={issue} onOpen={setOpen} />}
      {open === 'send' && <SendIssueDialog plan={plan} onClose={close} />}
      {open === 'another' && <SendIssueDialog plan={plan} another onClose={close} />}
      {issue && open === 'fetch' && <FetchDialog planId={plan.id} reference={issue.reference} onClose={close} />}
      {issue && open === 'close' && <CloseIssueDialog issue={issue} onClose={close} />}
    </section>
  )
}

/** Closes the issue of a plan; the plan stays as it is. */
export function CloseIssueDialog(props: {
  readonly issue: NonNullable<Standing['issue']>
  readonly onClose: () => void
}) {
  const { projectId, iid, reference } = props.issue
  return (
    <ChangeDialog
      title={`Close ${reference}`}
      intent={{ kind: 'issue-state', projectId, iid, state: 'closed' }}
      onClose={props.onClose}
    />
  )
}

function WhichIssue({ issue }: { readonly issue: NonNullable<Standing['issue']> }) {
  const openExternal = useOpenExternal()
  const now = useNow()
  const timeZone = useTimeZone()
  return (
    <p className={styles.buttons}>
      <Button look="quiet" icon="external" onClick={() => openExternal(issue.url)}>
        {issue.reference}
      </Button>
      {issue.state === 'opened' ? <Pill tone="success">Open</Pill> : <Pill>Closed</Pill>}
      <span className={styles.soft} title={fullTime(issue.readAt, timeZone)}>
        Read {ago(issue.readAt, now)}
      </span>
    </p>
  )
}

function Order({ order }: Pick<Standing, 'order'>) {
  if (!order) return null
  const needsMe = order.state === 'failed' || order.state === 'conflict'
  return (
    <p className={needsMe ? styles.caution : styles.soft}>
      {needsMe && <Icon name="alert" size={14} />}
      <span>
        {needsMe
          ? `The plan was not sent. ${order.problem ?? 'The issue changed meanwhile.'} Give it up or try again under `
          : 'The plan is being sent: see '}
        <Link to="/changes">Changes</Link>.
      </span>
    </p>
  )
}

function Waiting({ waiting }: Pick<Standing, 'waiting'>) {
  if (!waiting) return null
  return (
    <div className={styles.caution}>
      <Icon name="info" size={14} />
      <div>
        <strong>The issue says something that is not taken in here yet.</strong>
        <Lines changes={waiting.changes} conflicts={waiting.conflicts} />
      </div>
    </div>
  )
}

function TakenIn({ takenIn }: Pick<Standing, 'takenIn'>) {
  const timeZone = useTimeZone()
  if (!takenIn) return null
  return (
    <p className={styles.soft}>
      Taken in from GitLab, {dayAndTime(takenIn.at, timeZone)}: {takenIn.changes.join(' ')}
    </p>
  )
}

function Actions(props: {
  readonly standing: Standing
  readonly issue: NonNullable<Standing['issue']>
  readonly onOpen: (dialog: 'send' | 'another' | 'fetch' | 'close') => void
}) {
  const { standing, issue, onOpen } = props
  const disabled = useConnectionStatus() !== 'open'
  return (
    <div className={styles.buttons}>
      {standing.toSend && !standing.order && (
        <Button look="primary" icon="send" disabled={disabled} onClick={() => onOpen('send')}>
          Send to GitLab…
        </Button>
      )}
      <Button icon="sync" disabled={disabled} onClick={() => onOpen('fetch')}>
        {standing.waiting ? 'Look and take in…' : 'Fetch now…'}
      </Button>
      {issue.state === 'opened' && (
        <Button disabled={disabled} onClick={() => onOpen('close')}>
          Close the issue…
        </Button>
      )}
      {issue.problem !== null && !standing.order && (
        <Button disabled={disabled} onClick={() => onOpen('another')}>
          Open another issue…
        </Button>
      )}
    </div>
  )
}
