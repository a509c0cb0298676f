import type { Snooze, SnoozeUntil } from '#contract/alerts.ts'
import type { InstantMs } from '#core/instant.ts'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNow, useWindow } from '../api/window-context.tsx'
import { useAlertsAgain } from './use-alerts-again.ts'
import { useRefusal } from './use-refusal.ts'
import { useUndo } from './use-undo.ts'

const minuteMs = 60_000
/** The shortest time there is. */
const leastMinutes = 5

/** How a ticket keeps still; undefined while it does not. */
export function useSnoozeOf(ticketId: number): Snooze | undefined {
  const { queries } = useWindow()
  const { data } = useQuery({
    ...queries.snoozes(),
    select: ({ snoozes }) => snoozes.find((snooze) => snooze.ticketId === ticketId),
  })
  return data
}

/** Lets tickets keep still and wakes them, each with a way back. */
export function useSnooze(): {
  readonly snooze: (ticketId: number, until: SnoozeUntil) => void
  readonly wake: (snooze: Snooze) => void
} {
  const { connection, queries } = useWindow()
  const now = useNow()
  const again = useAlertsAgain()
  const offerUndo = useUndo()
  const refuse = useRefusal()
  const { alerts } = connection.client
  const undoing = (undo: () => Promise<unknown>) => async () => {
    await undo()
    again()
  }
  const { mutate: snooze } = useMutation({
    ...queries.procedures.alerts.snooze.mutationOptions(),
    onSuccess: ({ ticketId, words }) => {
      again()
      offerUndo(
        `#${ticketId} is snoozed: ${inLine(words)}`,
        undoing(() => alerts.unsnooze({ ticketId })),
      )
    },
    onError: (error, { ticketId }) => refuse(`#${ticketId} was not snoozed`, error),
  })
  const { mutate: wake } = useMutation({
    mutationFn: ({ ticketId }: Snooze) => alerts.unsnooze({ ticketId }),
    onSuccess: (_answer, woken) => {
      again()
      offerUndo(
        `#${woken.ticketId} is awake again`,
        undoing(() => alerts.snooze({ ticketId: woken.ticketId, until: restOf(woken, now) })),
      )
    },
    onError: (error, { ticketId }) => refuse(`#${ticketId} was not woken`, error),
  })
  return { snooze: (ticketId, until) => snooze({ ticketId, until }), wake }
}

/** What was left of a snooze: one for so many minutes does not begin anew. */
function restOf({ until, wakeAt }: Snooze, now: InstantMs): SnoozeUntil {
  if (until.kind !== 'for' || wakeAt === null) return until
  return { kind: 'for', minutes: Math.max(leastMinutes, Math.round((wakeAt - now) / minuteMs)) }
}

function inLine(words: string): string {
  return `${words.charAt(0).toLowerCase()}${words.slice(1)}`
}
