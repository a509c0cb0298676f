import type { GuidancePerson, TicketGuidance } from '#contract/guidance.ts'
import { useTimeZone } from '../../api/window-context.tsx'
import { Icon } from '../../ui/icon.tsx'
import { dayAndTime, zoneName } from '../../ui/time-words.ts'
import styles from './guidance.module.css'

/** When the ASE is next online, in my zone and theirs, and whether the clock ends before that. */
export function OnlineLine({ guidance }: { readonly guidance: TicketGuidance }) {
  const mine = useTimeZone()
  const { ase, breachesFirst, nextClock, cell } = guidance
  if (!ase || cell.stage === 'finished') return null
  return (
    <p className={styles.online}>
      {breachesFirst && (
        <strong className={styles.first}>
          <Icon name="alert" size={14} /> {cell.breach === 'missed' ? 'Missed, and ' : 'Breaches before '}
          {cell.breach === 'missed' ? `${ase.name} is not online.` : `${ase.name} is online.`}{' '}
        </strong>
      )}
      {onlineWords(ase, mine)}
      {!breachesFirst && nextClock !== null && ase.state !== 'here' && ' In time for the clock.'}
    </p>
  )
}

/** `Dana Whitfield is next online Mon 30 Nov, 17:00 your time, 08:00 …`, as far as it is known. */
export function onlineWords({ name, state, onlineAt, timeZone }: GuidancePerson, mine: string): string {
  if (onlineAt === null) return `When ${name} is next online is not known.`
  if (state === 'here') return `${name} is online now.`
  const here = dayAndTime(onlineAt, mine)
  const there = dayAndTime(onlineAt, timeZone)
  const where = zoneName(timeZone, onlineAt)
  const both = here === there ? `your time, the same in ${where}` : `your time; in ${where} ${there}`
  return `${name} is next online ${here} ${both}.`
}
