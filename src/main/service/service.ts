import { randomUUID } from 'node:crypto'
import { createRouterClient, type RouterClient } from '@orpc/server'
import type { ChangeEvent } from '#contract/events.ts'
import type { SyncResult } from '#contract/sync.ts'
import { openConnectionRecords } from './connections/connection-record.ts'
import type { WorkspaceChange } from './connections/adopt-sign-in.ts'
import { createConnections } from './connections/connections.ts'
import { letOthersRun } from './let-others-run.ts'
import { openPolicies } from './policy/policies.ts'
import type { ServicePorts } from './ports.ts'
import { Problem } from './problem.ts'
import { Refusal } from './refusal.ts'
import { createEventHub } from './rpc/event-hub.ts'
import { createRouter, type ServiceRouter } from './rpc/router.ts'
import { openSession, type Session } from './session.ts'
import { withOldSettings } from './settings/old-settings.ts'
import { createSettings } from './settings/settings.ts'
import type { OpenWorkspace } from './workspace.ts'

/** The app without a door. */
export interface Service {
  /** The contract, implemented; doors serve it over their transport. */
  readonly router: ServiceRouter
  /** The contract, called directly in this process. */
  readonly client: RouterClient<ServiceRouter>
  /** Starts syncing on its schedule and raising alerts. Without it the service only answers. */
  start(): void
  /** Reads both sources once; joins a run that is under way. */
  syncOnce(): Promise<SyncResult>
  /** Sends what waits to be changed in Zendesk and GitLab; answers when nothing more can be done about it at present. */
  flush(): Promise<void>
  /** The machine woke up or is on the network again: looks at once instead of waiting out a pause. */
  wake(): void
  /** Hears of every change, in this process. Returns a function that stops it. */
  onChange(listener: (event: ChangeEvent) => void): () => void
  /** Ends what is under way at a safe point and closes the workspace. */
  stop(): Promise<void>
}

/**
 * Composes the app from what a door brings. Nothing in here knows which door that is.
 *
 * @param workspace what is shown at first; closed by the service.
 * @param reopen opens the workspace that is right after something was connected or signed out; null where the door was told
 *   to show this one and no other.
 * @throws {DatabaseFromTheFuture} when a newer Understudy wrote the database.
 * @throws {PolicyRefused} when a policy file that ships was spoiled.
 */
export function createService(
  ports: ServicePorts,
  workspace: OpenWorkspace,
  reopen: (() => Promise<OpenWorkspace>) | null,
): Service {
  const policies = openPolicies()
  const settings = createSettings({
    file: withOldSettings(ports.settings),
    schema: policies.settingsSchema,
    report: ports.report,
  })
  const policy = () => policies.of(settings.get().policyVersion)
  const hub = createEventHub(randomUUID())
  const records = openConnectionRecords(ports.settings, ports.report)
  const shared = { ports, settings, policy, hub }
  let session: Session = openSession({ ...shared, workspace, calledAt: [] })
  let started = false
  let stopped = false

  /** Opens and closes a session, in which nothing moves before it is started. */
  async function tryOut(workspace: OpenWorkspace): Promise<void> {
    const trial = openSession({ ...shared, workspace, calledAt: [] })
    await trial.halt()
    trial.db.close()
  }

  /** What went wrong with a workspace that is to take the place of the present one, in words. */
  function cannotOpen(cause: unknown): never {
    if (cause instanceof Problem || cause instanceof Refusal) throw cause
    ports.log.error({ err: cause }, 'another workspace could not be opened')
    const words =
      'The other workspace could not be opened, so nothing was changed: what is here goes on. The log says why.'
    throw new Refusal('refused', words, { cause })
  }

  async function switchWorkspace({ leave, calledAt, enter }: WorkspaceChange): Promise<Session> {
    if (!reopen) throw new Error('This workspace cannot be left')
    const workspace = await reopen().catch(cannotOpen)
    const former = session
    try {
      if (stopped) throw new Refusal('refused', 'Understudy is stopping. Begin again when it runs.')
      // Tried before anything is left; opened for good only when the former has made its last call, which counts.
      await tryOut(workspace).catch(cannotOpen)
      await leave(former)
      // Two sessions over one folder would both send what waits.
      await former.halt()
      await restOf(former)
      session = openSession({ ...shared, workspace, calledAt: calledAt() })
    } catch (error) {
      await workspace.close()
      throw error
    }
    enter(session)
    hub.publish('reset')
    // Calls of the window that the change overtook end before what they read from is closed.
    await letOthersRun()
    await former.close()
    if (started && !stopped) session.start()
    return session
  }

  const connections = createConnections({
    ports,
    hub,
    records,
    session: () => session,
    perMinute: () => settings.get().requestsPerMinute,
    switchWorkspace,
    fixed: !reopen,
  })
  const router = createRouter({ ports, hub, settings, policies, policy, connections, session: () => session })

  return {
    router,
    client: createRouterClient(router),
    start() {
      started = true
      session.start()
      connections.start()
    },
    syncOnce: () => session.syncOnce(),
    flush: () => session.outbox.flush(),
    wake: () => session.wake(),
    onChange: (listener) => hub.listen(listener),
    async stop() {
      stopped = true
      await connections.stop()
      await session.close()
    },
  }
}

/** Waits until a renewal of a sign-in that the halt cut off is written down: the next session reads what is stored. */
async function restOf({ sources }: Session): Promise<void> {
  const rest = async (credentials: { headers(method: string): Promise<unknown> } | undefined) => {
    await credentials?.headers('GET').catch(() => undefined)
  }
  await Promise.all([rest(sources?.zendesk.credentials), rest(sources?.gitlab?.credentials)])
}
