import { instantWords } from '../coverage/plan-words.ts'
import { workingTimeBetween } from '../clocks/working-time-between.ts'
import type { Window } from '../instant.ts'
import type { MeetingGuest, MeetingPlan, ProposedTime } from './propose-time.ts'

/** What the two who meet are called. */
export interface GuestNames {
  readonly ase: string
  readonly cover: string
}

/**
 * When a return meeting is held, by the clocks of both, and why then: `Mon 23 Nov 15:00–15:30 for Anna (Europe/Berlin), 09:00–09:30 for Ben
 * (America/New_York). The first time after the absence at which both work.`
 */
export function timeWords(
  time: Window & { readonly basis: ProposedTime['basis'] | 'chosen' },
  plan: MeetingPlan,
  names: GuestNames,
): string {
  const here = plan.ase.times.timeZone
  const there = plan.cover?.times.timeZone ?? here
  const at = spanIn(time, here)
  const away = spanIn(time, there)
  const elsewhere = away.day === at.day ? away.clock : `${away.day} ${away.clock}`
  const both = `${at.day} ${at.clock} for both (${here})`
  const apart = `${at.day} ${at.clock} for ${names.ase} (${here}), ${elsewhere} for ${names.cover} (${there})`
  return `${here === there ? both : apart}. ${whyWords(time, plan, names)}`
}

function whyWords(
  time: Window & { readonly basis: ProposedTime['basis'] | 'chosen' },
  { ase, cover, endsAt, now }: MeetingPlan,
  names: GuestNames,
): string {
  switch (time.basis) {
    case 'chosen': {
      const asleep = [...notAtWork(ase, names.ase, time), ...notAtWork(cover, names.cover, time)]
      return asleep.length === 0 ? 'Chosen.' : `Chosen; outside the working hours of ${asleep.join(' and ')}.`
    }
    case 'overlap':
      return now > endsAt ? 'The next time at which both work.' : 'The first time after the absence at which both work.'
    case 'outside': {
      if (!hasHours(ase)) return `The working hours of ${names.ase} are not known: choose a time.`
      const first = `so this is when ${names.ase} is first at work.`
      return hasHours(cover)
        ? `They have no working hours in common within two weeks, ${first}`
        : `The working hours of ${names.cover} are not known, ${first}`
    }
  }
}

function notAtWork(guest: MeetingGuest | null, name: string, { startsAt, endsAt }: Window): string[] {
  if (guest === null || !hasHours(guest)) return []
  return workingTimeBetween(guest.times, guest.absences, startsAt, endsAt) < endsAt - startsAt ? [name] : []
}

function hasHours(guest: MeetingGuest | null): boolean {
  return guest !== null && guest.times.workingHours.length > 0
}

function spanIn({ startsAt, endsAt }: Window, timeZone: string): { readonly day: string; readonly clock: string } {
  const [from, to] = [instantWords(startsAt, timeZone), instantWords(endsAt, timeZone)]
  return { day: from.slice(0, -6), clock: `${from.slice(-5)}–${to.slice(-5)}` }
}
