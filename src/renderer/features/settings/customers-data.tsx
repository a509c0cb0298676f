import { useRef, useState } from 'react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Toast } from '@base-ui/react/toast'
import type { KeptData } from '#contract/customer-data.ts'
import { useConnectionStatus, useTimeZone, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Pill } from '../../ui/pill.tsx'
import { useRefusal } from '../../ui/use-refusal.ts'
import { dayWords } from '../../ui/wall-time.ts'
import { RemoveDataDialog } from './remove-data-dialog.tsx'
import { Section } from './settings-fields.tsx'
import styles from './settings.module.css'

/** By how many days data is kept longer at the press of a button. */
const moreDays = 14

/** Whose data is kept after a coverage and until when, and what was removed, with the proof. */
export function CustomersData() {
  const { queries } = useWindow()
  const { data, error } = useQuery(queries.customerData())
  return (
    <Section title="Customers’ data">
      <p>
        What this machine has of an account you covered is kept for some days after the coverage, as the rules in force
        say, and then removed.
      </p>
      {data ? (
        <KeptList accounts={data.accounts} />
      ) : (
        <p>{error ? 'Whose data is kept could not be read.' : 'Reading whose data is kept…'}</p>
      )}
    </Section>
  )
}

function KeptList({ accounts }: { readonly accounts: readonly KeptData[] }) {
  if (accounts.length === 0) {
    return <p className={styles.hint}>Nothing is kept at present of an account whose coverage is over.</p>
  }
  return (
    <ul className={styles.kept}>
      {accounts.map((kept) => (
        <KeptRow key={kept.accountId} kept={kept} />
      ))}
    </ul>
  )
}

const standings = {
  kept: { tone: 'plain', icon: 'clock', word: 'Kept' },
  waits: { tone: 'caution', icon: 'alert', word: 'Waits' },
  removed: { tone: 'success', icon: 'check', word: 'Removed' },
} as const

function KeptRow({ kept }: { readonly kept: KeptData }) {
  const { accountName, state, proof } = kept
  const row = useRef<HTMLLIElement>(null)
  const [asking, setAsking] = useState(false)
  const { tone, icon, word } = standings[state]
  const isGone = proof?.left === 0
  return (
    <li ref={row} className={styles.keptRow} tabIndex={-1} aria-label={`${accountName}: ${word.toLowerCase()}`}>
      <div>
        <strong>{accountName}</strong>{' '}
        <Pill tone={tone} icon={icon}>
          {word}
        </Pill>
        <p className={styles.hint}>
          <KeptWords kept={kept} />
        </p>
      </div>
      {!isGone && (
        <div className={styles.keptActions}>
          {proof === null && <KeepLonger kept={kept} />}
          <Button aria-label={`Remove the data of ${accountName} now`} onClick={() => setAsking(true)}>
            Remove now…
          </Button>
        </div>
      )}
      {asking && <RemoveDataDialog kept={kept} finalFocus={row} onClose={() => setAsking(false)} />}
    </li>
  )
}

function KeptWords({ kept: { state, endedAt, dueAt, waitsFor, proof } }: { readonly kept: KeptData }) {
  const timeZone = useTimeZone()
  if (proof) return proof.words
  const covered = `You covered it until ${dayWords(endedAt, timeZone)}`
  if (state === 'waits') return `${covered}. ${waitsFor}`
  return `${covered}; it is removed on ${dayWords(dueAt, timeZone)}.`
}

function KeepLonger({ kept: { accountId, accountName } }: { readonly kept: KeptData }) {
  const { queries } = useWindow()
  const queryClient = useQueryClient()
  const timeZone = useTimeZone()
  const connected = useConnectionStatus() === 'open'
  const { add } = Toast.useToastManager()
  const refused = useRefusal()
  const { mutate, isPending } = useMutation({
    ...queries.procedures.customerData.keepLonger.mutationOptions(),
    onSuccess: ({ dueAt }) => void add({ title: `${accountName} is kept until ${dayWords(dueAt, timeZone)}` }),
    onError: (error) => refused(`${accountName} is not kept longer`, error),
    onSettled: () => queryClient.invalidateQueries({ queryKey: queries.procedures.customerData.key() }),
  })
  return (
    <Button
      aria-label={`Keep ${accountName} ${moreDays} days longer`}
      disabled={!connected || isPending}
      onClick={() => mutate({ accountId, days: moreDays })}
    >
      Keep {moreDays} days longer
    </Button>
  )
}
