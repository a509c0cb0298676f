import { z } from 'zod'
import type { EmergencyMarks } from '#contract/guidance.ts'
import type { EmergencyMark } from '#core/tickets/emergency-mark.ts'
import { liveMarks } from '../db/brief-facts.ts'
import { readFact, writeFact } from '../db/facts.ts'
import { transaction, type WriteDb } from '../db/sql.ts'
import { RemoteFailure } from '../transport/remote-failure.ts'
import type { ZendeskApi } from '../zendesk/zendesk-api.ts'

/** What marks are suggested from. */
export interface MarksDesk {
  readonly db: WriteDb
  readonly now: number
  readonly mark: EmergencyMark
  /** Null where no Zendesk is connected. */
  readonly zendesk: Pick<ZendeskApi, 'ticketForms'> | null
}

const hourMs = 60 * 60_000
const mostSuggestions = 5

/** What reads like a mark of emergencies: the more it says so, the earlier it comes. */
const telling = [
  /^emergenc/,
  /emergenc/,
  /^(sev|severity)[-_]?1$/,
  /^p1$/,
  /^(paged?|pager|pagerduty|ceoc)$/,
  /^urgent$/,
]

/** What marks emergencies now, what the unsolved tickets suggest instead, and the forms that they were opened with. */
export async function emergencyMarks(desk: MarksDesk): Promise<EmergencyMarks> {
  const { db, mark } = desk
  const live = liveMarks(db)
  const names = live.some(({ by }) => by === 'form') ? await formNames(desk) : new Map<string, string>()
  const found = live.map(({ by, value, tickets }) => ({
    mark: by === 'form' ? { by, value, name: names.get(value) ?? null } : { by, value },
    tickets,
  }))
  return {
    mark,
    suggestions: found
      .filter(({ mark: { by, value } }) => !(by === mark.by && value === mark.value))
      .map((one) => ({ ...one, rank: rankOf(one.mark) }))
      .filter(({ rank }) => rank !== -1)
      .toSorted((a, b) => a.rank - b.rank || b.tickets - a.tickets)
      .slice(0, mostSuggestions)
      .map(({ mark: other, tickets }) => ({ mark: other, tickets })),
    forms: found
      .flatMap(({ mark: form, tickets }) =>
        form.by === 'form' ? [{ value: form.value, name: form.name, tickets }] : [],
      )
      .toSorted((a, b) => b.tickets - a.tickets),
  }
}

function rankOf(mark: EmergencyMark): number {
  const word = mark.by === 'form' ? (mark.name ?? '').toLowerCase() : mark.value
  return telling.findIndex((pattern) => pattern.test(word))
}

const knownForms = z.object({
  forms: z.array(z.object({ id: z.number(), name: z.string() })),
  askedAt: z.number(),
})

/** What the forms of tickets are called; those that nobody may tell are left out. Kept for an hour, and for when Zendesk is out of reach. */
async function formNames({ db, now, zendesk }: MarksDesk): Promise<ReadonlyMap<string, string>> {
  const known = readFact(db, 'zendesk', 'ticket-forms', knownForms)
  const isFresh = known !== null && known.askedAt <= now && now - known.askedAt < hourMs
  const forms = isFresh || !zendesk ? null : await askForForms(zendesk)
  if (forms) transaction(db, () => writeFact(db, 'zendesk', 'ticket-forms', { forms, askedAt: now }, now))
  return new Map((forms ?? known?.forms ?? []).map(({ id, name }) => [String(id), name]))
}

/** None where they may not be read; null when Zendesk could not be asked. */
async function askForForms(zendesk: Pick<ZendeskApi, 'ticketForms'>) {
  try {
    return await zendesk.ticketForms()
  } catch (error) {
    if (!(error instanceof RemoteFailure)) throw error
    return error.kind === 'forbidden' || error.kind === 'not-found' ? [] : null
  }
}
