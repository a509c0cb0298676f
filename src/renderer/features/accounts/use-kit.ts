import { useEffect, useRef, useState } from 'react'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { AccountKit, KitStep } from '#contract/account-kit.ts'
import type { AccountRow } from '#contract/accounts.ts'
import type { OutboxEntry } from '#contract/outbox.ts'
import { useWindow } from '../../api/window-context.tsx'
import { isSettled, needsMe } from '../../ui/change-words.ts'
import { useDraft } from '../../ui/use-draft.ts'
import { useWorkspaceName } from '../../ui/use-workspace-name.ts'
import { entryOf, newLinks } from './kit-orders.ts'

/** An account's project as it was looked at, what a person chose of it, and what became of what they ordered. */
export interface KitState {
  readonly kit: AccountKit | undefined
  readonly error: Error | null
  readonly looking: boolean
  /** The group or project that a person named instead of the account's own. */
  readonly place: string | undefined
  readonly lookAt: (place: string) => void
  readonly choose: (projectId: number) => void
  readonly lookAgain: () => void
  /** Missing parts that a person left out. */
  readonly leftOut: ReadonlySet<KitStep['id']>
  readonly toggle: (step: KitStep['id']) => void
  /** The order of a part, from this dialog or an earlier one, while it says more than the part itself. */
  readonly entryOf: (step: KitStep) => OutboxEntry | undefined
  readonly setUp: (chosen: readonly KitStep[]) => void
  readonly ordering: boolean
  readonly orderError: Error | null
  /** Whether something was ordered or stored from this dialog. */
  readonly ordered: boolean
}

/** Looks at an account's project, and orders what a person wants of it. */
export function useKit(account: AccountRow): KitState {
  const { connection, queries } = useWindow()
  const queryClient = useQueryClient()
  const [place, setPlace] = useState<string | undefined>(undefined)
  const [projectId, setProjectId] = useChosenProject(account.id)
  const [leftOut, setLeftOut] = useState<ReadonlySet<KitStep['id']>>(new Set())
  const [orderedIds, setOrderedIds] = useState<readonly number[]>([])
  const asked = { accountId: account.id, ...(projectId && { projectId }), ...(place && { place }) }
  const look = useQuery({ ...queries.accountKit(asked), placeholderData: keepPreviousData })
  const { data: recent } = useQuery(queries.recentChanges())
  const entries = recent?.entries ?? []
  const order = useMutation({
    mutationFn: async ({ kit, chosen }: { kit: AccountKit; chosen: readonly KitStep[] }) => {
      const links = newLinks(account, kit, place)
      const orders = chosen.flatMap(({ preview }) =>
        preview ? [{ intent: preview.intent, stamp: preview.stamp }] : [],
      )
      try {
        if (Object.keys(links).length > 0) await connection.client.accounts.change({ id: account.id, ...links })
        return orders.length > 0 ? await connection.client.outbox.send({ orders }) : { ids: [] }
      } catch (fault) {
        // Without an answer of the service nobody knows; looking again tells.
        if (fault instanceof Error && !('code' in fault)) throw new Error(unknownOutcome, { cause: fault })
        throw fault
      }
    },
    onSuccess: ({ ids }) => setOrderedIds((before) => [...before, ...ids]),
    onSettled: () => {
      for (const area of ['outbox', 'accounts'] as const) {
        void queryClient.invalidateQueries({ queryKey: queries.procedures[area].key() })
      }
    },
  })
  const kit = look.data
  const moving = entries.filter((entry) => isOfProject(entry, kit) && !isSettled(entry) && !needsMe(entry)).length
  const { refetch } = look
  const movedBefore = useRef(0)
  useEffect(() => {
    // What was ordered is there now, or will not be: only GitLab tells.
    if (moving === 0 && movedBefore.current > 0) void refetch()
    movedBefore.current = moving
  }, [moving, refetch])
  return {
    kit,
    error: look.error,
    looking: look.isFetching,
    place,
    lookAt(typed) {
      setProjectId(undefined)
      setPlace(typed)
    },
    choose: setProjectId,
    lookAgain() {
      // The one that was chosen is not the account's any more: asked without it, there is a choice again.
      if (isRefused(look.error)) setProjectId(undefined)
      else void refetch()
    },
    leftOut,
    toggle: (step) =>
      setLeftOut((before) =>
        before.has(step) ? new Set([...before].filter((one) => one !== step)) : new Set([...before, step]),
      ),
    entryOf: (step) => entryOf(step, kit?.project?.id, entries, orderedIds),
    setUp: (chosen) => kit && order.mutate({ kit, chosen }),
    ordering: order.isPending,
    orderError: order.error,
    ordered: order.isSuccess,
  }
}

/** Which of an account's projects it is, remembered from one look to the next. */
function useChosenProject(accountId: number): readonly [number | undefined, (projectId: number | undefined) => void] {
  const [chosen, keep] = useDraft(`kit.${useWorkspaceName()}.${accountId}`)
  return [Number(chosen) || undefined, (projectId) => keep(projectId === undefined ? '' : String(projectId))]
}

function isRefused(error: Error | null): boolean {
  return error !== null && 'code' in error && error.code === 'REFUSED'
}

function isOfProject({ intent }: OutboxEntry, kit: AccountKit | undefined): boolean {
  return 'projectId' in intent && intent.projectId === kit?.project?.id
}

const unknownOutcome =
  'The connection to Understudy broke off, so it is not known whether this was ordered. Look again before you order it once more.'
