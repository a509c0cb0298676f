/**
 * The name of a stream for a person: `Tickets of Acme`.
 *
 * @param accountOf name and label of an account by its id.
 * @param epicsOf by which way the epics of an account are read, or why they are not; null: it was not found out.
 */
export function scopeName(
  scope: string,
  accountOf: (id: number) => { readonly name: string; readonly label: string | null } | undefined,
  epicsOf: (accountId: number) => string | null = () => null,
): string {
  const [kind = '', id = ''] = scope.split(':')
  const account = accountOf(Number(id))
  const name = account?.name ?? `organization ${id}`
  const epics = kind === 'epics' ? epicsOf(Number(id)) : null
  const names: Readonly<Record<string, string>> = {
    tickets: 'New and changed tickets',
    organization: `Tickets of ${name}`,
    'organization-record': `Org note of ${name}`,
    sweep: `All tickets of ${name}, looked through at night`,
    label: `Issues labelled ${account?.label ?? `for ${name}`}`,
    'label-sweep': `All issues labelled ${account?.label ?? `for ${name}`}, looked through at night`,
    epics: `Epics labelled ${account?.label ?? `for ${name}`}${epics === null ? '' : `, ${epics}`}`,
    'open-issues': 'Open issues, looked through by their numbers',
    'issue-look-ups': 'Issues and epics looked up one by one',
    notes: 'Notes on issues and epics',
    'plan-issues': 'Issues of coverage plans',
    'handoff-issues': 'Issues of handoffs',
    'assigned-to-me': 'Tickets assigned to me',
    'with-me-on-cc': 'Tickets with me on Cc',
    'followed-by-me': 'Tickets I follow',
    conversations: 'Conversations and histories',
    clocks: 'SLA clocks',
    'live-tickets': 'Unsolved tickets, looked through every hour',
    'look-ups': 'Tickets looked up one by one',
  }
  return names[kind] ?? scope
}
