import { useState } from 'react'
import type { PlanDetail, PlanFinding } from '#contract/plans.ts'
import { Button } from '../../ui/button.tsx'
import { takeFocus } from '../../ui/take-focus.ts'
import { EntryForm } from './entry-form.tsx'
import { EntryRow } from './entry-row.tsx'
import { Findings } from './plan-findings.tsx'
import styles from './plan-screen.module.css'

/** Who covers each account, with what is missing or to be known beside what it is about. */
export function PlanCovers({ plan }: { readonly plan: PlanDetail }) {
  const known = new Set(plan.accountList.map(({ id }) => id))
  const elsewhere = plan.entries.filter(({ accountId }) => !known.has(accountId))
  return (
    <section aria-labelledby="covers">
      <h2 id="covers">Who covers</h2>
      <Findings findings={plan.findings.filter(({ accountId }) => accountId === null)} />
      <div className={styles.accounts}>
        {plan.accountList.map((account) => (
          <AccountCovers key={account.id} plan={plan} account={account} />
        ))}
        {elsewhere.map((entry) => (
          <div key={entry.id} className={styles.account}>
            <h3>{entry.accountName}</h3>
            <p className={styles.soft}>This account is not part of the absence any more.</p>
            <ul>
              <EntryRow plan={plan} entry={entry} findings={aboutEntry(plan.findings, entry.id)} />
            </ul>
          </div>
        ))}
      </div>
    </section>
  )
}

function AccountCovers(props: {
  readonly plan: PlanDetail
  readonly account: { readonly id: number; readonly name: string }
}) {
  const { plan, account } = props
  const [adding, setAdding] = useState(false)
  const [left, setLeft] = useState(false)
  const entries = plan.entries.filter(({ accountId }) => accountId === account.id)
  const findings = plan.findings.filter(({ accountId }) => accountId === account.id)
  const ofEntries = new Set(entries.flatMap(({ id }) => aboutEntry(findings, id)))
  const gap = findings.find(({ kind }) => kind === 'gap')
  const leave = () => {
    setAdding(false)
    setLeft(true)
  }
  return (
    <div role="group" aria-label={account.name} className={styles.account}>
      <div className={styles.head}>
        <h3>{account.name}</h3>
        {!adding && (
          <Button
            ref={left ? takeFocus : undefined}
            icon="plus"
            aria-label={`Add a covering engineer for ${account.name}`}
            onClick={() => setAdding(true)}
          >
            Add a covering engineer
          </Button>
        )}
      </div>
      <Findings findings={findings.filter((finding) => !ofEntries.has(finding))} />
      <ul className={styles.entries}>
        {entries.map((entry) => (
          <EntryRow key={entry.id} plan={plan} entry={entry} findings={aboutEntry(findings, entry.id)} />
        ))}
      </ul>
      {entries.length === 0 && !adding && <p className={styles.soft}>Nobody is planned for it yet.</p>}
      {adding && <EntryForm plan={plan} account={account} suggested={gap ?? plan} onClose={leave} />}
    </div>
  )
}

/** What is about one entry alone; what is about several stands beside the account. */
function aboutEntry(findings: readonly PlanFinding[], entryId: string): readonly PlanFinding[] {
  return findings.filter(({ entryIds }) => entryIds.length === 1 && entryIds[0] === entryId)
}
