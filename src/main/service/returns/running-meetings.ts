import type { ReadDb } from '../db/sql.ts'

/** Which meetings a window goes over right now. Kept in memory alone: after a crash nobody goes over anything. */
export interface RunningMeetings {
  /** @returns whether it is otherwise than before. */
  note(db: ReadDb, meetingId: string, running: boolean): boolean
  has(db: ReadDb, meetingId: string): boolean
}

/** Keeps which meetings run, of each workspace by itself. */
export function createRunningMeetings(): RunningMeetings {
  const running = new WeakMap<ReadDb, Set<string>>()
  const has = (db: ReadDb, meetingId: string) => running.get(db)?.has(meetingId) ?? false
  return {
    note(db, meetingId, isRunning) {
      if (has(db, meetingId) === isRunning) return false
      const ids = running.get(db) ?? new Set()
      running.set(db, ids)
      if (isRunning) ids.add(meetingId)
      else ids.delete(meetingId)
      return true
    },
    has,
  }
}
