import { useMutation, useQuery } from '@tanstack/react-query'
import { useWindow } from '../api/window-context.tsx'
import { useAlertsAgain } from './use-alerts-again.ts'
import { useRefusal } from './use-refusal.ts'
import { useUndo } from './use-undo.ts'

/** An account by its name. */
export interface NamedAccount {
  readonly id: number
  readonly name: string
}

/** Accounts of which nothing is announced. */
export function useMutedAccounts(): readonly number[] {
  const { queries } = useWindow()
  const { data } = useQuery(queries.mutedAccounts())
  return data?.accountIds ?? []
}

/** Mutes an account or lets it be heard again, with a way back. */
export function useMute(): (account: NamedAccount, muted: boolean) => void {
  const { connection } = useWindow()
  const again = useAlertsAgain()
  const offerUndo = useUndo()
  const refuse = useRefusal()
  const { alerts } = connection.client
  const set = ({ id }: NamedAccount, muted: boolean) =>
    muted ? alerts.mute({ accountId: id }) : alerts.unmute({ accountId: id })
  const { mutate } = useMutation({
    mutationFn: ({ account, muted }: { readonly account: NamedAccount; readonly muted: boolean }) =>
      set(account, muted),
    onSuccess: (_answer, { account, muted }) => {
      again()
      const words = muted ? 'is muted: its alerts are only listed, emergencies too' : 'is announced again'
      offerUndo(`${account.name} ${words}`, async () => {
        await set(account, !muted)
        again()
      })
    },
    onError: (error, { account, muted }) => refuse(`${account.name} was not ${muted ? 'muted' : 'unmuted'}`, error),
  })
  return (account, muted) => mutate({ account, muted })
}
