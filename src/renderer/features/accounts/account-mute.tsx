import type { AccountRow } from '#contract/accounts.ts'
import { Button } from '../../ui/button.tsx'
import { Pill } from '../../ui/pill.tsx'
import { useMute, useMutedAccounts } from '../../ui/use-mute.ts'

/** Mutes an account's alerts, or lets them be announced again. Nothing where the account raises none for me. */
export function MuteButton({ account }: { readonly account: AccountRow }) {
  const muted = useMutedAccounts().includes(account.id)
  const mute = useMute()
  if (account.relation === 'other' && !muted) return null
  const word = muted ? 'Unmute' : 'Mute'
  return (
    <Button
      look="quiet"
      icon={muted ? 'bell' : 'bell-off'}
      aria-label={`${word} ${account.name}`}
      title={muted ? 'Unmute: announce its alerts again' : 'Mute: only list its alerts, emergencies too'}
      onClick={() => mute(account, !muted)}
    />
  )
}

/** That nothing of an account is announced. */
export function MutedPill({ account }: { readonly account: AccountRow }) {
  if (!useMutedAccounts().includes(account.id)) return null
  return (
    <>
      {' '}
      <Pill tone="caution" icon="bell-off">
        Muted
      </Pill>
    </>
  )
}
