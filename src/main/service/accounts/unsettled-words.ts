import type { UnsettledChange } from '../db/accounts.ts'

/** Says which change keeps an account's data here. */
export function unsettledWords({ host, subject, ticketId }: UnsettledChange): string {
  const what = host === 'gitlab' ? `“${subject}” in GitLab` : `ticket #${ticketId} of this account`
  return `A change to ${what} is not settled. Wait until it is sent, or discard it`
}
