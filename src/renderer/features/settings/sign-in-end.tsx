import { useNow, useTimeZone } from '../../api/window-context.tsx'
import { ago, dayAndTime, duration } from '../../ui/time-words.ts'

/** When a sign-in ends or ended, or `never` in words. */
export function SignInEnd({ endsAt, never }: { readonly endsAt: number | null; readonly never: string }) {
  const now = useNow()
  const timeZone = useTimeZone()
  if (endsAt === null) return never
  const left = endsAt <= now ? `ended ${ago(endsAt, now)}` : `in ${duration(endsAt - now)}`
  return `${left}, ${dayAndTime(endsAt, timeZone)}`
}
