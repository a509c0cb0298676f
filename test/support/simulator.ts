import { canJudge, judgeLater } from '#test/judge/judged-file.ts'
import { createSimulator as startSimulator, type Simulator } from '#simulator/create-simulator.ts'
import type { RecordedExchange } from '#simulator/http/record.ts'
import { launchSimulator as startThread, type LaunchedSimulator, type LaunchOptions } from '#simulator/launch.ts'
import type { SimulatorOptions } from '#simulator/options.ts'

/**
 * A simulator in this process, whose exchanges with Zendesk are judged by the vendor's description once the test file has
 * ended. Tests take it from here and not from `src/simulator`.
 */
export async function createSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const simulator = await startSimulator({ recordBodies: canJudge, ...options })
  const hear = once(() => judgeLater(zendeskIn(simulator.record())))
  return {
    ...simulator,
    stop: () => {
      hear()
      return simulator.stop()
    },
  }
}

/** The same in a thread of its own, for apps that run as processes. */
export async function launchSimulator(options: LaunchOptions = {}): Promise<LaunchedSimulator> {
  const simulator = await startThread({ recordBodies: canJudge, ...options })
  return {
    ...simulator,
    stop: async () => {
      await judgeRecordOf(simulator.description.control.url)
      await simulator.stop()
    },
  }
}

/** Judges what a simulator that is controlled from elsewhere has on record. Replies are, if it keeps their bodies. */
export async function judgeRecordOf(controlUrl: string): Promise<void> {
  if (!canJudge) return
  const answer = await fetch(new URL('/record', controlUrl))
  judgeLater(zendeskIn(((await answer.json()) as { readonly exchanges: readonly RecordedExchange[] }).exchanges))
}

const zendeskIn = (exchanges: readonly RecordedExchange[]): readonly RecordedExchange[] =>
  exchanges.filter(({ target }) => target === 'zendesk')

function once(act: () => void): () => void {
  let isDone = false
  return () => {
    if (!isDone) act()
    isDone = true
  }
}
