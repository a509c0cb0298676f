import { createClock } from './clock.ts'
import { createControl } from './control/control.ts'
import type { Truth } from './control/truth.ts'
import { truth } from './control/truth.ts'
import type { SimulatorDescription } from './description.ts'
import { createGitlab } from './gitlab/gitlab.ts'
import { createGitlabSwitches } from './gitlab/settings.ts'
import { createGitlabSignIn } from './gitlab/sign-in.ts'
import type { MisbehaviourOrder } from './http/misbehaviour.ts'
import { createMisbehaviours, misbehaviourSchema } from './http/misbehaviour.ts'
import type { RecordedExchange } from './http/record.ts'
import { createRecord } from './http/record.ts'
import { createRequestBudget } from './http/request-budget.ts'
import { createJsonServer, listen, send } from './http/serve.ts'
import { createVendorServer } from './http/vendor-server.ts'
import type { SimulatorOptions } from './options.ts'
import { resolveOptions } from './options.ts'
import { me } from './world/people.ts'
import { describeHandoffs } from './world/handoffs.ts'
import { createWorld } from './world/world.ts'
import { describeWorkspace } from './world/workspace.ts'
import { createZendeskSwitches, planLimits } from './zendesk/settings.ts'
import { createZendesk } from './zendesk/zendesk.ts'

/** A running simulator in this process. */
export interface Simulator {
  readonly description: SimulatorDescription
  /** Steps the clock and lets everything happen that is due by then. Returns the simulated time. */
  advanceBy(ms: number): number
  misbehave(order: MisbehaviourOrder): void
  record(): readonly RecordedExchange[]
  truth(): Truth
  stop(): Promise<void>
}

/**
 * Starts Zendesk, GitLab and the control server on free loopback ports, inside this process.
 *
 * @example
 * const simulator = await createSimulator({ seed: 7, speed: 0 })
 * simulator.advanceBy(60_000)
 * await simulator.stop()
 */
export async function createSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { seed, anchor, now, speed, scale, requestsPerMinute, recordBodies } = resolveOptions(options)
  const world = createWorld({ seed, anchor, scale })
  const clock = createClock(now, speed)
  const record = createRecord(recordBodies)
  const misbehaviours = createMisbehaviours()
  const catchUp = (): number => {
    const instant = clock.now()
    world.advanceTo(instant)
    return instant
  }
  catchUp()
  const zendeskToken = `zendesk-sample-${seed}`
  const gitlabToken = `glpat-sample-${seed}`
  const gitlabSignIn = createGitlabSignIn(seed, gitlabToken, clock.now)
  const switches = createZendeskSwitches()
  const deps = { record, misbehaviours, catchUp }
  const budgetNow = (): number => (switches.read().minute === 'real' ? Date.now() : clock.now())
  const zendesk = createZendesk({ world, seed, anchor, token: zendeskToken, now: clock.now, switches, budgetNow })
  const zendeskLimit = (): number => {
    const { plan } = switches.read()
    return plan === null ? requestsPerMinute : planLimits[plan]
  }
  const zendeskBudget = createRequestBudget({
    limit: zendeskLimit,
    now: budgetNow,
    others: () => switches.read().others_per_minute,
  })
  const gitlabBudget = createRequestBudget({ limit: () => requestsPerMinute, now: Date.now })
  const gitlabSwitches = createGitlabSwitches()
  const gitlab = createGitlab({
    world,
    signIn: gitlabSignIn,
    switches: gitlabSwitches,
    zendeskUrl: () => description.zendesk.url,
  })
  const [zendeskServer, gitlabServer] = await Promise.all([
    listen(createVendorServer(zendesk.vendor, { ...deps, budget: zendeskBudget })),
    listen(createVendorServer(gitlab, { ...deps, budget: gitlabBudget })),
  ])
  const vendors = { ...zendesk, switches, ports: { zendesk: zendeskServer, gitlab: gitlabServer } }
  const answer = createControl({
    world,
    clock,
    record,
    misbehaviours,
    describe: () => description,
    catchUp,
    gitlabSignIn,
    gitlabSwitches,
    ...vendors,
  })
  const controlServer = await listen(
    createJsonServer((request, { response }) => {
      // Never rejects: what is wrong with an order is in its answer.
      void answer(request).then((reply) => send(response, reply))
    }),
  )
  const servers = [zendeskServer, gitlabServer, controlServer]
  const description: SimulatorDescription = {
    zendesk: { url: zendeskServer.url, email: me.email, token: zendeskToken },
    gitlab: { url: gitlabServer.url, token: gitlabToken },
    control: { url: controlServer.url },
    seed,
    clock: { now: clock.now(), speed },
    workspace: { ...describeWorkspace(anchor), handoffs: describeHandoffs(anchor, world) },
  }
  return {
    description,
    advanceBy(ms) {
      clock.advanceBy(ms)
      return catchUp()
    },
    misbehave: (order) => misbehaviours.add(misbehaviourSchema.parse(order)),
    record: () => record.read(),
    truth() {
      const instant = catchUp()
      return truth(world, instant, new URLSearchParams())
    },
    stop: async () => {
      await Promise.all(servers.map((server) => server.stop()))
    },
  }
}
