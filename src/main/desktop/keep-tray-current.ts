import type { Service } from '#service/service.ts'
import type { Log } from '#service/ports.ts'
import { ticketsInMenu, trayView, type TrayFacts } from './tray-view.ts'
import type { DesktopTray } from './tray.ts'

/** Calls back once after some time. Returns a function that cancels. */
export type Delay = (ms: number, run: () => void) => () => void

/** Changes come in bursts while a sync runs; the tray follows this much later, once. */
const settleMs = 250
/** Deadlines pass without anything changing. */
const refreshMs = 60_000

/** What keeping the tray current needs. */
export interface TrayUpdates {
  readonly service: Pick<Service, 'client' | 'onChange'>
  readonly tray: Pick<DesktopTray, 'show'>
  readonly log: Log
  readonly delay: Delay
}

/** Draws the tray now, after every change and once a minute. Returns a function that stops it. */
export function keepTrayCurrent({ service, tray, log, delay }: TrayUpdates): () => void {
  let stopped = false
  let cancel: () => void = () => {}
  let soon = false
  const refreshIn = (ms: number) => {
    cancel()
    soon = ms === settleMs
    cancel = delay(ms, () => {
      soon = false
      void refresh()
    })
  }
  const refresh = async () => {
    try {
      const facts = await readTrayFacts(service.client)
      if (!stopped) tray.show(trayView(facts))
    } catch (error) {
      if (!stopped) log.error({ err: error }, 'the tray could not be brought up to date')
    }
    if (!stopped && !soon) refreshIn(refreshMs)
  }
  const stopListening = service.onChange(() => {
    if (!soon) refreshIn(settleMs)
  })
  void refresh()
  return () => {
    stopped = true
    stopListening()
    cancel()
  }
}

async function readTrayFacts(client: Service['client']): Promise<TrayFacts> {
  const [status, queue, { coverages }, week, day, { quiet }, { accounts }, { trayCount }] = await Promise.all([
    client.app.status({}),
    client.tickets.queue({ limit: ticketsInMenu }),
    client.coverage.list({}),
    client.workload.week({}),
    client.workload.day({}),
    client.alerts.list({ limit: 1 }),
    client.accounts.list({}),
    client.settings.get({}),
  ])
  const covers = coverages.some(({ mine, phase }) => mine && phase !== 'past')
  // Every line is compared with its ticket for it: not asked of who was handed nothing over.
  const handoffLines = covers ? changedLines(await client.handoffs.list({})) : 0
  return { status, queue, coverages, week, day, handoffLines, quiet, accounts, showCount: trayCount }
}

/** Lines that are to be gone over again, or for the first time, by me. */
function changedLines({ packets }: Awaited<ReturnType<Service['client']['handoffs']['list']>>): number {
  return packets
    .filter(({ role, phase }) => role === 'cover' && phase !== 'past')
    .flatMap(({ accounts }) => accounts)
    .reduce((lines, { stale, notReviewed }) => lines + stale + notReviewed, 0)
}
