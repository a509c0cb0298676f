import type { ZendeskProbe } from '#contract/connections.ts'

/** What the findings mean for the person, a sentence each, the most important first. */
export function probeMeaning(probe: Omit<ZendeskProbe, 'meaning' | 'checkedAt'>): string[] {
  return [
    slaWords(probe.slas),
    ccWords[probe.ccsAndFollowers],
    restrictionWords(probe.restriction),
    probe.lightAgent === true
      ? 'You are a light agent: you can write internal notes, and neither answer customers nor be assigned tickets.'
      : null,
    probe.planPerMinute === null
      ? null
      : `Your company may make ${probe.planPerMinute.toLocaleString('en-GB')} requests a minute, shared by everybody; Understudy uses a small part of them.`,
  ].filter((sentence) => sentence !== null)
}

function slaWords({ organization, showMany, search, ticket }: ZendeskProbe['slas']): string {
  const lists = [showMany, organization, search]
  if (lists.includes('yes')) return 'Your Zendesk tells SLA deadlines in lists: they are fresh every minute.'
  if (ticket === 'yes') {
    return 'Your Zendesk tells SLA deadlines for one ticket at a time only: with many open tickets they can be some minutes old.'
  }
  if ([...lists, ticket].includes('unknown')) {
    return 'Whether your Zendesk tells SLA deadlines is not known yet: no open ticket with one was found. Check again later.'
  }
  return 'Your Zendesk tells you no SLA deadlines: Understudy cannot show them or warn of a breach. Ask whether SLA policies are in use and whether your role may see them.'
}

const ccWords: Readonly<Record<ZendeskProbe['ccsAndFollowers'], string>> = {
  on: 'CCs and followers are on: you can be put on Cc of a ticket, or follow it.',
  off: 'CCs and followers are off: Understudy cannot put you on Cc; ask a Zendesk administrator to switch the feature on.',
  unknown:
    'Whether CCs and followers are on could not be told without changing a ticket. Understudy looks after each Cc whether it was taken.',
}

const narrower = 'Tickets of a customer you cover can be missing here; ask for a role that sees them all.'

function restrictionWords(restriction: string | null): string | null {
  if (restriction === null) return null
  const seen: Readonly<Record<string, string>> = {
    groups: 'tickets of your own groups',
    assigned: 'tickets that are assigned to you',
    organization: 'tickets of your own organization',
    requested: 'tickets that you asked for yourself',
  }
  return `You see only ${seen[restriction] ?? `some tickets (${restriction})`}. ${narrower}`
}
