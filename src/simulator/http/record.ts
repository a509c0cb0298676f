/** One exchange as it was seen on the wire. Times are real ms since the epoch. */
export interface RecordedExchange {
  readonly number: number
  readonly target: 'zendesk' | 'gitlab'
  readonly startedAt: number
  /** Simulated time when the request came. */
  readonly simulatedAt: number
  readonly durationMs: number
  readonly method: string
  /** Path with its query, as sent. */
  readonly path: string
  /** 0: no answer was given. */
  readonly status: number
  readonly requestHeaders: Readonly<Record<string, string>>
  readonly requestBody: string
  readonly responseHeaders: Readonly<Record<string, string>>
  readonly responseBytes: number
  /** Only while bodies are recorded, and only of the latest answers: 256 MB in all. */
  readonly responseBody?: string
  /** How the answer was spoiled on purpose, if it was. */
  readonly misbehaviour?: string
}

const keptExchanges = 10_000
const keptBytes = 256 * 1024 * 1024

/** Remembers the last exchanges; older ones are forgotten. `bodies`: whether the bodies of replies are kept as well. */
export function createRecord(bodies: boolean) {
  let exchanges: RecordedExchange[] = []
  let count = 0
  let bytes = 0
  let withoutBody = 0
  let keepsBodies = bodies
  const forgetBodies = (): void => {
    for (; bytes > keptBytes && withoutBody < exchanges.length; withoutBody++) {
      const { responseBody, ...rest } = exchanges[withoutBody] as RecordedExchange
      exchanges[withoutBody] = rest
      bytes -= responseBody?.length ?? 0
    }
  }
  return {
    add({ responseBody = '', ...exchange }: Omit<RecordedExchange, 'number'>): void {
      exchanges.push({ ...exchange, ...(keepsBodies ? { responseBody } : {}), number: ++count })
      if (keepsBodies) bytes += responseBody.length
      forgetBodies()
      if (exchanges.length <= keptExchanges * 1.5) return
      const dropped = exchanges.slice(0, -keptExchanges)
      bytes -= dropped.reduce((sum, one) => sum + (one.responseBody?.length ?? 0), 0)
      withoutBody = Math.max(0, withoutBody - dropped.length)
      exchanges = exchanges.slice(-keptExchanges)
    },
    /** The kept exchanges with a number above `after`, oldest first. */
    read: (after = 0): readonly RecordedExchange[] =>
      exchanges.slice(-keptExchanges).filter((exchange) => exchange.number > after),
    keepBodies(keep: boolean): void {
      keepsBodies = keep
    },
    clear(): void {
      exchanges = []
      bytes = 0
      withoutBody = 0
    },
  }
}

export type ExchangeRecord = ReturnType<typeof createRecord>

const secretHeaders = new Set(['authorization', 'private-token', 'cookie', 'set-cookie', 'job-token', 'x-csrf-token'])

/** Headers for the record. SECURITY: values that let somebody in are left out, only that they were sent is kept. */
export function safeHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const kept: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) kept[name] = secretHeaders.has(name) ? '(sent)' : String(value)
  }
  return kept
}

const secretMembers =
  /("(?:access_token|refresh_token|code|code_verifier|device_code|authenticity_token|password|token)"\s*:\s*)"(?:[^"\\]|\\.)*"/g
const secretFields =
  /((?:^|[&?])(?:code|code_verifier|device_code|refresh_token|token|user%5Bpassword%5D|user\[password\]|authenticity_token)=)[^&]*/g

/** A body for the record. SECURITY: tokens, codes and passwords in it are replaced, so that a record can be shown. */
export function safeBody(body: string): string {
  return body.startsWith('{') ? body.replace(secretMembers, '$1"(sent)"') : body.replace(secretFields, '$1(sent)')
}
