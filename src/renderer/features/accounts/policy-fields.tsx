import { useId } from 'react'
import type { AccountPolicy } from '#contract/accounts.ts'
import { TextField } from '../../ui/text-field.tsx'
import { percentOf, whoseWords, type AccountRules } from './account-policy.ts'
import styles from './accounts-screen.module.css'

/** Which of the handbook's rules are other ones for an account, and why. */
export function PolicyFields(props: {
  readonly policy: AccountPolicy
  readonly rules: AccountRules
  readonly onChange: (rules: AccountRules) => void
}) {
  const { policy, rules, onChange } = props
  const id = useId()
  const change = (part: Partial<AccountRules>) => onChange({ ...rules, ...part })
  const choices: readonly (readonly [AccountRules['whose'], string])[] = [
    ['rules', `As the rules say: ${whoseWords[policy.notAssignedToAse.policyValue]}`],
    ['like-assigned', 'The ASE’s all the same'],
    ['org-note', 'As the org note says'],
  ]
  return (
    <>
      <TextField
        label="Share of other ticket work it takes to cover this account, in percent"
        hint={`Empty: ${percentOf(policy.reductionPerAccount.policyValue)}, as the rules say.`}
        inputMode="decimal"
        value={rules.reduction}
        onChange={(event) => change({ reduction: event.target.value })}
      />
      <div role="radiogroup" aria-labelledby={id} className={styles.choices}>
        <span id={id} className={styles.choicesName}>
          Tickets that are not assigned to the ASE
        </span>
        {choices.map(([whose, words]) => (
          <label key={whose} className={styles.choice}>
            <input type="radio" name={id} checked={whose === rules.whose} onChange={() => change({ whose })} />
            {words}
          </label>
        ))}
      </div>
      {(rules.reduction.trim() !== '' || rules.whose !== 'rules') && (
        <TextField
          label="Why this account has another rule"
          hint="Shown wherever the rule is applied."
          maxLength={280}
          value={rules.why}
          onChange={(event) => change({ why: event.target.value })}
        />
      )}
    </>
  )
}
