import { useState } from 'react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { AccountRow } from '#contract/accounts.ts'
import { useConnectionStatus, useTimeZone, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { DialogFrame } from '../../ui/dialog-frame.tsx'
import { Problem } from '../../ui/notice.tsx'
import { AccountFields } from './account-fields.tsx'
import { changedValues, linkOf, valuesOf } from './account-link.ts'
import { ruleChangesOf, rulesOf } from './account-policy.ts'
import { PolicyFields } from './policy-fields.tsx'
import styles from './accounts-screen.module.css'

/** Changes who an account's ASE is, what belongs to it in GitLab and which rules it has; or leads to no longer following it. */
export function EditDialog(props: {
  readonly account: AccountRow
  readonly onStop: () => void
  readonly onClose: () => void
}) {
  const { account, onStop, onClose } = props
  const { queries } = useWindow()
  const queryClient = useQueryClient()
  const timeZone = useTimeZone()
  const connected = useConnectionStatus() === 'open'
  const { data: meId } = useQuery({ ...queries.status(), select: (status) => status.me?.id })
  const [edited, setLink] = useState<ReturnType<typeof linkOf> | undefined>(undefined)
  const [rules, setRules] = useState(() => rulesOf(account.policy))
  const link = edited ?? linkOf(account, meId, timeZone)
  const { mutate, isPending, error } = useMutation({
    ...queries.procedures.accounts.change.mutationOptions(),
    onSuccess: async () => {
      onClose()
      await queryClient.invalidateQueries({ queryKey: queries.procedures.accounts.key() })
    },
  })
  const values = valuesOf(link, meId, timeZone)
  const policyOverrides = ruleChangesOf(account.policy, rules)
  const lacking = [values, policyOverrides].find((each) => typeof each === 'string')
  const changes = {
    ...(typeof values === 'string' ? {} : changedValues(account, values, timeZone)),
    ...(typeof policyOverrides === 'string' || Object.keys(policyOverrides).length === 0 ? {} : { policyOverrides }),
  }
  const unchanged = Object.keys(changes).length === 0
  return (
    <DialogFrame
      title={`Edit ${account.name}`}
      onClose={onClose}
      aside={<Button onClick={onStop}>Stop following…</Button>}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            disabled={!connected || isPending || unchanged || lacking !== undefined}
            onClick={() => mutate({ id: account.id, ...changes })}
          >
            {isPending ? 'Saving…' : 'Save'}
          </Button>
        </>
      }
    >
      <AccountFields link={link} onChange={setLink} />
      <PolicyFields policy={account.policy} rules={rules} onChange={setRules} />
      {lacking && <p className={styles.soft}>{lacking}</p>}
      <Problem error={error} />
    </DialogFrame>
  )
}
