/** What the key of the command palette is called on this machine. */
export function modifierWord(): string {
  return /mac/i.test(navigator.userAgent) ? '⌘' : 'Ctrl'
}
