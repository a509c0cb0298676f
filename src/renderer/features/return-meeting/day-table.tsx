import type { FigureDay } from '#contract/return-figures.ts'
import { dayOnly } from '../../ui/calendar-day.ts'
import { figure } from '../../ui/time-words.ts'
import table from '../../ui/table.module.css'
import styles from './numbers.module.css'

/** The days as a table, for whoever cannot see the chart or wants the numbers. A dash is what is not known here. */
export function DayTable({ days, withOthers }: { readonly days: readonly FigureDay[]; readonly withOthers: boolean }) {
  const names = [
    'Hours',
    'Replies',
    'Notes',
    'Opened',
    'Solved',
    ...(withOthers ? ['Others taken', 'Others planned'] : []),
  ]
  return (
    <details>
      <summary className={styles.summary}>As a table</summary>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">Day</th>
            {names.map((name) => (
              <th key={name} scope="col" className={table.number}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days.map(({ day, working, hours, replies, notes, opened, solved, otherTaken, otherPlanned }) => (
            <tr key={day}>
              <th scope="row" className={styles.rowName}>
                {dayOnly(day)} {!working && <span className={styles.soft}>off</span>}
              </th>
              {[hours, replies, notes, opened, solved, ...(withOthers ? [otherTaken, otherPlanned] : [])].map(
                (value, index) => (
                  <td key={index} className={table.number}>
                    {value === null ? '–' : figure(value)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
