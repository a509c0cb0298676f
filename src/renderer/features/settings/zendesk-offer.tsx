import type { SlaSupport, ZendeskProbe } from '#contract/connections.ts'
import { Icon, type IconName } from '../../ui/icon.tsx'
import { figure } from '../../ui/time-words.ts'
import table from '../../ui/table.module.css'
import styles from './connections.module.css'

const answers: Readonly<Record<SlaSupport, { readonly word: string; readonly icon: IconName }>> = {
  yes: { word: 'Yes', icon: 'check' },
  no: { word: 'No', icon: 'close' },
  refused: { word: 'Refused: you may not ask this way', icon: 'lock' },
  unknown: { word: 'Not known: there was nothing to ask about', icon: 'dash' },
}

const paths: Readonly<Record<keyof ZendeskProbe['slas'], string>> = {
  organization: 'Tickets of an organization',
  showMany: 'Several tickets by number',
  search: 'Search',
  ticket: 'One ticket',
}

const ccs = { on: 'On', off: 'Off: nobody can be put on Cc', unknown: 'Not known' } as const

/** What this Zendesk lets us do, in sentences first and in detail below. */
export function ZendeskOffer({ probe }: { readonly probe: ZendeskProbe }) {
  const keys = Object.keys(paths) as (keyof ZendeskProbe['slas'])[]
  return (
    <>
      <ul className={styles.meaning}>
        {probe.meaning.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">Asked for</th>
            <th scope="col">Tells SLA clocks</th>
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => {
            const { word, icon } = answers[probe.slas[key]]
            return (
              <tr key={key}>
                <td>{paths[key]}</td>
                <td>
                  <span className={styles.answer} data-answer={probe.slas[key]}>
                    <Icon name={icon} size={14} /> {word}
                  </span>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      <p className={styles.soft}>
        CCs and followers: {ccs[probe.ccsAndFollowers]}. Your role: {probe.role}, which sees{' '}
        {probe.restriction === null ? 'all tickets' : `only some tickets (${probe.restriction})`}
        {probe.lightAgent === true && ' and writes internal notes only'}. Requests a minute for the whole company:{' '}
        {probe.planPerMinute === null ? 'not told' : figure(probe.planPerMinute)}.
      </p>
    </>
  )
}
