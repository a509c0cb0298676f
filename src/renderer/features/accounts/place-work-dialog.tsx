import { useRef, useState } from 'react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { AccountRow } from '#contract/accounts.ts'
import type { WorkAdvice } from '#contract/issues.ts'
import { useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { DialogFrame } from '../../ui/dialog-frame.tsx'
import { ErrorNotice, Loading } from '../../ui/notice.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { TextArea } from '../../ui/text-field.tsx'
import { useDraft } from '../../ui/use-draft.ts'
import { useSettled } from '../../ui/use-settled.ts'
import { useWorkspaceName } from '../../ui/use-workspace-name.ts'
import { NewIssueDialog } from './new-issue-dialog.tsx'
import { addToNewIssueDraft } from './new-issue-draft.ts'
import { StartButton, StartWords } from './start-work.tsx'
import { WorkAdviceBox } from './work-advice-box.tsx'
import styles from './accounts-screen.module.css'

/** Letters that are looked at; more is no description any more. */
const longestText = 20_000

/**
 * Says where a piece of work belongs, and why, and starts it there. What is typed outlives the dialog and the window. `account`: whose
 * work it is; chosen in the dialog when it is left out.
 */
export function PlaceWorkDialog(props: { readonly account?: AccountRow; readonly onClose: () => void }) {
  const { onClose } = props
  const { drafts, queries } = useWindow()
  const workspace = useWorkspaceName()
  const { data: accounts = [] } = useQuery({ ...queries.accounts(), select: (found) => found.accounts })
  const [accountId, setAccountId] = useState(props.account?.id)
  const account = accounts.find(({ id }) => id === accountId) ?? props.account
  const [text, setText] = useDraft(`place.${workspace}`)
  const [chosen, setChosen] = useState<WorkAdvice['belongs'] | undefined>(undefined)
  const [writesIssue, setWritesIssue] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const found = useWorkAdvice(text.trim())
  const place = chosen ?? found.advice?.belongs
  if (writesIssue && account) {
    const drop = () => {
      setText('')
      onClose()
    }
    return <NewIssueDialog account={account} onSent={drop} onClose={() => setWritesIssue(false)} />
  }
  const writeIssue = () => {
    if (!account) return
    addToNewIssueDraft(drafts, workspace, account, text)
    setWritesIssue(true)
  }
  return (
    <DialogFrame
      title="Where does this belong?"
      initialFocus={field}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Close</Button>
          {place && <StartButton place={place} account={account} onIssue={writeIssue} />}
        </>
      }
    >
      <TextArea
        ref={field}
        label="What is the work?"
        hint="Paste what the customer wrote, or describe it. It is looked at on this computer and sent nowhere."
        rows={4}
        maxLength={longestText}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setChosen(undefined)
        }}
      />
      {!props.account && <AccountField accounts={accounts} account={account} onChange={setAccountId} />}
      {text.trim() === '' ? (
        <p className={styles.soft}>A ticket, an issue, or Slack: the answer and its reason come here.</p>
      ) : found.advice && place ? (
        <>
          <WorkAdviceBox advice={found.advice} stale={found.stale} chosen={chosen} onChoose={setChosen} />
          <StartWords place={place} text={text.trim()} account={account} />
        </>
      ) : found.error ? (
        <ErrorNotice what="Where it belongs could not be found out" error={found.error} onRetry={found.retry} />
      ) : (
        <Loading what="Looking where it belongs…" />
      )}
    </DialogFrame>
  )
}

/** Asks where a text belongs once nobody types on. `stale`: the answer is the one for what was typed before. */
function useWorkAdvice(text: string) {
  const { queries } = useWindow()
  const settled = useSettled(text)
  const { data, error, refetch } = useQuery({
    // Without a text nothing is asked; the key only has to be there.
    ...queries.placeWork(settled || ' '),
    enabled: settled !== '',
    placeholderData: keepPreviousData,
  })
  return { advice: text === '' ? undefined : data, stale: settled !== text, error, retry: () => void refetch() }
}

function AccountField(props: {
  readonly accounts: readonly AccountRow[]
  readonly account: AccountRow | undefined
  readonly onChange: (accountId: number) => void
}) {
  const { accounts, account, onChange } = props
  return (
    <SelectField
      label="Account"
      value={account ? String(account.id) : ''}
      onChange={(event) => onChange(Number(event.target.value))}
    >
      <option value="" disabled>
        Choose
      </option>
      {accounts.map(({ id, name }) => (
        <option key={id} value={String(id)}>
          {name}
        </option>
      ))}
    </SelectField>
  )
}
