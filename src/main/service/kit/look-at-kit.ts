import type { AccountKit, KitStep } from '#contract/account-kit.ts'
import type { OutboxEntry, WritePreview } from '#contract/outbox.ts'
import type { WorkProject } from '#contract/work-project.ts'
import { chooseLabel, labelAsTaken, labelBeginning, type LabelChoice } from '#core/issues/account-label.ts'
import { announcementsOf } from '#core/issues/announcement.ts'
import type { ProactivePolicy } from '#core/policy/policy.ts'
import { readRoster, type Roster, type StoredAccount } from '../db/workspace.ts'
import type { GitlabLabel, GitlabProject, GitlabWrites } from '../gitlab/gitlab-writes.ts'
import type { Outbox } from '../outbox/create-outbox.ts'
import { Refusal } from '../refusal.ts'
import { RemoteFailure } from '../transport/remote-failure.ts'
import { findKitProjects, type FoundProjects, type ProjectSource } from './find-projects.ts'
import { findSteps, type KitFinding } from './find-steps.ts'
import { sameKitMatter, type KitIntent } from './kit-intents.ts'

/** What an account's project is looked at with. */
export interface KitSource extends ProjectSource {
  readonly writes: GitlabWrites
  readonly outbox: Pick<Outbox, 'preview' | 'list'>
  readonly policy: ProactivePolicy
}

/** Whose project is looked at, and which. */
export interface KitQuestion {
  readonly accountId: number
  readonly projectId?: number | undefined
  /** A group or project instead of the account's own. */
  readonly place?: string | undefined
}

/**
 * Looks what an account's project has and lacks of label, subscription, board and template, asked from GitLab. Nothing is made.
 *
 * @throws {Refusal} when the account is not followed, or the project is not one of its.
 * @throws {RemoteFailure} when GitLab cannot be asked, or does not show the account's place.
 */
export async function lookAtKit(source: KitSource, question: KitQuestion): Promise<AccountKit> {
  const roster = readRoster(source.db)
  const account = roster.accounts.find(({ id }) => id === question.accountId)
  if (!account) {
    const missing = { what: 'account', id: String(question.accountId) }
    throw new Refusal('not-found', `Organization ${question.accountId} is not followed.`, { missing })
  }
  const { projects, chosen } = await findKitProjects(source, account, question)
  const labels = chosen ? await labelsIn(source.writes, chosen.project, account) : []
  const choice = chooseLabel(account.name, account.label, namesOf(labels, labelsOfOthers(roster, account)))
  const about = { account, label: choice.name, labels }
  return {
    accountId: account.id,
    accountName: account.name,
    project: chosen?.shown ?? null,
    projects: [...projects],
    label: { name: choice.name, ofAccount: choice.name === account.label, words: labelWords(choice, account) },
    steps: chosen ? await stepsIn(source, { ...about, chosen }) : [],
    announcements: chosen ? announcementsIn(source.policy, { ...about, project: chosen.project, roster }) : [],
    asOf: source.now(),
  }
}

/** Labels among which the account's may be; where GitLab does not tell them, the rest is looked at all the same. */
async function labelsIn(
  writes: GitlabWrites,
  { id }: GitlabProject,
  { label }: StoredAccount,
): Promise<readonly GitlabLabel[] | RemoteFailure> {
  try {
    return await writes.labels(id, label === null ? labelBeginning.trim() : labelAsTaken(label))
  } catch (error) {
    if (error instanceof RemoteFailure) return error
    throw error
  }
}

function namesOf(labels: readonly GitlabLabel[] | RemoteFailure, others: ReadonlySet<string>): string[] {
  return labels instanceof RemoteFailure ? [] : labels.map(({ name }) => name).filter((name) => !others.has(name))
}

/** Labels of the other accounts that are followed: in a project that several share, none of them is this account’s. */
function labelsOfOthers({ accounts }: Roster, { id }: StoredAccount): ReadonlySet<string> {
  return new Set(accounts.flatMap((other) => (other.id === id || other.label === null ? [] : [other.label])))
}

function labelWords({ name, because }: LabelChoice, { label }: StoredAccount): string {
  if (because === 'account') return 'The label of the account.'
  if (because === 'casing') {
    return label?.includes(',')
      ? `GitLab takes no commas in labels, so ${name} takes the place of ${label}.`
      : `The project writes it like this, the account has ${label}. It is used as the project has it.`
  }
  return because === 'project'
    ? 'The account has no label yet, and the project has this one.'
    : 'The account has no label yet. This one follows from its name.'
}

interface StepSubject {
  readonly account: StoredAccount
  readonly chosen: NonNullable<FoundProjects['chosen']>
  readonly label: string
  readonly labels: readonly GitlabLabel[] | RemoteFailure
}

async function stepsIn(source: KitSource, { account, chosen, label, labels }: StepSubject): Promise<KitStep[]> {
  const { writes, policy, outbox } = source
  const { project, shown } = chosen
  const subject = { projectId: project.id, accountName: account.name, label }
  const found = await findSteps({ writes, project, subject, labels, policy })
  const { entries } = outbox.list({ limit: 1000, unsettled: true })
  const steps = await Promise.all(found.map((finding) => stepOf(finding, { outbox, entries, shown })))
  const cannotBeMade = steps.some(({ id, state }) => id === 'label' && state === 'not-permitted')
  return steps.map((step) =>
    step.id === 'subscription' && step.state === 'missing' && cannotBeMade
      ? { ...step, state: 'not-permitted', words: 'There is no label to subscribe to yet.', preview: null }
      : step,
  )
}

interface StepState {
  readonly outbox: KitSource['outbox']
  readonly entries: readonly OutboxEntry[]
  readonly shown: WorkProject
}

/** What is missing comes with what making it would do, unless it was ordered already or cannot be made. */
async function stepOf(finding: KitFinding, { outbox, entries, shown }: StepState): Promise<KitStep> {
  if (finding.state !== 'missing') return { ...finding, preview: null }
  const { id, words, intent } = finding
  const step = { id, url: null, preview: null }
  const ordered = entries.find((entry) => isKitIntent(entry.intent) && sameKitMatter(entry.intent, intent))
  if (ordered) return { ...step, url: ordered.url, state: 'waiting', words: orderedWords(ordered) }
  const preview = await previewOf(outbox, intent)
  if (preview instanceof RemoteFailure) return { ...step, state: 'unknown', words: preview.message }
  if (preview.refusal !== null) return { ...step, state: 'not-permitted', words: `${words} ${preview.refusal}` }
  // Where the account has yet to be told of the project, what is stored does not know who sees it.
  const customerSees = intent.kind === 'subscribe-label' ? preview.customerSees : shown.customerSees
  return { ...step, state: 'missing', words, preview: { ...preview, customerSees } }
}

async function previewOf(outbox: KitSource['outbox'], intent: KitIntent): Promise<WritePreview | RemoteFailure> {
  try {
    const [preview] = await outbox.preview([intent])
    if (!preview) throw new Error('a change was asked about and not previewed')
    return preview
  } catch (error) {
    if (error instanceof RemoteFailure) return error
    throw error
  }
}

function isKitIntent(intent: OutboxEntry['intent']): intent is KitIntent {
  return ['create-label', 'subscribe-label', 'create-board', 'file-change'].includes(intent.kind)
}

function orderedWords({ state, problem }: OutboxEntry): string {
  if (state === 'failed' || state === 'conflict') {
    return `It was ordered and not made. ${problem ?? ''} Try it again or give it up under Changes.`.replaceAll(
      / +/g,
      ' ',
    )
  }
  return 'It was ordered and is on its way.'
}

function announcementsIn(
  policy: ProactivePolicy,
  about: {
    readonly account: StoredAccount
    readonly project: GitlabProject
    readonly label: string
    readonly roster: Roster
  },
): AccountKit['announcements'] {
  const { account, project, label, roster } = about
  const ase = roster.people.find(({ id }) => id === account.aseId)?.name ?? null
  const words = { account: account.name, project: project.path, url: project.url, label }
  return announcementsOf(policy, { ...words, ase, sender: roster.me?.name ?? null })
}
