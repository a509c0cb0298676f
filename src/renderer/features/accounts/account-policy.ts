import type { AccountPolicy, PolicyOverrideChanges } from '#contract/accounts.ts'

/** Which rules of an account are other ones, as a form holds it. */
export interface AccountRules {
  /** Percent of an engineer's other ticket work, as typed; empty for the rules' own. */
  readonly reduction: string
  readonly whose: 'rules' | 'like-assigned' | 'org-note'
  readonly why: string
}

/** What a form starts with for an account as it is. */
export function rulesOf({ reductionPerAccount, notAssignedToAse }: AccountPolicy): AccountRules {
  const { own: reduction } = reductionPerAccount
  return {
    reduction: reduction ? String(percentOf(reduction.value)) : '',
    whose: notAssignedToAse.own?.value ?? 'rules',
    why: reduction?.why ?? notAssignedToAse.own?.why ?? '',
  }
}

/** What a form changes, empty for nothing; or in words what it lacks. */
export function ruleChangesOf(policy: AccountPolicy, rules: AccountRules): PolicyOverrideChanges | string {
  const why = rules.why.trim()
  const typed = rules.reduction.trim().replace(/\s*%$/, '').replace(',', '.')
  const percent = typed === '' ? null : Number(typed)
  if (percent !== null && !(percent >= 0 && percent <= 100)) return 'The share is a number from 0 to 100, or empty.'
  const whose = rules.whose === 'rules' ? null : rules.whose
  if ((percent !== null || whose !== null) && why === '') return 'Say in a few words why this account has another rule.'
  const sameWords = why === rulesOf(policy).why
  const isAsBefore = (own: Valued | null, next: Valued | null) =>
    own?.value === next?.value && (sameWords || own === null)
  const reasoned = <Value>(value: Value | null) => (value === null ? null : { value, why })
  const reduction = reasoned(percent === null ? null : Math.round(percent * 10) / 1000)
  return {
    ...(isAsBefore(policy.reductionPerAccount.own, reduction) ? {} : { reductionPerAccount: reduction }),
    ...(isAsBefore(policy.notAssignedToAse.own, reasoned(whose)) ? {} : { notAssignedToAse: reasoned(whose) }),
  }
}

/** The rules of an account that are other ones, a sentence each. */
export function ownRulesOf({ reductionPerAccount, notAssignedToAse }: AccountPolicy): string[] {
  const { own: reduction, policyValue } = reductionPerAccount
  const { own: whose } = notAssignedToAse
  const said = (own: { readonly byName: string | null; readonly why: string }) =>
    ` (${own.byName ? `${own.byName}: ` : ''}${own.why})`
  return [
    ...(reduction
      ? [
          `Takes ${percentOf(reduction.value)} % of other ticket work, not ${percentOf(policyValue)} %${said(reduction)}`,
        ]
      : []),
    ...(whose ? [`Tickets not assigned to the ASE: ${whoseWords[whose.value]}${said(whose)}`] : []),
  ]
}

/** Whose a ticket is that is not assigned to the ASE. */
export const whoseWords = { 'like-assigned': 'the ASE’s all the same', 'org-note': 'as the org note says' } as const

/** A share as percent, with at most one decimal. */
export function percentOf(share: number): number {
  return Math.round(share * 1000) / 10
}

interface Valued {
  readonly value: unknown
}
