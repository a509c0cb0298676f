import { useId, useState } from 'react'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { ReturnFigures } from '#contract/return-figures.ts'
import { useConnectionStatus, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { ErrorNotice, Loading, Problem } from '../../ui/notice.tsx'
import { saveFile } from '../../ui/save-file.ts'
import { figure } from '../../ui/time-words.ts'
import { DayChart } from './day-chart.tsx'
import { figuresOf } from './figure-words.ts'
import styles from './numbers.module.css'

/** The coverage in numbers, each explained where it is pointed at, day by day as a chart, and as a file. */
export function Numbers({ coverageId }: { readonly coverageId: string }) {
  const { queries } = useWindow()
  const { data, error, refetch } = useQuery(queries.returnFigures(coverageId))
  if (error && !data)
    return <ErrorNotice what="The numbers could not be worked out" error={error} onRetry={() => void refetch()} />
  if (!data) return <Loading what="Counting…" />
  return (
    <>
      <Figures figures={data} />
      <DayChart days={data.days} coverName={data.coverNames.join(' and ')} />
      <SaveNumbers coverageId={coverageId} />
    </>
  )
}

/** Each number is a button, so that the keyboard gets to its explanation; that of the first is there before one is chosen. */
function Figures({ figures }: { readonly figures: ReturnFigures }) {
  const id = useId()
  const all = figuresOf(figures)
  const [at, setAt] = useState(0)
  return (
    <div className={styles.explained}>
      <ul className={styles.figures} aria-label="In numbers">
        {all.map(({ name, value }, index) => (
          <li key={name}>
            <button
              type="button"
              className={classNames(styles.figure, index === at && styles.chosen)}
              aria-describedby={`${id}-${index}`}
              onFocus={() => setAt(index)}
              onMouseEnter={() => setAt(index)}
              onClick={() => setAt(index)}
            >
              <strong>{figure(value)}</strong> <span>{name}</span>
            </button>
          </li>
        ))}
      </ul>
      {all.map(({ name, means }, index) => (
        <p key={name} id={`${id}-${index}`} hidden={index !== at} className={styles.means}>
          <strong>{name}:</strong> {means}
        </p>
      ))}
    </div>
  )
}

function SaveNumbers({ coverageId }: { readonly coverageId: string }) {
  const { queries } = useWindow()
  const connected = useConnectionStatus() === 'open'
  const { mutate, isPending, error } = useMutation({
    ...queries.procedures.returnFigures.file.mutationOptions(),
    onSuccess: ({ name, text }) => saveFile(name, text),
  })
  const disabled = !connected || isPending
  return (
    <>
      <p className={styles.line}>
        <Button icon="download" {...{ disabled }} onClick={() => mutate({ coverageId, format: 'markdown' })}>
          Save as Markdown
        </Button>
        <Button icon="download" {...{ disabled }} onClick={() => mutate({ coverageId, format: 'csv' })}>
          Save as CSV
        </Button>
        <span className={styles.soft}>No text of the customer is in them.</span>
      </p>
      <Problem error={error} />
    </>
  )
}
