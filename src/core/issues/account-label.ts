/** How the label of an account's proactive work begins (rule 17). */
export const labelBeginning = 'ASE Work - '

/** The label of an account's proactive work, `ASE Work - ACCOUNT` (rule 17). GitLab takes no commas in labels. */
export function accountLabel(accountName: string): string {
  return `${labelBeginning}${withoutCommas(accountName)}`
}

/** A label as GitLab takes it: without commas. */
export function labelAsTaken(label: string): string {
  return label.includes(',') ? withoutCommas(label) : label.trim()
}

/** Which label an account uses in a project, and why. */
export interface LabelChoice {
  /** In the casing in which it is or will be written. */
  readonly name: string
  /**
   * `account`: it is the account's. `casing`: the account's, in the casing that the project has it. `suggested`: the account has
   * none. `project`: the account has none, and the project has one of this kind.
   */
  readonly because: 'account' | 'casing' | 'suggested' | 'project'
}

/**
 * Chooses the label of an account in a project (rule 17). One that is there in another casing is kept as it is: GitLab would make
 * a second one.
 *
 * @param own the label the account has; null: none.
 * @param existing names of the labels that can be used in the project.
 */
export function chooseLabel(accountName: string, own: string | null, existing: readonly string[]): LabelChoice {
  const wanted = own === null ? accountLabel(accountName) : labelAsTaken(own)
  const found = existing.find((name) => name === wanted) ?? existing.find((name) => sameLabel(name, wanted))
  if (own !== null) {
    const name = found ?? wanted
    return { name, because: name === own ? 'account' : 'casing' }
  }
  if (found !== undefined) return { name: found, because: 'project' }
  const ofThisKind = existing.filter((name) => name.toLowerCase().startsWith(labelBeginning.toLowerCase()))
  const [only] = ofThisKind.length === 1 ? ofThisKind : []
  return only === undefined ? { name: wanted, because: 'suggested' } : { name: only, because: 'project' }
}

/** Whether two names are one label but for the casing. */
function sameLabel(one: string, another: string): boolean {
  return one.toLowerCase() === another.toLowerCase()
}

function withoutCommas(name: string): string {
  return name.replaceAll(',', '').replaceAll(/\s+/g, ' ').trim()
}
