/** An address of a ticket, for agents (`/agent/tickets/5`) or for customers (`/hc/en-us/requests/5`), up to its number. */
const ticketAddress =
  /https?:\/\/([^\s/"'<>()[\]]+)\/(?:agent\/tickets|tickets|(?:hc\/(?:[\w-]+\/)?)?requests)\/(\d{1,15})/gi

/**
 * Ids of the tickets whose addresses stand in a text, each once, lowest first.
 *
 * @param host of our Zendesk, port included: another company's ticket of the same number is another ticket.
 */
export function linkedTickets(text: string, host: string): number[] {
  const ids = new Set<number>()
  for (const [, named = '', digits = ''] of text.matchAll(ticketAddress)) {
    const id = Number(digits)
    if (named.toLowerCase() === host.toLowerCase() && id > 0) ids.add(id)
  }
  return [...ids].toSorted((a, b) => a - b)
}
