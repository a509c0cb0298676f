import type { DeskPage, DeskPerson } from '#contract/desk.ts'
import { useTimeZone } from '../../api/window-context.tsx'
import { Pill } from '../../ui/pill.tsx'
import { dayAndTime, zoneName } from '../../ui/time-words.ts'
import styles from './desk.module.css'

const roles: Readonly<Record<DeskPerson['role'], string>> = {
  ase: 'ASE',
  covering: 'Covering now',
  'covering-next': 'Covering next',
}

/** Who looks after the account, when they work by both clocks, and how to reach them. */
export function DeskPeople({ page: { people, now } }: { readonly page: DeskPage }) {
  return (
    <section aria-labelledby="desk-people">
      <h2 id="desk-people">People</h2>
      {people.length === 0 ? (
        <p className={styles.soft}>
          This account has no ASE and nobody covers it. Choose its ASE under Edit in Accounts.
        </p>
      ) : (
        <ul className={styles.cards}>
          {people.map((person) => (
            <Person key={`${person.role} ${person.startsAt}`} person={person} now={now} />
          ))}
        </ul>
      )}
    </section>
  )
}

function Person({ person, now }: { readonly person: DeskPerson; readonly now: number }) {
  const mine = useTimeZone()
  const { role, name, me, region, timeZone, hours, hoursHere, slackHandle, nextAvailableAt, startsAt, endsAt } = person
  return (
    <li className={styles.card}>
      <p className={styles.head}>
        <strong>{me ? `${name} (you)` : name}</strong>
        <Pill tone={role === 'covering' ? 'info' : 'plain'}>{roles[role]}</Pill>
        {region !== '' && <span className={styles.soft}>{region}</span>}
        {slackHandle !== null && <span className={styles.soft}>Slack {slackHandle}</span>}
      </p>
      <p className={styles.soft}>
        {hours === '' ? 'Working hours are not known.' : `${hours} in ${zoneName(timeZone, now)}`}
        {hours !== '' && timeZone !== mine && `, your time ${hoursHere}`}
      </p>
      {startsAt !== null && endsAt !== null && (
        <p className={styles.soft}>
          {dayAndTime(startsAt, mine)} – {dayAndTime(endsAt, mine)}, your time
        </p>
      )}
      {nextAvailableAt !== null && (
        <p className={styles.soft}>
          {nextAvailableAt <= now ? 'At work now' : `Next at work ${dayAndTime(nextAvailableAt, mine)}, your time`}
        </p>
      )}
    </li>
  )
}
