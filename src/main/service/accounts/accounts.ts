import type { OrganizationDetails, OrganizationMatch } from '#contract/accounts.ts'
import {
  changeLinks,
  deleteAccount,
  insertAccount,
  isFollowed,
  unsettledChanges,
  type AccountLinks,
  type LinkChanges,
} from '../db/accounts.ts'
import { storePerson } from '../db/people.ts'
import { derivePlans } from '../db/plans.ts'
import { changeOverrides, type OverrideChanges } from '../db/policy-overrides.ts'
import { transaction, type ReadDb, type WriteDb } from '../db/sql.ts'
import { readRoster, storeOrganization, type Roster } from '../db/workspace.ts'
import { Refusal, type MissingSubject } from '../refusal.ts'
import { RemoteFailure } from '../transport/remote-failure.ts'
import type { ZendeskApi, ZendeskAt, ZendeskPerson } from '../zendesk/zendesk-api.ts'
import { isAgent, recogniseAgent } from './recognise-agent.ts'
import { suggestionsOf } from './suggestions.ts'
import { unsettledWords } from './unsettled-words.ts'

/** Where accounts are kept, and whom they are asked from. */
export interface AccountSource {
  readonly db: WriteDb
  readonly zendesk: ZendeskAt
}

/** Organizations whose name begins like this, by name. */
export async function findOrganizations({ db, zendesk }: AccountSource, name: string): Promise<OrganizationMatch[]> {
  const found = await zendesk('person').organizationsNamed(name)
  return found
    .map((one) => ({ id: one.id, name: one.name, followed: isFollowed(db, one.id) }))
    .toSorted((a, b) => a.name.localeCompare(b.name))
}

/** Agents whose name begins like this, or whose address is this, by name. */
export async function findAgents(
  { zendesk }: Pick<AccountSource, 'zendesk'>,
  name: string,
): Promise<Pick<ZendeskPerson, 'id' | 'name' | 'timeZone'>[]> {
  const found = await zendesk('person').agentsNamed(name)
  return found
    .map((agent) => ({ id: agent.id, name: agent.name, timeZone: agent.timeZone }))
    .toSorted((a, b) => a.name.localeCompare(b.name))
}

/**
 * One organization's record with what it suggests for the account.
 *
 * @throws {Refusal} when Zendesk has no such organization, or does not show it.
 */
export async function organizationDetails({ db, zendesk }: AccountSource, id: number): Promise<OrganizationDetails> {
  const api = zendesk('person')
  const organization = await organizationOf(api, id)
  const { ase, ...suggested } = suggestionsOf(organization)
  return {
    id,
    name: organization.name,
    followed: isFollowed(db, id),
    note: organization.notes,
    tags: [...organization.tags],
    fields: { ...organization.fields },
    suggested: { ase: ase === null ? null : await recogniseAgent(api, ase), ...suggested },
  }
}

/**
 * Follows an organization: from now on it is an account. One that is followed already gets what is given here and keeps the
 * rest. The ASE becomes known as a person with the usual working hours.
 *
 * @throws {Refusal} when the organization or the agent is not to be found; nothing is stored then.
 */
export async function addAccount(
  { db, zendesk }: AccountSource,
  input: AccountLinks & { readonly organizationId: number },
): Promise<void> {
  const { organizationId, ...links } = input
  const api = zendesk('person')
  const organization = await organizationOf(api, organizationId)
  const ase = await aseOf(api, links.aseId)
  const given = Object.fromEntries(Object.entries(tidy(links)).filter(([, value]) => value !== null))
  transaction(db, () => {
    insertAccount(db, organization)
    storeOrganization(db, organization)
    changeLinks(db, organizationId, given)
    storeAse(db, ase)
    // A plan that was handed over may have spoken of it before it was followed.
    derivePlans(db)
  })
}

/**
 * Changes what is named of an account. Zendesk is asked only about another ASE.
 *
 * @throws {Refusal} when it is not followed, or the agent is not to be found; nothing is stored then.
 */
export async function changeAccount(
  { db, zendesk, now }: AccountSource & { readonly now: () => number },
  input: LinkChanges & { readonly id: number; readonly policyOverrides?: OverrideChanges | undefined },
): Promise<void> {
  const { id, policyOverrides = {}, ...links } = input
  assertFollowed(db, id)
  const ase = links.aseId == null ? null : await aseOf(zendesk('person'), links.aseId)
  transaction(db, () => {
    changeLinks(db, id, tidy(links))
    storeAse(db, ase)
    changeOverrides(db, id, policyOverrides, { id: readRoster(db).me?.id ?? null, at: now() })
  })
}

/**
 * Stops following an organization: what is stored of it is deleted from this machine, all or nothing.
 *
 * @returns the ids of the tickets that were deleted.
 * @throws {Refusal} when it is not followed, while it is covered or will be, and while a change to it is not settled.
 */
export function removeAccount(db: WriteDb, id: number, now: number): readonly number[] {
  return transaction(db, () => {
    assertFollowed(db, id)
    assertNotCovered(readRoster(db), id, now)
    const [change] = unsettledChanges(db, id)
    if (change) throw new Refusal('refused', `${unsettledWords(change)}; then remove the account.`)
    return deleteAccount(db, id)
  })
}

async function organizationOf(api: ZendeskApi, id: number) {
  try {
    return await api.organization(id)
  } catch (error) {
    if (!(error instanceof RemoteFailure) || (error.kind !== 'not-found' && error.kind !== 'forbidden')) throw error
    const sentence =
      error.kind === 'not-found'
        ? `Zendesk has no organization ${id}. It may have been merged into another one; look for it by name.`
        : `Zendesk does not show you organization ${id}. Ask for access to it.`
    if (error.kind === 'forbidden') throw new Refusal('refused', sentence, { cause: error })
    throw new Refusal('not-found', sentence, { cause: error, missing: organizationNamed(id) })
  }
}

async function aseOf(api: ZendeskApi, id: number | null): Promise<ZendeskPerson | null> {
  if (id === null) return null
  const nobody = new Refusal('refused', `User ${id} is no agent of your Zendesk. Choose the ASE again.`)
  const user = await api.user(id).catch((error: unknown) => {
    if (error instanceof RemoteFailure && (error.kind === 'not-found' || error.kind === 'forbidden')) throw nobody
    throw error
  })
  if (!isAgent(user)) throw nobody
  return user
}

function storeAse(db: WriteDb, ase: ZendeskPerson | null): void {
  // Of somebody without a zone in Zendesk mine is the likeliest.
  if (ase) storePerson(db, { id: ase.id, name: ase.name, timeZone: ase.timeZone }, readRoster(db).me?.timeZone ?? 'UTC')
}

/** Empty words are none. A place in GitLab may be given by its address. */
function tidy(links: LinkChanges): LinkChanges {
  const { label, gitlabGroup } = links
  return {
    ...links,
    ...(label == null ? {} : { label: label.trim() || null }),
    ...(gitlabGroup == null ? {} : { gitlabGroup: gitlabPathOf(gitlabGroup) }),
  }
}

/** The full path, or number, of a group or project that was given by its address or with slashes around it; null where nothing is left. */
export function gitlabPathOf(place: string): string | null {
  const path = URL.parse(place.trim())?.pathname ?? place.trim()
  return path.replace(/\/-(\/.*)?$/, '').replaceAll(/^\/+|\/+$/g, '') || null
}

const organizationNamed = (id: number): MissingSubject => ({ what: 'organization', id: String(id) })

function assertFollowed(db: ReadDb, id: number): void {
  if (isFollowed(db, id)) return
  throw new Refusal('not-found', `Organization ${id} is not followed.`, { missing: organizationNamed(id) })
}

function assertNotCovered({ coverages, people, accounts, me }: Roster, id: number, now: number): void {
  const coverage = coverages.find(({ accountId, endsAt }) => accountId === id && endsAt > now)
  if (!coverage) return
  const account = accounts.find((one) => one.id === id)?.name ?? 'This account'
  const cover = people.find((person) => person.id === coverage.coverId)?.name ?? `user ${coverage.coverId}`
  const who = coverage.coverId === me?.id ? 'you' : cover
  const timeZone = me?.timeZone ?? 'UTC'
  const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone })
  const when =
    coverage.startsAt > now
      ? `will be covered by ${who} from ${format.format(coverage.startsAt)}`
      : `is covered by ${who} until ${format.format(coverage.endsAt)}`
  throw new Refusal('refused', `${account} ${when}, your time. Remove that coverage first, or wait until it has ended.`)
}
