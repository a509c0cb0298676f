import { screen, within } from '@testing-library/react'
import type { DraftStorage } from '#renderer/api/drafts.ts'
import { memoryStorage } from './memory-storage.ts'
import { type OpenedWindow, openWindow } from './open-window.tsx'
import type { StandInState } from './stand-in-state.ts'
import { aSettledMeeting, aWrapUp } from './wrap-up-fixtures.ts'

/** Where the return of Fabrikam Health goes on after its list. */
export const wrapUpPath = '/return/v-fabrikam/wrap-up'

/** Opens a window on what follows the list of Fabrikam Health’s return, and waits until it is there. */
export async function openWrapUp(
  changes: Partial<StandInState> = {},
  storage: DraftStorage = memoryStorage(),
): Promise<OpenedWindow & { inputs(path: string): unknown[] }> {
  const state = { returnMeetings: [aSettledMeeting()], wrapUp: aWrapUp(), ...changes }
  const opened = await openWindow(state, wrapUpPath, storage)
  await screen.findByRole('heading', { level: 2, name: 'Transfers' })
  const inputs = (path: string) => opened.standIn.calls.filter((call) => call.path === path).map(({ input }) => input)
  return { ...opened, inputs }
}

/** A part of it by its heading. */
export async function partNamed(name: string) {
  return within(await screen.findByRole('region', { name }))
}
