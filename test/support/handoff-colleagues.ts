import { onTestFinished } from 'vitest'
import type { HandoffDocument } from '#core/handoff/handoff-document.ts'
import { createAsk } from '#test/simulator/ask.ts'
import { dana } from './connected-service.ts'
import { runningService } from './running-service.ts'
import { createSimulator } from './simulator.ts'

const week = { startsAt: '2030-12-16T09:00', endsAt: '2030-12-20T17:00' }
/** The project in which these colleagues open issues. */
export const coverageProject = 'support/assigned-support-engineers'
const projectId = 57_400_001
const danasEmail = 'dana.whitfield@support.example'

/**
 * Dana and whoever covers for her, each with a data folder of their own, at one Zendesk and one GitLab. The plan of Dana's absence went
 * through an issue, was accepted, and is on both; nothing is handed over yet.
 */
export async function handoffColleagues() {
  const own = await createSimulator({ seed: 5, scale: 10 })
  onTestFinished(() => own.stop())
  const { workspace, zendesk, gitlab } = own.description
  const ask = createAsk(own.description)
  const accountId = workspace.accounts[0]?.id ?? 0
  const machine = async (email: string) => {
    const app = await runningService()
    const { client } = app.service
    await client.connections.connectZendesk({ ...zendesk, email })
    await client.connections.connectGitlabToken(gitlab)
    const gitlabGroup = workspace.accounts[0]?.gitlabGroup ?? null
    await client.accounts.add({ organizationId: accountId, aseId: dana, gitlabGroup })
    await client.settings.set({ coverageProject })
    const sync = () => app.service.syncOnce()
    return {
      ...{ app, client, sync },
      /** Previewed, ordered, on its way. */
      async send(handoffId: string) {
        const { preview, along } = await client.handoffs.previewIssue({ handoffId })
        if (preview.refusal !== null) return { preview, along, sent: false }
        await client.outbox.send({ orders: [preview] })
        await sync()
        return { preview, along, sent: true }
      },
      /** The document itself, with everybody's writings. */
      async document(handoffId: string): Promise<HandoffDocument> {
        const { text } = await client.handoffs.export({ handoffIds: [handoffId], as: 'file' })
        const [head, ...lines] = text
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line) as object)
        const tickets = lines.map((line) => {
          const { ticket, ...part } = line as { ticket: string }
          return [ticket, part]
        })
        return { ...(head as { handoff: object }).handoff, tickets: Object.fromEntries(tickets) } as HandoffDocument
      },
    }
  }
  const ase = await machine(danasEmail)
  const cover = await machine(zendesk.email)
  const { id: planId } = await ase.client.plans.create({ accountIds: [accountId], ...week })
  const { entries } = await ase.client.plans.putEntry({ planId, accountId, coverId: workspace.meId, ...week })
  const entryId = entries[0]?.id ?? ''
  await ase.client.plans.ask({ planId, entryIds: [entryId] })
  const { preview } = await ase.client.plans.previewIssue({ planId })
  await ase.client.outbox.send({ orders: [preview] })
  await ase.sync()
  await cover.sync()
  const plan = (await ase.client.plans.issue({ planId })).issue
  await cover.client.plans.fetch({ reference: plan?.reference ?? '', apply: true })
  await cover.client.plans.answer({ planId, entryId, answer: 'accept' })
  const back = await cover.client.plans.previewIssue({ planId })
  await cover.client.outbox.send({ orders: [back.preview] })
  await cover.sync()
  await ase.client.plans.fetch({ planId, apply: true })
  const { ids } = await ase.client.handoffs.begin({ absenceId: planId })
  interface IssueBody {
    readonly title: string
    readonly description: string
    readonly confidential: boolean
  }
  return {
    ...{ own, ask, ase, cover, planId, accountId, handoffId: ids[0] ?? '', planIid: plan?.iid ?? 0 },
    issue: async (iid: number) => (await ask.gitlab(`/projects/${projectId}/issues/${iid}`)).body as IssueBody,
    rewrite: (iid: number, description: string) =>
      ask.change('PUT', `/projects/${projectId}/issues/${iid}`, { description }),
  }
}

/** Their machines. */
export type HandoffColleague = Awaited<ReturnType<typeof handoffColleagues>>['ase']
