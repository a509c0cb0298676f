import type { HandoffPacket } from '#contract/handoffs.ts'
import { useNow, useTimeZone } from '../../api/window-context.tsx'
import { dayAndTime, duration } from '../../ui/time-words.ts'

/** How long until an absence begins, or until when it lasts. Ticks by itself, so that nothing around it has to. */
export function TimeLeft({ startsAt, endsAt }: Pick<HandoffPacket, 'startsAt' | 'endsAt'>) {
  const now = useNow()
  const timeZone = useTimeZone()
  if (now < startsAt) return <span>{duration(startsAt - now)} left until the absence</span>
  if (now < endsAt) return <span>Away until {dayAndTime(endsAt, timeZone)}</span>
  return <span>The absence is over</span>
}
