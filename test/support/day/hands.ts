import type { Simulator } from '#simulator/create-simulator.ts'
import { createAsk } from '#test/simulator/ask.ts'
import { createDeeds } from './deeds.ts'
import type { Dice } from './dice.ts'
import type { SteppedUnderstudy } from './stepped-understudy.ts'
import { countMet, misbehaviourOf, vendorKinds, type OrderedKind } from './what-goes-wrong.ts'

/** What a day was made of. */
export interface DayNotes {
  /** How often each kind of misbehaviour was ordered. */
  readonly ordered: Readonly<Record<string, number>>
  /** How often each thing was done to tickets by hand. */
  readonly deeds: Readonly<Record<string, number>>
  /** How often the app itself met each thing: ends, sleeps, sign-ins. */
  readonly lives: Readonly<Record<string, number>>
  /** Texts of the internal notes that a person ordered, by their entry in the outbox. */
  readonly noteTexts: ReadonlyMap<number, string>
  /** Tags that a person ordered, each another word, by their entry in the outbox. */
  readonly tags: ReadonlyMap<number, string>
  /** Orders that the outbox refused to take in. */
  readonly refused: number
  /** When Zendesk was well again, ms. */
  readonly calmSince: number
}

/** How long an access token of a new sign-in is good for. It is renewed at half of that, and then for two days. */
const lifeSeconds = 3600
/** Over when the computer wakes up. */
const shortLifeSeconds = 300
const minuteMs = 60_000

/** What makes a day eventful: each of these lets one thing happen, to tickets, to Zendesk or to the app. */
export type Hands = ReturnType<typeof createHands>

/** Creates the hands over an understudy whose Zendesk the simulator is. `nightAt`: when everything is looked through. */
export function createHands(
  simulator: Simulator,
  understudy: SteppedUnderstudy,
  dice: Dice,
  nightAt: number,
  followed: readonly number[],
) {
  const { order } = createAsk(simulator.description)
  const ordered: Record<string, number> = {}
  const noteTexts = new Map<number, string>()
  const tags = new Map<number, string>()
  const lives: Record<string, number> = {}
  let calmSince = 0
  let ends = 0
  let refused = 0
  const count = (counts: Record<string, number>, name: string) => void (counts[name] = (counts[name] ?? 0) + 1)
  const beforeNight = () => understudy.clock.now() < nightAt
  const deeds = createDeeds(simulator, dice, followed, beforeNight)

  /** So that what comes next comes in the middle of it. */
  async function beginSomething(): Promise<void> {
    understudy.wake()
    for (let turns = dice.below(40); turns > 0; turns -= 1) await new Promise((resolve) => setImmediate(resolve))
  }

  async function signIn(seconds: number): Promise<void> {
    if (await understudy.signIn(seconds)) count(lives, 'signed in again')
  }

  const hands = {
    understudy,
    order,
    gentleDeed: deeds.gentle,
    drasticDeed: deeds.drastic,
    /** A person orders changes of one to six tickets. */
    async write(): Promise<void> {
      const intents = deeds.intents()
      try {
        const previews = await understudy.outbox.preview(intents)
        const orders = previews.filter(({ refusal }) => refusal === null)
        const ids = await understudy.outbox.send(orders.map(({ intent, stamp }) => ({ intent, stamp })))
        refused += intents.length - orders.length
        orders.forEach(({ intent }, index) => {
          if (intent.kind === 'internal-note') noteTexts.set(ids[index] ?? 0, intent.body)
          if (intent.kind === 'tags') tags.set(ids[index] ?? 0, intent.add[0] ?? '')
        })
      } catch (error) {
        if (!(error instanceof Error) || error.constructor.name !== 'Refusal') throw error
        refused += intents.length
      }
    },
    misbehave(kind: OrderedKind): void {
      count(ordered, kind)
      if (kind === 'page move') {
        understudy.network.beforeNextPages(3, deeds.replyToOldest)
      } else if (kind === 'unknown name' || kind === 'no secure connection') {
        understudy.network.fail(kind, 1 + dice.below(6))
      } else simulator.misbehave(misbehaviourOf(kind, dice, beforeNight()))
    },
    /** Nothing that was ordered to go wrong is still to come. */
    async clear(): Promise<void> {
      understudy.network.clear()
      await order('/misbehave/clear')
    },
    async port(open: boolean): Promise<void> {
      if (!open) count(lives, 'port closed')
      await order('/port', { target: 'zendesk', open })
    },
    /** The app ends in the middle of something. */
    async end(): Promise<void> {
      await beginSomething()
      ends += 1
      const isQuit = ends % 3 === 0
      count(lives, isQuit ? 'restart' : 'kill')
      await (isQuit ? understudy.restart() : understudy.kill())
    },
    /** The computer is closed in the middle of something; now and then the sign-in is over when it is opened. */
    async sleep(ms: number): Promise<void> {
      if (dice.below(2) === 0) await signIn(shortLifeSeconds)
      await beginSomething()
      count(lives, 'sleep')
      await understudy.sleep(Math.round(ms), dice.below(3) > 0)
    },
    /** An admin ends every sign-in. */
    endSignIn: () => order('/oauth/revoke'),
    /** A person looks in, and signs in again where that is asked for. */
    async seeToSignIn(): Promise<void> {
      if (!(await understudy.isSignedOut())) return
      count(lives, 'sign-in ended')
      await signIn(lifeSeconds)
    },
    /** What Settings offers: looks again how this Zendesk tells SLA clocks. */
    checkConnection: async (): Promise<void> => {
      const checked = understudy.probe().catch(() => undefined)
      await understudy.pass(2 * minuteMs)
      await Promise.race([checked, understudy.network.settle()])
    },
    /** What did not come up by chance comes up now. */
    async makeUp(): Promise<void> {
      await hands.clear()
      await signIn(lifeSeconds)
      for (const kind of vendorKinds) {
        for (let tries = 0; tries < 5 && !countMet(simulator, understudy.network, lives)[kind]; tries += 1) {
          simulator.misbehave({ target: 'zendesk', kind, pathContains: '/tickets.json?', delayMs: 100 })
          understudy.wake()
          await understudy.pass(2 * minuteMs)
        }
      }
    },
    /** Zendesk is well again, and somebody sees to the sign-in. */
    async calmDown(): Promise<void> {
      understudy.network.clear()
      await order('/misbehave/clear')
      await order('/port', { target: 'zendesk', open: true })
      const all = { tickets: true, organization: true, user: true, show_many: true, ticket: true, search: true }
      const jobs = { held: false, failing: 'none', others: 0 }
      await order('/zendesk', { slas: all, jobs, search_lag_ms: 0, others_per_minute: 60 })
      await signIn(lifeSeconds)
      calmSince = understudy.clock.now()
      await understudy.pass(10 * minuteMs)
      const checked = understudy.probe()
      await understudy.pass(2 * minuteMs)
      await checked
    },
    notes: (): DayNotes => ({ ordered, deeds: deeds.done, lives, noteTexts, tags, refused, calmSince }),
  }
  return hands
}
