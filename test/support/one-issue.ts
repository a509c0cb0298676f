import type { Issue } from '#core/issues/issue.ts'
import type { WriteDb } from '#service/db/sql.ts'
import type { GitlabProject } from '#service/gitlab/gitlab-writes.ts'
import { createIssueExchange, type IssueDesk } from '#service/sharing/exchange-issue.ts'
import type { Crossed, Identified, SharedKind, Timed } from '#service/sharing/document-kind.ts'
import { createSharedIssues } from '#service/sharing/watch-issues.ts'
import type { SyncJob } from '#service/sync/sync-job.ts'
import { RemoteFailure } from '#service/transport/remote-failure.ts'
import { anIssue } from './work-values.ts'

const project: GitlabProject = {
  ...{ id: 9, path: 'support/plans', url: 'https://gitlab.example.com/support/plans' },
  ...{ visibility: 'internal', defaultBranch: null, accessLevel: 30 },
}

/** One issue of an internal project, and machines that read and write it. */
export function sharedIssue() {
  const gitlab = { now: 1_000, gone: false, failing: null as RemoteFailure | null, lists: 0 }
  let issue = anIssue({
    ...{ projectId: 9, iid: 4, reference: 'support/plans#4', description: '', labels: [], updatedAt: 1_000 },
    url: 'https://gitlab.example.com/support/plans/-/issues/4',
  })
  const write = (parts: Partial<Issue>) => {
    issue = { ...issue, ...parts, updatedAt: (gitlab.now += 1_000) }
  }
  const look = (): Issue => {
    if (gitlab.failing) throw gitlab.failing
    if (gitlab.gone) throw new RemoteFailure('not-found', 'gone')
    return issue
  }

  /** A machine that exchanges a kind of document with the issue. @param known one that is stored there. */
  function connect<Document extends Identified, Setting extends Timed, Conflict extends Crossed>(
    kind: SharedKind<Document, Setting, Conflict>,
    db: WriteDb,
    present: () => Setting,
    known: (id: string) => Document,
  ) {
    let later = 0
    const told: string[] = []
    const setting = () => {
      const here = present()
      return { ...here, now: here.now + later }
    }
    const desk: IssueDesk<Setting> = {
      db,
      gitlab: {
        url: 'https://gitlab.example.com',
        writes: { project: async () => project, issue: async () => look() },
        mode: () => null,
      },
      preview: async (intents) =>
        intents.map((intent) => ({
          ...{ intent, subject: '', words: '', warnings: [], refusal: null, stamp: 0 },
          customerSees: { visible: false, words: '' },
        })),
      setting,
      coverageProject: 'support/plans',
    }
    const exchange = createIssueExchange(kind, desk, known)
    const { jobs } = createSharedIssues(kind, {
      db,
      api: {
        async issuesByIid(_project, _iids, seen) {
          gitlab.lists += 1
          const etag = `e${issue.updatedAt}`
          if (gitlab.failing) throw gitlab.failing
          const asked = { address: '/issues', etag }
          if (seen?.('/issues') === etag && !gitlab.gone) return { rows: [], next: null, unchanged: true, asked }
          return { rows: gitlab.gone ? [] : [issue], next: null, unchanged: false, asked }
        },
      },
      setting,
      now: () => setting().now,
      onChange: (ids) => told.push(...ids),
    })
    const job = (): SyncJob => {
      const [one] = jobs()
      if (!one) throw new Error('GitLab is connected')
      return one
    }
    return {
      ...{ db, told, exchange, issueDesk: desk, job },
      wait: (ms: number) => void (later += ms),
      standing: (id: string) => exchange.standing(id),
      fetch: (apply = true) => exchange.fetch({ reference: 'support/plans#4', apply }),
      /** Writes what a person would send. The issue is as it was read: nobody comes in between. */
      async send(id: string) {
        const { preview } = await exchange.preview(id, false)
        if (preview.refusal !== null || preview.intent.kind !== 'issue-text') return
        const { title = issue.title, description } = preview.intent
        write({ title, description })
      },
      /** Opens the issue with what a person would send. */
      async open(id: string) {
        const { preview } = await exchange.preview(id, true)
        if (preview.intent.kind !== 'create-issue') throw new Error('it opens another')
        write({ description: preview.intent.description, title: preview.intent.title })
      },
      async run() {
        while ((await job().run()) === 'more');
      },
    }
  }
  return { gitlab, connect, write, issue: () => issue }
}
