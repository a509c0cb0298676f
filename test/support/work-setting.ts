import type { WriteIntent } from '#contract/outbox.ts'
import { storeProject } from '#service/db/gitlab-projects.ts'
import { storeIssue } from '#service/db/store-issues.ts'
import { readRoster } from '#service/db/workspace.ts'
import type { GitlabTruth } from '#simulator/control/gitlab-truth.ts'
import type { Simulator } from '#simulator/create-simulator.ts'
import type { OutboxSetting } from './outbox-setting.ts'

type TrueIssue = ReturnType<Simulator['truth']>['issues'][number]

/** An issue of the simulator, by what names it and by GitLab's own id. */
export interface MadeIssue {
  readonly projectId: number
  readonly iid: number
  readonly id: number
}

/** Changes in GitLab with an outbox at a simulator. */
export interface WorkSetting extends OutboxSetting {
  /** The project it is all about, an account's own. */
  readonly projectId: number
  readonly projectPath: string
  /** The label of its account. */
  readonly label: string
  /** The account it is of. */
  readonly accountId: number
  /** Opens an issue in the simulator, as a colleague did, and stores it. */
  issue(parts?: Readonly<Record<string, unknown>>): Promise<MadeIssue>
  /** Reads an issue as a sync would. */
  readIssue(issue: MadeIssue): Promise<void>
  /** Reads the project as the choosing of one would. */
  readProject(): Promise<void>
  /** The issue as it truly is, with its description. */
  trueIssue(issue: Pick<MadeIssue, 'projectId' | 'iid'>): TrueIssue
  /** What a colleague does to an issue. */
  change(issue: MadeIssue, parts: Readonly<Record<string, unknown>>): Promise<void>
  /** What a colleague puts into a file; null takes it away. */
  file(path: string, content: string | null, branch?: string): Promise<void>
  /** What GitLab holds of the project beside its issues. */
  holds(): GitlabTruth
  /** Issues of the project with this title. */
  titled(title: string): readonly { readonly iid: number; readonly labels: readonly string[] }[]
  /** Orders one change, lets it go as far as it goes, and answers with its entry. */
  make(intent: WriteIntent): Promise<ReturnType<OutboxSetting['entry']>>
  /** Changes that were sent to GitLab, as `POST /projects/…`. */
  calls(): string[]
}

/**
 * Puts changes in GitLab at hand for an outbox.
 *
 * @param place the group or project of the account it is about, or a part of its path.
 */
export async function workSetting(simulator: Simulator, setting: OutboxSetting, place = ''): Promise<WorkSetting> {
  const { db, clock, ask } = setting
  const begin = simulator.record().at(-1)?.number ?? 0
  const account = readRoster(db).accounts.find(
    ({ label, gitlabGroup }) => label !== null && gitlabGroup?.includes(place),
  )
  const path = encodeURIComponent(account?.gitlabGroup ?? '')
  const found = await ask.gitlab(`/groups/${path}/projects`)
  const project = found.status === 200 ? found.body[0] : (await ask.gitlab(`/projects/${path}`)).body
  const projectId = Number(project.id)
  const projectPath = String(project.path_with_namespace)
  const label = account?.label ?? ''
  const accountId = account?.id ?? 0

  const work: WorkSetting = Object.assign(Object.create(setting) as OutboxSetting, {
    projectId,
    projectPath,
    label,
    accountId,
    async issue(parts: Readonly<Record<string, unknown>> = {}) {
      const order = { title: 'Move the runners', labels: [label], ...parts }
      const { body } = await ask.order(`/gitlab/projects/${projectId}/issues`, order)
      const made: MadeIssue = { projectId, iid: body.iid, id: body.id }
      setting.pass(10_000)
      await work.readIssue(made)
      return made
    },
    async readIssue({ iid }: MadeIssue) {
      const at = { seenIn: 'id', zendeskHost: null } as const
      storeIssue(db, accountId, await setting.gitlab.issue(projectId, iid), clock.now(), at)
    },
    async readProject() {
      storeProject(db, await setting.gitlab.project(projectId), clock.now(), accountId)
    },
    trueIssue(issue: Pick<MadeIssue, 'projectId' | 'iid'>) {
      const found = simulator.truth().issues.find((one) => one.projectId === projectId && one.iid === issue.iid)
      if (!found) throw new Error(`no issue ${issue.iid}`)
      return found
    },
    async change({ id }: MadeIssue, parts: Readonly<Record<string, unknown>>) {
      setting.pass(1000)
      const answer = await ask.order(`/gitlab/items/${id}`, parts)
      if (answer.status >= 300) throw new Error(JSON.stringify(answer.body))
      setting.pass(1000)
    },
    async file(path: string, content: string | null, branch?: string) {
      const order = { path, content, ...(branch === undefined ? {} : { branch }) }
      const answer = await ask.order(`/gitlab/projects/${projectId}/files`, order)
      if (answer.status >= 300) throw new Error(JSON.stringify(answer.body))
    },
    holds() {
      const { gitlab } = simulator.truth()
      const isHere = (one: { readonly projectId: number }) => one.projectId === projectId
      return {
        ...gitlab,
        labels: gitlab.labels,
        boards: gitlab.boards.filter(isHere),
        files: gitlab.files.filter(isHere),
        commits: gitlab.commits.filter(isHere),
        mergeRequests: gitlab.mergeRequests.filter(isHere),
      }
    },
    titled: (title: string) =>
      simulator.truth().issues.filter((issue) => issue.projectId === projectId && issue.title === title),
    async make(intent: WriteIntent) {
      const [id = 0] = await setting.order(intent)
      await work.settle()
      return setting.entry(id)
    },
    async settle() {
      for (let round = 0; round < 40; round += 1) {
        await setting.outbox.flush()
        if (setting.outbox.list({ limit: 1, unsettled: true }).waiting === 0) return
        setting.pass(20_000)
      }
    },
    calls: () =>
      simulator
        .record()
        .filter(({ number, method, target }) => number > begin && target === 'gitlab' && method !== 'GET')
        .map(({ method, path }) => `${method} ${path.replace(/^.*\/api\/v4/, '')}`),
  })
  return work
}
