import type { Server } from 'node:http'
import type { Misbehaviour, Misbehaviours } from './misbehaviour.ts'
import type { ExchangeRecord } from './record.ts'
import { safeBody, safeHeaders } from './record.ts'
import type { VendorReply, VendorRequest } from './reply.ts'
import { json } from './reply.ts'
import type { BudgetState, RequestBudget } from './request-budget.ts'
import type { RawExchange } from './serve.ts'
import { createJsonServer, send } from './serve.ts'
import { rowsIn, spoilList } from './spoiled-list.ts'

/** What makes one vendor differ from the other. */
export interface Vendor {
  readonly target: 'zendesk' | 'gitlab'
  /** Answers a request that was let through. */
  answer(request: VendorRequest): VendorReply
  /** The vendor's words for a failure. */
  failure(status: 401 | 403 | 429, form: Misbehaviour['form']): unknown
  /** What a 429 says where its body is plain text; null: it is JSON. */
  plainRefusal?(): string | null
  /** The vendor's words for what is wrong with one record. */
  refusal?(status: 404 | 409 | 422): unknown
  /** The vendor's headers about its allowance of requests. */
  budgetHeaders(budget: BudgetState, request: VendorRequest): Readonly<Record<string, string>>
}

export interface VendorServerDeps {
  readonly record: ExchangeRecord
  readonly misbehaviours: Misbehaviours
  readonly budget: RequestBudget
  /** Brings the world up to the present simulated time and returns it. */
  catchUp(): number
}

const gatewayPage = (title: string): string =>
  `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n</body>\r\n</html>\r\n`
const signInPage =
  '<!DOCTYPE html><html><head><title>Sign in</title></head><body><form action="/access/login"></form></body></html>'

/** A server that answers as the vendor does, or wrongly on purpose, and records what was said. */
export function createVendorServer(vendor: Vendor, deps: VendorServerDeps): Server {
  const { budget } = deps
  const lastRows = new Map<string, readonly unknown[]>()
  return createJsonServer((request, raw) => {
    const path = raw.incoming.url ?? request.path
    const order = deps.misbehaviours.take(vendor.target, request.method, path)
    const keep = recorder(vendor, deps, request, path, order)
    if (order?.kind === 'hang') return keep(0, '', {})
    const state = budget.spend()
    const reply = order
      ? misbehave(order, vendor, request, lastRows.get(request.path) ?? [])
      : state.exceeded
        ? refuse(vendor, state.resetsIn, 'object')
        : answerSafely(vendor, request)
    const rows = rowsIn(reply)
    if (rows) lastRows.set(request.path, rows.slice(-3))
    const whole = { ...reply, headers: { ...vendor.budgetHeaders(state, request), ...reply.headers } }
    const kind = order?.kind
    if (kind === 'lost-hang' || kind === 'lost-cut') {
      keep(0, '', {})
      if (kind === 'lost-cut') raw.response.destroy()
      return
    }
    const answer = (): void =>
      keep(whole.status, kind === 'truncate' ? breakOff(raw, whole) : send(raw.response, whole), whole.headers)
    if (kind === 'slow') setTimeout(answer, order?.delayMs).unref()
    else answer()
  })
}

type Keep = (status: number, body: string, headers: Readonly<Record<string, string>>) => void

/** What writes one exchange down once it has ended. */
function recorder(
  vendor: Vendor,
  deps: VendorServerDeps,
  request: VendorRequest,
  path: string,
  order: Misbehaviour | undefined,
): Keep {
  const startedAt = Date.now()
  const began = performance.now()
  const simulatedAt = deps.catchUp()
  return (status, body, headers) =>
    deps.record.add({
      target: vendor.target,
      startedAt,
      simulatedAt,
      durationMs: performance.now() - began,
      method: request.method,
      path,
      status,
      requestHeaders: safeHeaders(request.headers),
      requestBody: safeBody(request.body),
      responseHeaders: safeHeaders(headers),
      responseBytes: Buffer.byteLength(body),
      responseBody: /^\/(oauth|access)\/|\/users\/me|\/oauth\/token/.test(path) ? safeBody(body) : body,
      ...(order ? { misbehaviour: order.kind } : {}),
    })
}

function answerSafely(vendor: Vendor, request: VendorRequest): VendorReply {
  try {
    return vendor.answer(request)
  } catch (error) {
    return json({ error: 'SimulatorFault', description: error instanceof Error ? error.stack : String(error) }, 500)
  }
}

function refuse(vendor: Vendor, seconds: number | null, form: Misbehaviour['form']): VendorReply {
  const text = vendor.plainRefusal?.() ?? null
  if (text === null) return json(vendor.failure(429, form), 429, retryAfter(seconds))
  return { status: 429, text, headers: { 'content-type': 'text/plain', ...retryAfter(seconds) } }
}

const retryAfter = (seconds: number | null): Record<string, string> =>
  seconds === null ? {} : { 'retry-after': String(seconds) }

function misbehave(
  order: Misbehaviour,
  vendor: Vendor,
  request: VendorRequest,
  lastRows: readonly unknown[],
): VendorReply {
  switch (order.kind) {
    case '429':
      return refuse(vendor, order.retryAfter, order.form)
    case '401':
      return json(vendor.failure(401, order.form), 401)
    case '403':
      return json(vendor.failure(403, order.form), 403)
    case '404':
      return refusal(vendor, 404)
    case '409':
      return refusal(vendor, 409)
    case '422':
      return refusal(vendor, 422)
    case '502':
      return { status: 502, text: gatewayPage('502 Bad Gateway') }
    case '503':
      return { status: 503, text: gatewayPage('503 Service Unavailable'), headers: retryAfter(order.retryAfter) }
    case 'html':
      return { status: 200, text: signInPage }
    case 'empty-page':
    case 'no-meta':
    case 'error-in-list':
    case 'repeat-rows':
    case 'other-host':
      return spoilList(answerSafely(vendor, request), order.kind, urlOf(request), lastRows)
    case 'lost-502':
      answerSafely(vendor, request)
      return { status: 502, text: gatewayPage('502 Bad Gateway') }
    case 'hang':
    case 'slow':
    case 'truncate':
    case 'lost-hang':
    case 'lost-cut':
      return answerSafely(vendor, request)
  }
}

function refusal(vendor: Vendor, status: 404 | 409 | 422): VendorReply {
  return json(vendor.refusal?.(status) ?? { message: `${status} refused` }, status)
}

const urlOf = ({ origin, path, query }: VendorRequest): string => `${origin}${path}?${query.toString()}`

/** Promises the whole answer, sends half of it and cuts the line. */
function breakOff({ response }: RawExchange, reply: VendorReply): string {
  const bytes = Buffer.from(reply.text ?? JSON.stringify(reply.json), 'utf8')
  const half = bytes.subarray(0, Math.floor(bytes.length / 2))
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'content-length': bytes.length,
    ...reply.headers,
  }
  response.writeHead(reply.status, headers)
  response.write(half, () => response.destroy())
  return half.toString('utf8')
}
