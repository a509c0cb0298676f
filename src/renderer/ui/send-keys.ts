/** The keys that send what a dialog shows, as this computer's keyboard has them. */
export function sendKeys(): string {
  return /mac/i.test(navigator.userAgent) ? '⌘ Enter' : 'Ctrl Enter'
}
