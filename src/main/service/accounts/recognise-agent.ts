import { RemoteFailure } from '../transport/remote-failure.ts'
import type { ZendeskApi, ZendeskPerson } from '../zendesk/zendesk-api.ts'

/** Who is meant by what is written in a field or note; the id is null when that is not certain. */
export interface RecognisedAgent {
  readonly id: number | null
  readonly words: string
}

/**
 * Finds the agent that is meant by an id, an address, a name, or a word like `dana_whitfield`. Only one whom it fits exactly,
 * and alone, is taken; otherwise, and when Zendesk does not answer, it stays the words that are written.
 */
export async function recogniseAgent(api: ZendeskApi, written: string): Promise<RecognisedAgent> {
  try {
    const agent = await lookUp(api, written)
    return agent ? { id: agent.id, words: agent.name } : { id: null, words: written }
  } catch (error) {
    if (!(error instanceof RemoteFailure)) throw error
    return { id: null, words: written }
  }
}

async function lookUp(api: ZendeskApi, written: string): Promise<ZendeskPerson | null> {
  if (/^\d+$/.test(written)) {
    const user = await api.user(Number(written))
    return isAgent(user) ? user : null
  }
  if (/^[^@\s]+@[^@\s]+$/.test(written))
    return only(await api.agentsNamed(written), ({ email }) => same(email, written))
  const name = written.replaceAll('_', ' ').trim()
  // A single word fits too many: it is looked for only where it could be a whole name.
  if (!name.includes(' ')) return null
  return only(await api.agentsNamed(name), (agent) => same(agent.name, name))
}

/** Whether somebody works here, rather than asks. */
export function isAgent({ role }: ZendeskPerson): boolean {
  return role === 'agent' || role === 'admin'
}

function only(agents: readonly ZendeskPerson[], fits: (agent: ZendeskPerson) => boolean): ZendeskPerson | null {
  const found = agents.filter((agent) => isAgent(agent) && fits(agent))
  return found.length === 1 ? (found[0] ?? null) : null
}

function same(a: string | null, b: string): boolean {
  return a?.toLowerCase() === b.toLowerCase()
}
