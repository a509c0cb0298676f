import type { IconName } from '../ui/icon.tsx'

/** The screens in the order they are listed, with the second key of `g …` that leads there. */
export const navigationEntries = [
  { to: '/today', word: 'Today', icon: 'today', key: 't' },
  { to: '/coverage', word: 'Coverage', icon: 'coverage', key: 'c' },
  { to: '/handoff', word: 'Handoff', icon: 'handoff', key: 'h' },
  { to: '/return', word: 'Return', icon: 'return', key: 'r' },
  { to: '/accounts', word: 'Accounts', icon: 'accounts', key: 'a' },
  { to: '/calls', word: 'Calls', icon: 'phone', key: 'p' },
  { to: '/alerts', word: 'Alerts', icon: 'bell', key: 'l' },
  { to: '/settings', word: 'Settings', icon: 'settings', key: 's' },
] as const satisfies readonly { to: string; word: string; icon: IconName; key: string }[]

/** An address the navigation leads to. */
export type NavigationTarget = (typeof navigationEntries)[number]['to']
