import type { AccountRow, OrganizationDetails } from '#contract/accounts.ts'
import type { InstantMs } from '#core/instant.ts'
import { dayOf, dayStart } from '../../ui/calendar-day.ts'

/** What may be taken over from an organization's record. */
export type Suggested = Pick<OrganizationDetails['suggested'], 'ase' | 'label' | 'gitlabProject'>

/** Who the ASE of an account is, as chosen in a form. `other` without a person is not complete yet. */
export type AseChoice =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'me' }
  | { readonly kind: 'other'; readonly id: number | null; readonly name: string }

/** What links an organization to people and GitLab, as a form holds it. */
export interface AccountLink {
  readonly ase: AseChoice
  /** A day like `2026-11-24`, or empty. */
  readonly since: string
  readonly label: string
  readonly gitlabGroup: string
}

/** The same as the contract has it. */
export interface LinkValues {
  readonly aseId: number | null
  readonly aseSince: InstantMs | null
  readonly label: string | null
  readonly gitlabGroup: string | null
}

/** What a form starts with for an organization that is not followed yet: what its record suggests, for a person to change. */
export function suggestedLink(suggested: Suggested, meId: number | undefined): AccountLink {
  return {
    ase: suggestedAse(suggested.ase, meId) ?? { kind: 'nobody' },
    since: '',
    label: suggested.label,
    gitlabGroup: suggested.gitlabProject ?? '',
  }
}

/** The ASE a record names, or undefined where it names nobody that Zendesk knows. */
export function suggestedAse(ase: Suggested['ase'], meId: number | undefined): AseChoice | undefined {
  if (ase === null || ase.id === null) return undefined
  return ase.id === meId ? { kind: 'me' } : { kind: 'other', id: ase.id, name: ase.words }
}

/** What a form starts with for an account as it is. */
export function linkOf(account: AccountRow, meId: number | undefined, timeZone: string): AccountLink {
  const ase: AseChoice =
    account.aseId === null
      ? { kind: 'nobody' }
      : account.aseId === meId
        ? { kind: 'me' }
        : { kind: 'other', id: account.aseId, name: account.aseName ?? `User ${account.aseId}` }
  return {
    ase,
    since: account.aseSince === null ? '' : dayOf(account.aseSince, timeZone),
    label: account.label ?? '',
    gitlabGroup: account.gitlabGroup ?? '',
  }
}

/** What a form means, or in words what it lacks. */
export function valuesOf(link: AccountLink, meId: number | undefined, timeZone: string): LinkValues | string {
  const { ase } = link
  if (ase.kind === 'other' && ase.id === null) return 'Choose the ASE, or nobody.'
  if (ase.kind === 'me' && meId === undefined) return 'Understudy does not know yet who you are. Sync first.'
  const aseId = ase.kind === 'nobody' ? null : ase.kind === 'me' ? (meId ?? null) : ase.id
  return {
    aseId,
    aseSince: aseId === null ? null : dayStart(link.since, timeZone),
    label: link.label.trim() || null,
    gitlabGroup: link.gitlabGroup.trim().replace(/^\/+|\/+$/g, '') || null,
  }
}

/** The values that are not as they were. A day that stayed the same keeps its time. */
export function changedValues(account: AccountRow, values: LinkValues, timeZone: string): Partial<LinkValues> {
  const sameDay = account.aseSince !== null && values.aseSince === dayStart(dayOf(account.aseSince, timeZone), timeZone)
  return {
    ...(values.aseId === account.aseId ? {} : { aseId: values.aseId }),
    ...(values.aseSince === account.aseSince || sameDay ? {} : { aseSince: values.aseSince }),
    ...(values.label === account.label ? {} : { label: values.label }),
    ...(values.gitlabGroup === account.gitlabGroup ? {} : { gitlabGroup: values.gitlabGroup }),
  }
}
