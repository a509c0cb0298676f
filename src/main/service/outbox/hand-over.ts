import { RemoteFailure } from '../transport/remote-failure.ts'
import type { OutboxRow } from '../db/outbox.ts'
import { meetWriteFailure, type Handed } from './meet-failure.ts'
import { writeRows, type OutboxWork } from './outbox-work.ts'

/** What is written to a row, on disk, before it is handed to the network. */
export function handingOver(work: OutboxWork, row: OutboxRow, stamp: number) {
  return {
    state: 'sending',
    attempts: row.attempts + 1,
    sendingAt: work.clock.now(),
    sentStamp: row.sendingAt === null ? stamp : row.sentStamp,
    problem: null,
  } as const
}

/**
 * Hands marked rows to Zendesk in one call, and writes down that it took them, or what went wrong.
 *
 * @param call answers with the id of the job the rows went into, or null where they were carried out at once.
 */
export async function handOver(
  work: OutboxWork,
  handed: readonly Handed[],
  call: () => Promise<string | null>,
): Promise<void> {
  try {
    const jobId = await call()
    work.pace.worked()
    const sent = { state: 'sent', sentAt: work.clock.now() } as const
    writeRows(
      work,
      handed.map(({ row }) => ({ row, changes: jobId === null ? sent : { jobId } })),
    )
  } catch (error) {
    if (!(error instanceof RemoteFailure)) throw error
    meetWriteFailure(work, handed, error)
  }
}
