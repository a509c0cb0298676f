import type { AlertKind } from '#contract/alerts.ts'

/** A kind of alert as people read it. */
export interface AlertKindWords {
  readonly word: string
  /** When it comes, in a sentence. */
  readonly about: string
}

/** Every kind of alert, by what it is about, in the order they are listed. */
export const alertKindGroups: readonly { readonly title: string; readonly kinds: readonly AlertKind[] }[] = [
  {
    title: 'Tickets',
    kinds: ['emergency', 'new-ticket', 'customer-replied', 'ase-removed', 'cc-removed', 'woke'],
  },
  {
    title: 'Handoff',
    kinds: ['contingency', 'handoff-stale'],
  },
  { title: 'Clocks', kinds: ['breach-coming', 'breached', 'breaches-before-ase'] },
  {
    title: 'Coverage and on-call',
    kinds: [
      'coverage-coming',
      'coverage-started',
      'coverage-ended',
      'return-meeting-due',
      'return-meeting',
      'swap-open',
    ],
  },
  { title: 'Understudy itself', kinds: ['account-unseen', 'sign-in-ending'] },
]

/** The words of each kind. */
export const alertKindWords: Readonly<Record<AlertKind, AlertKindWords>> = {
  emergency: { word: 'Emergency', about: 'A ticket that pages the engineer on call came in, or became one.' },
  'new-ticket': { word: 'New ticket', about: 'A ticket came in.' },
  'customer-replied': { word: 'Customer replied', about: 'The customer wrote on a ticket.' },
  'ase-removed': { word: 'ASE taken off', about: 'A ticket you cover is no longer assigned to its ASE.' },
  'cc-removed': { word: 'Off Cc', about: 'You were taken off Cc of a ticket you cover.' },
  contingency: {
    word: 'Foreseen by the ASE',
    about: 'What the ASE foresaw has happened; says what they advise.',
  },
  'handoff-stale': {
    word: 'Handoff changed',
    about:
      'A ticket you cover changed since you went over it, or is not in the handoff. What another alert tells is listed.',
  },
  woke: { word: 'Back from snooze', about: 'A ticket you snoozed is back; says why, and what came meanwhile.' },
  'breach-coming': { word: 'Breach coming', about: 'A clock runs out soon. How long before is chosen below.' },
  breached: { word: 'Breached', about: 'A clock has run out.' },
  'breaches-before-ase': {
    word: 'Breaches before the ASE is back',
    about: 'A clock runs out before the ASE is next at work, so somebody else has to answer.',
  },
  'coverage-coming': {
    word: 'Coverage coming',
    about: 'You cover an account soon; says whether your sign-ins last until then.',
  },
  'coverage-started': { word: 'Coverage begins', about: 'From now on you cover an account.' },
  'coverage-ended': { word: 'Coverage ends', about: 'The ASE takes over again.' },
  'return-meeting-due': { word: 'Return meeting due', about: 'An ASE you covered for is back at work.' },
  'return-meeting': {
    word: 'Return meeting',
    about: 'A return meeting begins in a quarter of an hour, or was not begun on its day.',
  },
  'swap-open': {
    word: 'On-call swap open',
    about: 'You are on call while you cover several accounts, and nobody has taken the shift.',
  },
  'account-unseen': {
    word: 'Account not seen',
    about: 'The tickets of an account could not be read for ten minutes; what happens there is not announced.',
  },
  'sign-in-ending': { word: 'Sign-in ends', about: 'Your sign-in to Zendesk or GitLab ends soon.' },
}
