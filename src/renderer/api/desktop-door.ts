import type { Door } from './door.ts'
import { adoptPort, leavePort } from './port-link.ts'

/** What the preload script sends along with the port. */
const portMessage = 'understudy:port'

/** The door of the desktop app: its main process sends a message port, and a new one after each of its own restarts. */
export function createDesktopDoor(page: Window): Door {
  return {
    retries: false,
    open(listener) {
      let current: MessagePort | undefined
      const hear = (message: MessageEvent) => {
        // SECURITY: only this page itself (its preload script) may hand over a port, never a frame or an opener.
        if (message.source !== page || message.data !== portMessage) return
        const port = message.ports[0]
        if (!port) return
        const previous = current
        current = port
        if (previous) leavePort(previous)
        adoptPort(port, (event) => {
          if (current === port) listener(event)
        })
      }
      page.addEventListener('message', hear)
      return () => {
        page.removeEventListener('message', hear)
        if (current) leavePort(current)
        current = undefined
      }
    },
  }
}
