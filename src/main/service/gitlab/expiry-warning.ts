const dayMs = 86_400_000
/** How long before its end a token is warned of. Our own choice: time enough to ask an administrator, and to be back from leave. */
const aheadMs = 14 * dayMs

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })

/**
 * What a person is told of a token that ends within two weeks or has ended; null while there is time.
 *
 * @param endsAt the end in ms since the epoch, or null for one that does not end.
 */
export function expiryWarning(endsAt: number | null, now: number): string | null {
  if (endsAt === null || endsAt - now > aheadMs) return null
  const remedy = 'Make a new one in GitLab, under Preferences › Access tokens, and connect again; what is stored stays.'
  if (endsAt <= now) return `Your GitLab token ended on ${day.format(endsAt)}. ${remedy}`
  const days = Math.floor((endsAt - now) / dayMs)
  const left = days === 0 ? 'in less than a day' : days === 1 ? 'in 1 day' : `in ${days} days`
  return `Your GitLab token ends ${left}, on ${day.format(endsAt)}. ${remedy}`
}
