import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import type { WriteIntent } from '#contract/outbox.ts'
import type { ReturnWrapUp } from '#contract/return-wrap-up.ts'
import { useConnectionStatus, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Problem } from '../../ui/notice.tsx'
import { Pill } from '../../ui/pill.tsx'
import { TargetChanges } from '../../ui/target-changes.tsx'
import { useOpenExternal } from '../../ui/use-open-external.ts'
import { IssueDialog } from './issue-dialog.tsx'
import styles from './wrap-up.module.css'

/** The issue of the absence: what was learned goes into it, and it is closed once every account is handed back. */
export function CoverageIssue(props: {
  readonly coverageId: string
  readonly issue: NonNullable<ReturnWrapUp['coverageIssue']>
}) {
  const { coverageId, issue } = props
  const { reference, url, open, notHandedBack } = issue
  const { queries } = useWindow()
  const openExternal = useOpenExternal()
  const connected = useConnectionStatus() === 'open'
  const [writing, setWriting] = useState(false)
  const { data, error } = useQuery(
    queries.procedures.returnWrapUps.issueIntents.queryOptions({ input: { coverageId } }),
  )
  const intents = data?.intents ?? []
  const wanted = targetOf(intents)
  // What was ordered is asked for no more, and is still to be seen here.
  const [target, setTarget] = useState(wanted)
  if (wanted !== null && !isSameIssue(wanted, target)) setTarget(wanted)
  return (
    <section aria-labelledby="wrap-up-issue" className={styles.block}>
      <h3 id="wrap-up-issue">Coverage issue</h3>
      <p className={styles.line}>
        <Button look="quiet" icon="external" onClick={() => openExternal(url)}>
          {reference}
        </Button>
        {open ? <Pill tone="success">Open</Pill> : <Pill>Closed</Pill>}
        <span className={styles.soft}>{backWords(notHandedBack)}</span>
      </p>
      {intents.length > 0 ? (
        <p>
          <Button icon="edit" disabled={!connected} onClick={() => setWriting(true)}>
            {writingWords(intents)}
          </Button>
        </p>
      ) : (
        data && <p className={styles.soft}>Nothing is left to be written into it.</p>
      )}
      <Problem error={error} />
      <TargetChanges target={reference} quiet isAbout={(intent) => isSameIssue(target, targetOf([intent]))} />
      {writing && (
        <IssueDialog
          reference={reference}
          intents={intents}
          notHandedBack={notHandedBack}
          onClose={() => setWriting(false)}
        />
      )}
    </section>
  )
}

function backWords(notHandedBack: readonly string[]): string {
  if (notHandedBack.length === 0) return 'Every account of the absence is handed back.'
  return `Not handed back yet: ${new Intl.ListFormat('en-GB').format(notHandedBack)}.`
}

function writingWords(intents: readonly WriteIntent[]): string {
  const closes = intents.some(({ kind }) => kind === 'issue-state')
  if (!closes) return 'Write what was learned…'
  return intents.length > 1 ? 'Write what was learned, and close it…' : 'Close it…'
}

interface IssueNumber {
  readonly projectId: number
  readonly iid: number
}

function targetOf(intents: readonly WriteIntent[]): IssueNumber | null {
  const found = intents.find((intent) => 'iid' in intent)
  return found ? { projectId: found.projectId, iid: found.iid } : null
}

function isSameIssue(one: IssueNumber | null, other: IssueNumber | null): boolean {
  return one !== null && one.projectId === other?.projectId && one.iid === other.iid
}
