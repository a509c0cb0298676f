/** What alerts are due by the rules, found the slow way: everything is reckoned anew at every instant, and nothing is stored. */

const minuteMs = 60_000
/** Minutes before the end of a clock at which it is announced, as settings begin with. */
const leads = [120, 30]
const urgentMinutes = 30

/** A ticket as the vendor has it. */
export interface ModelTicket {
  readonly id: number
  account: number
  live: boolean
  readonly createdAt: number
  /** When it got the tag, and the priority, of emergencies. */
  emergencyAt: number | null
  urgentAt?: number | null
  /** Breach by metric; null for a paused one. */
  readonly clocks: Map<string, number | null>
  readonly messages: { readonly id: number; readonly at: number; readonly customer: boolean }[]
  pending?: boolean
  /** What was recorded of its status and priority since it was seen first. */
  log?: readonly LoggedChange[]
  /** Clocks that it did not come with, `METRIC@BREACH_AT`. */
  setLater?: ReadonlySet<string>
}

export interface LoggedChange {
  readonly at: number
  /** What its status became; null where it is another thing that changed. */
  readonly became: string | null
  readonly raised: boolean
}

/** What fires an *if* of the model. */
export type ModelTrigger =
  | { readonly on: 'customer-replies' }
  | { readonly on: 'severity-raised' }
  | { readonly on: 'status'; readonly to: string }
  | { readonly on: 'no-reply-by'; readonly at: number }

/** A ticket as a handoff has it. */
export interface ModelLine {
  reviewed: { readonly at: number; readonly facts: ModelFacts } | null
  ifs: readonly { readonly id: string; readonly since: number; readonly trigger: ModelTrigger }[]
}

/** What counts of a ticket that was gone over. */
export interface ModelFacts {
  readonly status: string
  readonly urgent: boolean
  readonly customerAt: number
  readonly replyAt: number
  readonly clock: { readonly name: string; readonly end: number } | null
}

/** What counts of a ticket for the handoff of the covered account. */
export function modelFacts(ticket: ModelTicket): ModelFacts {
  const last = (customer: boolean) =>
    Math.max(-Infinity, ...ticket.messages.filter((one) => one.customer === customer).map(({ at }) => at))
  const clocks = [...ticket.clocks].flatMap(([metric, end]) =>
    end === null ? [] : [{ name: `${metric}@${end}`, end }],
  )
  return {
    status: ticket.account === 1 ? modelStatus(ticket) : 'moved',
    urgent: (ticket.urgentAt ?? null) !== null,
    customerAt: Math.max(ticket.createdAt, last(true)),
    replyAt: last(false),
    clock: clocks.toSorted((a, b) => a.end - b.end)[0] ?? null,
  }
}

/** A ticket as it is seen after it was seen before: what is recorded of it. */
export function seenAgain(before: ModelTicket, { ...now }: ModelTicket, at: number): ModelTicket {
  const became = modelStatus(now) === modelStatus(before) ? null : modelStatus(now)
  const raised = (before.urgentAt ?? null) === null && (now.urgentAt ?? null) !== null
  now.log = [...(before.log ?? []), { at, became, raised }]
  const others = [...now.clocks].filter(([metric, end]) => before.clocks.get(metric) !== end)
  now.setLater = new Set([...(before.setLater ?? []), ...others.map(([metric, end]) => `${metric}@${end}`)])
  return now
}

function modelStatus({ live, pending }: ModelTicket): string {
  return live ? (pending ? 'pending' : 'open') : 'solved'
}

export interface ModelSnooze {
  readonly until: { kind: 'for'; minutes: number } | { kind: 'reply' } | { kind: 'before-breach'; minutes: number }
  readonly since: number
}

interface Span {
  readonly from: number
  readonly to: number
}

/** What a person and their colleagues did; a restored database forgets what came after the backup. */
export interface Orders {
  covers: Span[]
  muted: Set<number>
  snoozes: Map<number, ModelSnooze>
  pause: (Span & { readonly since: number }) | null
  meeting: (Span & { readonly since: number }) | null
  held: Map<
    string,
    {
      readonly ticket: number
      readonly account: number
      readonly kind: string
      readonly at: number
      readonly urgent: boolean
    }
  >
  /** Keys that were only listed. */
  listed: Set<string>
  /** Those of them that are not in the journal: they are listed again where the ledger forgot them. */
  derived: Set<string>
  /** The handoff of the covered account. */
  lines: Map<number, ModelLine>
  accepted: boolean
  flags: string
}

interface Due {
  readonly key: string
  readonly kind: string
  readonly at: number
  readonly urgent: boolean
  readonly silent: boolean
  /** Whether something else tells it when it comes: then it is listed, or nothing is noted at all. */
  readonly elsewhere?: 'list' | 'skip' | null
}

/** The oracle: what it takes to say which alerts are told by now. */
export interface AlertOracle {
  readonly tickets: Map<number, ModelTicket>
  orders: Orders
  readonly told: Set<string>
  quiet: ((at: number) => boolean) | null
  /** What marks emergencies. */
  mark: 'tag' | 'priority'
  /** Instants of a stretch at which anything may fall due or be released. */
  instants(after: number, until: number): number[]
  /** Says what is told at an instant, after the one before. */
  evaluate(
    now: number,
    how: { readonly touched?: readonly number[]; readonly anew?: boolean; readonly before: number },
  ): void
  endSnooze(ticketId: number): void
  mute(account: number): void
}

/** The accounts of the model: 1 is covered in its spans, 2 is my own, 3 is nobody's here. */
export function createAlertOracle(first: number, quietEdges: (after: number, until: number) => number[]): AlertOracle {
  const tickets = new Map<number, ModelTicket>()
  const told = new Set<string>()
  const oracle: AlertOracle = {
    tickets,
    told,
    quiet: null,
    mark: 'tag',
    orders: {
      covers: [],
      muted: new Set(),
      snoozes: new Map(),
      pause: null,
      meeting: null,
      held: new Map(),
      listed: new Set(),
      derived: new Set(),
      lines: new Map(),
      accepted: false,
      flags: '',
    },
    instants,
    evaluate,
    endSnooze(ticketId) {
      if (!oracle.orders.snoozes.delete(ticketId)) return
      listHeldOf(ticketId)
    },
    mute(account) {
      oracle.orders.muted.add(account)
      for (const [key, one] of oracle.orders.held) if (one.account === account) list(key)
    },
  }

  const spansOf = (account: number): Span[] => {
    if (account === 2) return [{ from: -Infinity, to: Infinity }]
    if (account !== 1) return []
    const spans: Span[] = []
    for (const span of oracle.orders.covers.toSorted((a, b) => a.from - b.from)) {
      const last = spans.at(-1)
      if (last && span.from <= last.to) spans[spans.length - 1] = { from: last.from, to: Math.max(last.to, span.to) }
      else spans.push(span)
    }
    return spans
  }
  const spanAt = (account: number, at: number) => spansOf(account).find(({ from, to }) => from <= at && at < to)
  const isRunning = (span: (Span & { since: number }) | null, now: number) =>
    span !== null && span.since <= now && now < span.to

  function duesOf(ticket: ModelTicket, now: number): Due[] {
    const here = spanAt(ticket.account, now)
    const found: Due[] = []
    const isOfNow = (at: number) => {
      const span = spanAt(ticket.account, at)
      return span !== undefined && span.from <= now && here !== undefined && at >= here.from && at >= first
    }
    const add = (
      kind: string,
      instance: string,
      at: number,
      urgent: boolean,
      silent: boolean,
      elsewhere: 'list' | null = null,
    ) => {
      const span = spanAt(ticket.account, at)
      if (!span || span.from > now) return
      const key = `${ticket.id} ${kind} ${instance}`
      found.push({ key, kind, at, urgent, silent: silent || !isOfNow(at), elsewhere })
    }
    const fired = here && ticket.account === 1 ? firedOf(ticket, now) : []
    for (const one of fired) add('contingency', `${one.id} since ${one.since}`, one.at, false, one.silent)
    const isOwn = ticket.account === 2
    const markedAt = (oracle.mark === 'tag' ? ticket.emergencyAt : ticket.urgentAt) ?? null
    const isEmergency = ticket.live && markedAt !== null && (!isOwn || markedAt >= first)
    const isEmergencyHere = isEmergency && spanAt(ticket.account, markedAt) !== undefined
    if (!isOwn || ticket.createdAt >= first) {
      add('new-ticket', 'created', ticket.createdAt, false, !ticket.live || isEmergencyHere)
    }
    if (isEmergency) add('emergency', 'marked', markedAt, true, false)
    ticket.messages.forEach((message, index) => {
      if (!message.customer || (isOwn && message.at < first)) return
      add(
        'customer-replied',
        `message ${message.id}`,
        message.at,
        false,
        !ticket.live || index < ticket.messages.length - 1,
        fired.some((one) => one.trigger.on === 'customer-replies' && one.at === message.at && isOfNow(one.at))
          ? 'list'
          : null,
      )
    })
    if (ticket.live) {
      for (const [metric, end] of ticket.clocks) if (end !== null) clockDues(ticket, metric, end, now, add)
    }
    const isNewTold = found.some(({ kind, silent }) => kind === 'new-ticket' && !silent)
    const warned = found.map((one) => {
      const [, clock = '', minutes] = /^\d+ breach-coming (.*)-(\d+)m$/.exec(one.key) ?? []
      const leadAt = Number(clock.split('@')[1]) - Number(minutes) * minuteMs
      const isSaid = isNewTold && leadAt <= ticket.createdAt && !ticket.setLater?.has(clock)
      return isSaid ? { ...one, elsewhere: 'list' as const } : one
    })
    return [...warned, ...handoffDues(ticket, now, { found, isOfNow, fired })]
  }

  /** The first time, while the account is covered, that each *if* of a ticket came true. */
  function firedOf(ticket: ModelTicket, now: number) {
    const { messages, log = [], live } = ticket
    return (oracle.orders.lines.get(ticket.id)?.ifs ?? []).flatMap(({ id, since, trigger }) => {
      const answers = messages.filter(({ customer }) => !customer).map(({ at }) => at)
      const instants =
        trigger.on === 'customer-replies'
          ? messages.filter(({ customer }) => customer).map(({ at }) => at)
          : trigger.on === 'severity-raised'
            ? log.filter(({ raised }) => raised).map(({ at }) => at)
            : trigger.on === 'status'
              ? log.filter(({ became }) => became === trigger.to).map(({ at }) => at)
              : trigger.at <= now && !answers.some((at) => at > since && at <= trigger.at)
                ? [trigger.at]
                : []
      const at = instants.find((one) => {
        const span = one > since ? spanAt(1, one) : undefined
        return span !== undefined && span.from <= now
      })
      if (at === undefined) return []
      const isTalk = trigger.on === 'customer-replies' || trigger.on === 'no-reply-by'
      const isSettled = !live && !(trigger.on === 'status' && trigger.to === 'solved')
      return [{ id, since, trigger, at, silent: isSettled || (isTalk && answers.some((one) => one > at)) }]
    })
  }

  /** What differs from what was gone over, and what nobody went over, as far as nothing else of the ticket tells it. */
  function handoffDues(
    ticket: ModelTicket,
    now: number,
    facts: {
      readonly found: readonly Due[]
      readonly isOfNow: (at: number) => boolean
      readonly fired: ReturnType<typeof firedOf>
    },
  ): Due[] {
    const { orders, mark } = oracle
    const { found, isOfNow, fired } = facts
    if (!spanAt(1, now)) return []
    const reviewed = orders.lines.get(ticket.id)?.reviewed ?? null
    const due = (instance: string, silent: boolean, elsewhere: 'list' | 'skip' | null): Due => ({
      key: `${ticket.id} handoff-stale ${instance}`,
      kind: 'handoff-stale',
      ...{ at: now, urgent: false, silent, elsewhere },
    })
    const told = found.filter(({ at }) => isOfNow(at))
    if (reviewed === null) {
      if (!orders.accepted || ticket.account !== 1 || !ticket.live) return []
      const isTold = told.some(({ kind }) => kind === 'new-ticket' || kind === 'emergency')
      return [due('not reviewed away--1', false, isTold ? 'list' : null)]
    }
    const [then, is] = [reviewed.facts, modelFacts(ticket)]
    const hits = fired.filter(({ at }) => isOfNow(at))
    const emergency = told.some(({ kind, at }) => kind === 'emergency' && at > reviewed.at)
    const hasWritten = is.customerAt > then.customerAt
    const isReplyTold = hasWritten && told.some(({ kind, at }) => kind === 'customer-replied' && at === is.customerAt)
    const isClockTold = told.some(
      ({ kind, key }) => kind.startsWith('breach') && key.split(' ')[2]?.split('-')[0] === is.clock?.name,
    )
    const isEarlier = is.clock ? !then.clock || then.clock.end > is.clock.end : then.clock !== null
    const differences: readonly (readonly [boolean, boolean])[] = [
      [
        then.status !== is.status,
        hits.some(({ trigger }) => trigger.on === 'status' && trigger.to === is.status) ||
          (is.status === 'open' && isReplyTold),
      ],
      [
        then.urgent !== is.urgent,
        (mark === 'priority' && emergency) || hits.some(({ trigger }) => trigger.on === 'severity-raised'),
      ],
      [hasWritten, isReplyTold],
      [is.replyAt > then.replyAt, false],
      [isEarlier, isReplyTold || emergency || isClockTold],
    ]
    const different = differences.filter(([isOther]) => isOther)
    if (different.length === 0) return []
    const isSolved = is.status === 'solved'
    const elsewhere = isSolved || different.every(([, isTold]) => isTold) ? 'skip' : null
    return [due(`reviewed ${reviewed.at}`, isSolved, elsewhere)]
  }

  function clockDues(
    ticket: ModelTicket,
    metric: string,
    end: number,
    now: number,
    add: (kind: string, instance: string, at: number, urgent: boolean, silent: boolean) => void,
  ): void {
    const due = leads.flatMap((minutes) => {
      const at = end - minutes * minuteMs
      const possible = spansOf(ticket.account)
        .filter(({ to }) => to > Math.max(at, first))
        .map(({ from }) => Math.max(at, first, from))
        .filter((one) => one < end)
      const dueAt = Math.min(...possible)
      return possible.length > 0 && dueAt <= now ? [{ minutes, dueAt }] : []
    })
    due.forEach(({ minutes, dueAt }, index) => {
      const isOvertaken = end <= now || index < due.length - 1
      add('breach-coming', `${metric}@${end}-${minutes}m`, dueAt, end - now <= urgentMinutes * minuteMs, isOvertaken)
    })
    if (end <= now) add('breached', `${metric}@${end}`, end, true, false)
  }

  function list(key: string): void {
    oracle.orders.held.delete(key)
    oracle.orders.listed.add(key)
  }

  function listHeldOf(ticketId: number): void {
    for (const [key, one] of oracle.orders.held) if (one.ticket === ticketId) list(key)
  }

  function tell(key: string): void {
    oracle.orders.held.delete(key)
    told.add(key)
  }

  /** What becomes of something that is due: told, held or listed. */
  function deliver(
    one: { key: string; kind: string; urgent: boolean; silent: boolean; ticket: number; account: number; at: number },
    now: number,
  ): void {
    const { orders } = oracle
    if (one.silent || orders.muted.has(one.account)) return list(one.key)
    const isSnoozed = orders.snoozes.has(one.ticket)
    const isStill = isRunning(orders.pause, now) || oracle.quiet?.(now) === true
    const mustWait = !one.urgent && (isSnoozed || isRunning(orders.meeting, now) || isStill)
    if (!mustWait) return tell(one.key)
    orders.held.set(one.key, {
      ticket: one.ticket,
      account: one.account,
      kind: one.kind,
      at: one.at,
      urgent: one.urgent,
    })
  }

  function wakes(
    ticket: ModelTicket,
    snooze: ModelSnooze,
    fresh: readonly Due[],
    now: number,
  ): { urgent: boolean } | null {
    const ends = ticket.live ? [...ticket.clocks.values()].filter((end) => end !== null) : []
    const { until, since } = snooze
    if (since > now) return { urgent: false }
    const reasons: { at: number; urgent: boolean }[] = []
    if (until.kind === 'for') reasons.push({ at: since + until.minutes * minuteMs, urgent: false })
    if (until.kind === 'before-breach' && ends.length > 0) {
      reasons.push({ at: Math.max(since, Math.min(...ends) - until.minutes * minuteMs), urgent: false })
    }
    if (until.kind !== 'for') {
      for (const one of fresh)
        if (one.kind === 'customer-replied') reasons.push({ at: Math.min(one.at, now), urgent: false })
    }
    if (spanAt(ticket.account, now) === undefined) ends.length = 0
    for (const end of ends)
      for (const at of [end, end - urgentMinutes * minuteMs]) if (at > since) reasons.push({ at, urgent: true })
    for (const one of fresh) if (one.kind === 'emergency' && !one.silent) reasons.push({ at: now, urgent: true })
    const due = reasons.filter(({ at }) => at <= now).toSorted((a, b) => a.at - b.at)
    return due[0] ?? null
  }

  function instants(after: number, until: number): number[] {
    const { orders } = oracle
    const all = [
      ...[...tickets.values()].flatMap(({ clocks }) =>
        [...clocks.values()].flatMap((end) =>
          end === null ? [] : [0, ...leads, urgentMinutes].map((m) => end - m * minuteMs),
        ),
      ),
      ...orders.covers.flatMap(({ from, to }) => [from, to]),
      ...[orders.pause, orders.meeting].flatMap((span) => (span ? [span.to] : [])),
      ...[...orders.snoozes].flatMap(([id, { until: how, since }]) => {
        if (how.kind === 'for') return [since + how.minutes * minuteMs]
        const ends = [...(tickets.get(id)?.clocks.values() ?? [])].filter((end) => end !== null)
        return how.kind === 'before-breach' ? ends.map((end) => end - how.minutes * minuteMs) : []
      }),
      ...[...orders.lines.values()].flatMap(({ ifs }) => deadlinesOf(ifs)),
      first,
      ...quietEdges(after, until),
    ]
    return [...new Set([...all.filter((at) => at > after && at < until), until])].toSorted((a, b) => a - b)
  }

  function evaluate(
    now: number,
    { touched = [], anew = false, before }: { touched?: readonly number[]; anew?: boolean; before: number },
  ): void {
    const { orders } = oracle
    const flags = JSON.stringify([
      isRunning(orders.meeting, now),
      isRunning(orders.pause, now),
      oracle.quiet?.(now) === true,
      [...orders.muted].toSorted((a, b) => a - b),
    ])
    const isAnew = anew || flags !== orders.flags
    orders.flags = flags
    for (const ticket of tickets.values()) {
      const all = duesOf(ticket, now)
      const context = { ticket: ticket.id, account: ticket.account }
      const fresh = all.filter(({ key }) => !told.has(key) && !orders.listed.has(key) && !orders.held.has(key))
      for (const one of fresh) {
        if (one.elsewhere === 'skip') continue
        // To it, an account that a ticket was moved from is the one it is of.
        const account = one.kind === 'handoff-stale' ? 1 : ticket.account
        const silent = one.silent || one.elsewhere === 'list'
        if (silent) orders.derived.add(one.key)
        deliver({ ...one, ...context, account, silent }, now)
      }
      const isDue = (at: number) => before < at && at <= now
      const isHit =
        [...ticket.clocks.values()].some(
          (end) => end !== null && [0, ...leads, urgentMinutes].some((m) => isDue(end - m * minuteMs)),
        ) || deadlinesOf(orders.lines.get(ticket.id)?.ifs ?? []).some(isDue)
      const snooze = orders.snoozes.get(ticket.id)
      const waking = snooze ? wakes(ticket, snooze, fresh, now) : null
      if (snooze && waking) {
        orders.snoozes.delete(ticket.id)
        listHeldOf(ticket.id)
        const key = `${ticket.id} woke since ${snooze.since}`
        const isHere = spanAt(ticket.account, now) !== undefined
        if (isHere && !told.has(key) && !orders.listed.has(key)) {
          deliver({ key, kind: 'woke', urgent: waking.urgent, silent: !ticket.live, at: now, ...context }, now)
        }
      } else if (isHit || touched.includes(ticket.id) || isAnew) {
        for (const [key, held] of [...orders.held].filter(([, one]) => one.ticket === ticket.id)) {
          if (held.kind === 'woke') {
            deliver({ key, silent: false, ...held }, now)
            continue
          }
          const one = all.find((due) => due.key === key)
          if (one) deliver({ ...held, ...one }, now)
          else list(key)
        }
      }
    }
  }
  return oracle
}

function deadlinesOf(ifs: ModelLine['ifs']): number[] {
  return ifs.flatMap(({ trigger }) => (trigger.on === 'no-reply-by' ? [trigger.at] : []))
}
