import type { OrganizationDetails } from '#contract/accounts.ts'
import { Pill } from '../../ui/pill.tsx'
import styles from './accounts-screen.module.css'

/** What Zendesk has on an organization: its note, tags and fields, as plain text whatever stands in them. */
export function OrganizationRecord({ organization }: { readonly organization: OrganizationDetails }) {
  const { note, tags, fields, suggested } = organization
  const named = [
    ['Region', suggested.region],
    ['Support level', suggested.supportLevel],
  ] as const
  // What was understood has its name already, or stands beside the field below that it suggests.
  const known = [suggested.region, suggested.supportLevel, suggested.ase && String(suggested.ase.id)]
  const rows = [
    ...named,
    ...Object.entries(fields).flatMap(([key, value]) =>
      known.includes(String(value)) ? [] : [[key, String(value)] as const],
    ),
  ].flatMap(([name, value]) => (name && value ? [[name, value] as const] : []))
  return (
    <section aria-label="Its record in Zendesk" className={styles.record}>
      <h3>Its record in Zendesk</h3>
      {note ? <p className={styles.note}>{note}</p> : <p className={styles.soft}>It has no organization note.</p>}
      {tags.length > 0 && (
        <p className={styles.tags}>
          {tags.map((tag) => (
            <Pill key={tag} icon="tag">
              {tag}
            </Pill>
          ))}
        </p>
      )}
      {rows.length > 0 && (
        <dl className={styles.facts}>
          {rows.map(([name, value], index) => (
            <div key={`${name} ${index}`}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  )
}
