import type { AlertNotice } from '#contract/alerts.ts'
import type { ServiceClient } from './connection.ts'

/** Takes over the alerts this window has to show because its host cannot. */
export interface AlertInbox {
  /** Looks for waiting alerts; calls while one look is under way lead to one more look after it. */
  look(): void
}

/** What the inbox needs: who to ask, whether it is its task at all, and what to do with what it got. */
export interface AlertInboxPorts {
  readonly client: ServiceClient
  /** False where the host shows notifications itself. */
  readonly mine: () => Promise<boolean>
  readonly show: (notices: readonly AlertNotice[]) => void
}

/** Asks one at a time: asking claims alerts, so an answer must never be thrown away. */
export function createAlertInbox({ client, mine, show }: AlertInboxPorts): AlertInbox {
  let looking = false
  let again = false
  const look = async () => {
    if (looking) {
      again = true
      return
    }
    looking = true
    try {
      if (await mine()) {
        const { notices } = await client.alerts.takePending({})
        if (notices.length > 0) show(notices)
      }
    } catch {
      // Nothing was claimed as far as the window knows; the next change notice looks again, and Alerts lists them all.
    }
    looking = false
    if (!again) return
    again = false
    await look()
  }
  return { look: () => void look() }
}
