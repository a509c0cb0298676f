import { hasWaiting } from '../db/alerts.ts'
import type { WriteDb } from '../db/sql.ts'
import type { AlertNotice } from '#core/alerts/notices.ts'
import type { Clock, Log, NoticeAction, Notifier } from '../ports.ts'
import { createGiveWay } from '../give-way.ts'
import type { Holds } from './holds.ts'
import type { Journal } from './journal.ts'
import type { Situation } from './situation.ts'

/** What alerts are raised with. */
export interface AlertParts {
  readonly db: WriteDb
  readonly clock: Clock
  readonly log: Log
  readonly notifier: Notifier
  readonly journal: Journal
  /** Aborted when the service stops. */
  readonly stopping: AbortSignal
  /** The person followed a notice, or pressed a button of it. */
  readonly onNotice: (notice: AlertNotice, did: 'open' | NoticeAction['id']) => void
}

/** One look at everything that may be due: how things stand meanwhile, and what came of it. */
export interface Look {
  readonly parts: AlertParts
  readonly situation: Situation
  /** Changes when a ticket wakes. */
  holds: Holds
  /** Lets others run whenever a slice of time is used up; throws when the service stops. */
  readonly giveWay: () => Promise<void> | undefined
  /** The same where what was begun is carried through all the same. */
  readonly breathe: () => Promise<void> | undefined
  /** Whether what is stored is from before the computer slept: then the sync is given its time to say which clocks were met meanwhile. */
  readonly isStale: boolean
  /** Whether anything was held when it began. */
  readonly hadHeld: boolean
  /** Tickets that are to be looked at once more when their conversation was read. */
  readonly unread: Set<number>
  /** Ids of alerts that are new or changed. */
  readonly touched: Set<number>
  /** Ids of alerts that were worth showing and are only listed, by a person's word. */
  readonly silenced: Set<number>
}

/** Begins a look. */
export function beginLook(
  parts: AlertParts,
  { situation, holds, isStale }: Pick<Look, 'situation' | 'holds' | 'isStale'>,
): Look {
  const breathe = createGiveWay()
  return {
    parts,
    situation,
    holds,
    giveWay() {
      if (parts.stopping.aborted) throw new LookStopped()
      return breathe()
    },
    breathe,
    isStale,
    hadHeld: hasWaiting(parts.db, 'held'),
    unread: new Set(),
    touched: new Set(),
    silenced: new Set(),
  }
}

/** The service stops in the middle of a look; what is left is found by the next one. */
export class LookStopped extends Error {}
