import { createTransport, type RemoteRequest } from '#service/transport/transport.ts'
import type { ZendeskReach } from '#service/zendesk/zendesk-client.ts'
import { createLeapingClock } from '#test/support/leaping-clock.ts'
import { createSilentLog } from '#test/support/silent-log.ts'
import { wednesday } from '#test/support/work-values.ts'

/**
 * Reaches a Zendesk over a real transport, on a clock on which waiting takes no time. Each call is signed anew; `sent` has
 * them as they were before that.
 */
export function reachZendesk(
  url: string,
  authorization: () => string = () => 'Bearer any',
): ZendeskReach & { readonly sent: RemoteRequest[]; readonly waits: readonly number[] } {
  const clock = createLeapingClock(wednesday)
  const transport = createTransport({
    name: 'Zendesk',
    origin: new URL(url).origin,
    log: createSilentLog(),
    signal: new AbortController().signal,
    clock,
    timeoutMs: 2000,
  })
  const sent: RemoteRequest[] = []
  return {
    url,
    sent,
    waits: clock.waits,
    send: (request) => {
      sent.push(request)
      return transport.request({ ...request, headers: { ...request.headers, Authorization: authorization() } })
    },
  }
}
