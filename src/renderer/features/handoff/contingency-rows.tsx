import { useState } from 'react'
import type { HandoffDetail, TicketLineValues } from '#contract/handoffs.ts'
import { Button } from '../../ui/button.tsx'
import { takeFocus } from '../../ui/take-focus.ts'
import { aContingency, type Contingency } from './contingency.ts'
import { TriggerField } from './trigger-field.tsx'
import styles from './handoff.module.css'

const most = 20

/** *If … then …*, row by row, each with what fires it; or that nothing is foreseen, which one says. */
export function ContingencyRows(props: {
  readonly handoff: HandoffDetail
  readonly ticketId: number
  readonly line: TicketLineValues
  readonly change: (part: Partial<TicketLineValues>) => void
}) {
  const { handoff, ticketId, line, change } = props
  const { contingencies, nothingForeseen, severity } = line
  const [added, setAdded] = useState<string | null>(null)
  const put = <Field extends keyof Contingency>(id: string, field: Field, value: Contingency[Field]) =>
    change({ contingencies: contingencies.map((each) => (each.id === id ? { ...each, [field]: value } : each)) })
  const add = () => {
    const blank = aContingency('', '')
    setAdded(blank.id)
    change({ contingencies: [...contingencies, blank], nothingForeseen: false })
  }
  return (
    <fieldset className={styles.contingencies}>
      <legend>If … then …</legend>
      {contingencies.map((each, index) => (
        <div key={each.id} role="group" aria-label={`If ${index + 1}`} className={styles.contingency}>
          <input
            // The row that was just asked for is the one to type in.
            ref={added === each.id ? takeFocus : undefined}
            className={styles.input}
            aria-label={`If, ${index + 1}`}
            data-focus={index === 0 ? 'contingencies' : undefined}
            placeholder="If …"
            maxLength={500}
            autoComplete="off"
            value={each.if}
            onChange={(event) => put(each.id, 'if', event.target.value)}
          />
          <input
            className={styles.input}
            aria-label={`Then, ${index + 1}`}
            placeholder="then …"
            maxLength={1000}
            autoComplete="off"
            value={each.then}
            onChange={(event) => put(each.id, 'then', event.target.value)}
          />
          <TriggerField
            place={index + 1}
            handoff={handoff}
            ticketId={ticketId}
            trigger={each.trigger}
            onChange={(trigger) => put(each.id, 'trigger', trigger)}
          />
          <Button
            look="quiet"
            icon="trash"
            aria-label={`Remove if ${index + 1}`}
            onClick={() => change({ contingencies: contingencies.filter(({ id }) => id !== each.id) })}
          />
        </div>
      ))}
      <p className={styles.buttons}>
        {contingencies.length < most && (
          <Button icon="plus" data-focus={contingencies.length === 0 ? 'contingencies' : undefined} onClick={add}>
            Add an if
          </Button>
        )}
        {contingencies.length === 0 && (
          <label className={styles.check}>
            <input
              type="checkbox"
              checked={nothingForeseen}
              onChange={(event) => change({ nothingForeseen: event.target.checked })}
            />
            Nothing foreseen
          </label>
        )}
        <span className={styles.soft}>
          {severity === 'stable' ? 'May stay empty for a stable ticket.' : 'What may happen, and what to do then.'}
        </span>
      </p>
    </fieldset>
  )
}
