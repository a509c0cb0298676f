import type { PolicyOverride, PolicyOverrides } from '#core/policy/policy-overrides.ts'
import { prepared, transaction, type WriteDb } from './sql.ts'

/** Values to be other ones for an account: null goes back to the policy's, what is left out stays. */
export type OverrideChanges = {
  readonly [Name in keyof PolicyOverrides]?: Change<NonNullable<PolicyOverrides[Name]>['value']> | undefined
}

type Change<Value> = Pick<PolicyOverride<Value>, 'value' | 'why'> | null

/** Changes the named values of an account, and remembers who said so. */
export function changeOverrides(
  db: WriteDb,
  accountId: number,
  changes: OverrideChanges,
  by: { readonly id: number | null; readonly at: number },
): void {
  transaction(db, () => {
    const row = prepared<[number], { policyOverrides: string }>(
      db,
      'SELECT policy_overrides AS policyOverrides FROM accounts WHERE id = ?',
    ).get(accountId)
    if (!row) return
    const after: Record<string, unknown> = { ...parseOverrides(row.policyOverrides) }
    for (const [name, change] of Object.entries(changes)) {
      if (change === null) delete after[name]
      else if (change !== undefined) after[name] = { ...change, byId: by.id, setAt: by.at }
    }
    prepared<[string, number]>(db, 'UPDATE accounts SET policy_overrides = ? WHERE id = ?').run(
      JSON.stringify(after),
      accountId,
    )
  })
}

/** Reads what `changeOverrides` wrote. */
export function parseOverrides(text: string): PolicyOverrides {
  return JSON.parse(text) as PolicyOverrides
}
