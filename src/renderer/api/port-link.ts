import { RPCLink } from '@orpc/client/message-port'
import type { DoorEvent } from './door.ts'

/** Talks over a message port from now on, and tells when its other end is gone. */
export function adoptPort(port: MessagePort, listener: (event: DoorEvent) => void): void {
  const link = new RPCLink({ port })
  port.addEventListener('close', () => listener({ kind: 'closed', refused: false }))
  port.start()
  listener({ kind: 'open', link })
}

/** Closes our end. A port does not tell its own side that it was closed, and calls under way would wait for ever. */
export function leavePort(port: MessagePort): void {
  port.close()
  port.dispatchEvent(new Event('close'))
}
