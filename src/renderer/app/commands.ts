import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { Settings } from '#contract/settings.ts'
import type { TicketRow } from '#contract/tickets.ts'
import { useWindow } from '../api/window-context.tsx'
import type { IconName } from '../ui/icon.tsx'
import { dayWords } from '../ui/wall-time.ts'
import { navigationEntries } from './navigation-entries.ts'
import { useSyncNow } from './use-sync-now.ts'

/** One line of the palette. */
export interface Command {
  readonly id: string
  readonly words: string
  readonly hint: string
  readonly icon: IconName
  readonly run: () => void
}

/** The commands that match what was typed: screens and actions first, then tickets of the queue, by number or words. */
export function useCommands(
  text: string,
  { onSheet, onPlace }: { readonly onSheet: () => void; readonly onPlace: () => void },
): readonly Command[] {
  const { queries } = useWindow()
  const navigate = useNavigate()
  const { syncNow } = useSyncNow()
  const themes = useThemeCommands()
  const plans = usePlanCommands()
  const { data } = useInfiniteQuery(queries.queue(undefined))
  const openTicket = (id: number) => void navigate({ to: '/today/ticket/$ticketId', params: { ticketId: String(id) } })
  const fixed: readonly Command[] = [
    ...navigationEntries.map(({ to, word, icon, key }) => ({
      id: to,
      words: `Go to ${word}`,
      hint: `g ${key}`,
      icon,
      run: () => void navigate({ to }),
    })),
    { id: 'changes', words: 'Go to Changes', hint: '', icon: 'send', run: () => void navigate({ to: '/changes' }) },
    {
      id: 'connections',
      words: 'Go to Connections',
      hint: '',
      icon: 'key',
      run: () => void navigate({ to: '/settings/connections' }),
    },
    {
      id: 'calendars',
      words: 'Go to Calendars',
      hint: '',
      icon: 'calendar',
      run: () => void navigate({ to: '/settings/calendars' }),
    },
    {
      id: 'alert-settings',
      words: 'Choose which alerts come',
      hint: '',
      icon: 'bell',
      run: () => void navigate({ to: '/settings/alerts' }),
    },
    ...plans,
    { id: 'place', words: 'Where does this belong? Ticket, issue or Slack', hint: 'w', icon: 'search', run: onPlace },
    { id: 'sync', words: 'Sync now', hint: 'r', icon: 'sync', run: syncNow },
    ...themes,
    { id: 'sheet', words: 'Keyboard shortcuts', hint: '?', icon: 'info', run: onSheet },
  ]
  const rows = data?.pages.flatMap((page) => page.rows) ?? []
  const tickets = rows.map((row) => ticketCommand(row, openTicket))
  const found = bestFirst([...fixed, ...tickets], text)
  const number = /^#?(\d+)$/.exec(text.trim())?.[1]
  const known = rows.some((row) => String(row.id) === number)
  if (number === undefined || known || Number(number) < 1) return found
  const unknown: Command = {
    id: `unknown-${number}`,
    words: `Open ticket #${number}`,
    hint: 'Not in the queue',
    icon: 'search',
    run: () => openTicket(Number(number)),
  }
  return [...found, unknown]
}

function usePlanCommands(): readonly Command[] {
  const { queries } = useWindow()
  const navigate = useNavigate()
  const { data } = useQuery(queries.plans())
  return (data?.plans ?? []).map((plan) => ({
    id: `plan-${plan.id}`,
    words: `Open the plan for ${plan.own ? 'your' : `${plan.aseName}’s`} absence from ${dayWords(plan.startsAt, plan.aseTimeZone)}`,
    hint: plan.phase === 'past' ? 'Past' : '',
    icon: 'coverage',
    run: () => void navigate({ to: '/coverage/plans/$planId', params: { planId: plan.id } }),
  }))
}

function useThemeCommands(): readonly Command[] {
  const { queries } = useWindow()
  const queryClient = useQueryClient()
  const { data: settings } = useQuery(queries.settings())
  const { mutate } = useMutation({
    ...queries.procedures.settings.set.mutationOptions(),
    onSuccess: (kept) => queryClient.setQueryData(queries.settings().queryKey, kept),
  })
  const themes: readonly { theme: Settings['theme']; words: string }[] = [
    { theme: 'light', words: 'Light theme' },
    { theme: 'dark', words: 'Dark theme' },
    { theme: 'system', words: 'Theme as the system' },
  ]
  return themes.map(({ theme, words }) => ({
    id: `theme-${theme}`,
    words,
    hint: settings?.theme === theme ? 'In use' : '',
    icon: 'settings',
    run: () => mutate({ theme }),
  }))
}

function ticketCommand(row: TicketRow, openTicket: (id: number) => void): Command {
  return {
    id: `ticket-${row.id}`,
    words: `#${row.id} ${row.subject}`,
    hint: row.accountName ?? '',
    icon: 'today',
    run: () => openTicket(row.id),
  }
}

/** Commands with every typed word in their own words, then those that have one only in their hint. */
function bestFirst(commands: readonly Command[], text: string): readonly Command[] {
  const words = text.toLocaleLowerCase().trim().split(/\s+/)
  const hasAll = (searched: string) => words.every((word) => searched.toLocaleLowerCase().includes(word))
  const direct = commands.filter((command) => hasAll(command.words))
  const others = commands.filter((command) => !hasAll(command.words) && hasAll(`${command.words} ${command.hint}`))
  return [...direct, ...others]
}
