import { useRef, useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import type { MeetingRow, ReturnDecision, ReturnList } from '#contract/returns.ts'
import { useWindow } from '../../api/window-context.tsx'

/** What was decided of a row and not done, with why. */
export interface RefusedDecision {
  readonly decision: ReturnDecision
  readonly error: Error
}

/** The rows of a meeting with what is decided of them in this window. */
export interface Decisions {
  /** As the service has them, with what is on its way to it. */
  readonly rows: readonly MeetingRow[]
  /** How many decisions the service has not answered yet. */
  readonly onTheirWay: number
  readonly refused: ReadonlyMap<string, RefusedDecision>
  /** Decides a row: at once here, then at the service; what that refuses comes back. */
  readonly decide: (row: MeetingRow, decision: ReturnDecision) => void
  /** Takes back what was decided last. The key of its row; null where nothing is left to take back. Rejects where that does not work. */
  readonly undo: () => Promise<string | null>
}

/** So often something is asked again after the connection broke under it. */
const mostTries = 3

/** Decides rows so that nobody waits. What is decided while the connection is lost waits for it. */
export function useDecisions(
  list: ReturnList,
  heard: {
    readonly onDone: (row: MeetingRow, decision: ReturnDecision) => void
    readonly onRefused: (row: MeetingRow) => void
  },
): Decisions {
  const { connection, queries, clock } = useWindow()
  const queryClient = useQueryClient()
  const [waiting, setWaiting] = useState<ReadonlyMap<string, MeetingRow>>(new Map())
  const [refused, setRefused] = useState<ReadonlyMap<string, RefusedDecision>>(new Map())
  const inOrder = useOneAfterTheOther()
  const { coverageId } = list
  const { queryKey } = queries.returnList(coverageId)
  const readAgain = () => queryClient.invalidateQueries({ queryKey })

  const carryOut = async (row: MeetingRow, decided: MeetingRow, decision: ReturnDecision) => {
    const { key, state } = row
    try {
      await inOrder(() => connection.client.returns.decide({ coverageId, key, state, decision }))
      queryClient.setQueryData(queryKey, (before) => before && { ...before, rows: withRow(before.rows, decided) })
      heard.onDone(row, decision)
    } catch (fault) {
      const error = fault instanceof Error ? fault : new Error(String(fault))
      setRefused((before) => new Map(before).set(key, { decision, error }))
      heard.onRefused(row)
    }
    setWaiting((before) => (before.get(key) === decided ? without(before, key) : before))
    // A list that was asked for before the decision arrived must not undo it here.
    await readAgain()
  }
  return {
    rows: [...waiting.values()].reduce(withRow, list.rows),
    onTheirWay: waiting.size,
    refused,
    decide(row, decision) {
      const { key, kind, ticketId, subject, words } = row
      const about = { key, kind, ticketId, subject, words }
      const decided = { ...row, decided: { ...about, decision, at: clock.now(), byName: null, changed: false } }
      setWaiting((before) => new Map(before).set(key, decided))
      setRefused((before) => without(before, key))
      void carryOut(row, decided, decision)
    },
    async undo() {
      const { key } = await inOrder(() => connection.client.returns.undo({ coverageId }))
      await readAgain()
      return key
    },
  }
}

/** The rows with one of them decided, which something may have come to since. */
function withRow(rows: readonly MeetingRow[], { key, state, decided }: MeetingRow): MeetingRow[] {
  return rows.map((row) =>
    row.key === key && decided ? { ...row, decided: { ...decided, changed: row.state !== state } } : row,
  )
}

function without<Value>(map: ReadonlyMap<string, Value>, key: string): ReadonlyMap<string, Value> {
  if (!map.has(key)) return map
  const left = new Map(map)
  left.delete(key)
  return left
}

/** Asks the service for one thing after the other, in the order a person wanted them. */
function useOneAfterTheOther(): <Answer>(ask: () => Promise<Answer>) => Promise<Answer> {
  const last = useRef<Promise<unknown>>(Promise.resolve())
  return (ask) => {
    const answer = last.current.then(() => askAgain(ask))
    last.current = answer.catch(() => undefined)
    return answer
  }
}

/** A connection that breaks ends what is asked over it; asked again, it waits for the next one. */
async function askAgain<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await ask()
    } catch (fault) {
      const isAnswer = fault instanceof Error && 'code' in fault
      if (isAnswer || tries === mostTries) throw fault
    }
  }
}
