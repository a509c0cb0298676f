import { useId } from 'react'
import type { KitStep } from '#contract/account-kit.ts'
import type { OutboxEntry } from '#contract/outbox.ts'
import type { WorkIntent } from '#contract/work-intent.ts'
import { Button } from '../../ui/button.tsx'
import { ChangeCard } from '../../ui/change-card.tsx'
import { customerLooks } from '../../ui/change-words.ts'
import { Icon, type IconName } from '../../ui/icon.tsx'
import { Pill, type PillTone } from '../../ui/pill.tsx'
import { useOpenExternal } from '../../ui/use-open-external.ts'
import styles from './kit-dialog.module.css'

const titles: Readonly<Record<KitStep['id'], string>> = {
  label: 'Label',
  subscription: 'Your subscription to the label',
  board: 'Board',
  template: 'Issue template for calls',
}

const looks: Readonly<Record<KitStep['state'], readonly [word: string, tone: PillTone, icon: IconName]>> = {
  done: ['Done', 'success', 'check'],
  missing: ['Missing', 'caution', 'dash'],
  waiting: ['Ordered', 'info', 'hourglass'],
  'not-permitted': ['Not permitted', 'warning', 'lock'],
  unknown: ['Not known', 'plain', 'info'],
}

/** One part of a project: whether it is there, what making it would do, and how its order stands. */
export function KitStepRow(props: {
  readonly step: KitStep
  readonly entry: OutboxEntry | undefined
  readonly chosen: boolean
  /** Warnings that stand above all parts. */
  readonly saidAbove: readonly string[]
  readonly disabled: boolean
  readonly onToggle: () => void
}) {
  const { step, entry, chosen, saidAbove, disabled, onToggle } = props
  const id = useId()
  const openExternal = useOpenExternal()
  const [word, tone, icon] = looks[step.state]
  const { url, preview } = step
  const offered = preview !== null && !entry
  return (
    <li className={styles.step}>
      <div className={styles.head}>
        {offered && <input id={id} type="checkbox" checked={chosen} disabled={disabled} onChange={onToggle} />}
        {offered ? (
          <label htmlFor={id} className={styles.title}>
            {titles[step.id]}
          </label>
        ) : (
          <span className={styles.title}>{titles[step.id]}</span>
        )}
        {!entry && (
          <Pill tone={tone} icon={icon}>
            {word}
          </Pill>
        )}
        {url !== null && (
          <Button
            look="quiet"
            icon="external"
            aria-label={`Open in GitLab: ${titles[step.id]}`}
            onClick={() => openExternal(url)}
          >
            Open
          </Button>
        )}
      </div>
      {entry ? (
        <ul className={styles.card}>
          <ChangeCard entry={entry} withTarget={false} />
        </ul>
      ) : (
        <>
          <p className={styles.soft}>{step.words}</p>
          {preview && chosen && <Preview preview={preview} saidAbove={saidAbove} />}
        </>
      )}
    </li>
  )
}

/** What making it asks of GitLab, who sees it, and what to think of first. */
function Preview(props: { readonly preview: NonNullable<KitStep['preview']>; readonly saidAbove: readonly string[] }) {
  const { preview, saidAbove } = props
  const { words, customerSees, warnings, intent } = preview
  const seen = customerLooks(customerSees.visible)
  return (
    <>
      <p className={styles.words}>{words}</p>
      {intent.kind === 'file-change' && <FileText intent={intent} />}
      <p className={styles.seen}>
        <Icon name={seen.icon} size={14} />
        <span>
          {seen.words} {customerSees.words}
        </span>
      </p>
      <KitWarnings warnings={warnings.filter((warning) => !saidAbove.includes(warning))} />
    </>
  )
}

/** What is written into a file, and what stands on the merge request that asks for it. */
function FileText({ intent }: { readonly intent: Extract<WorkIntent, { readonly kind: 'file-change' }> }) {
  const { path, content, by, description } = intent
  return (
    <>
      <pre className={styles.file} aria-label={`Text of ${path}`}>
        {content}
      </pre>
      {by === 'merge-request' && <p className={styles.soft}>The merge request says: {description}</p>}
    </>
  )
}

/** What to think of first. */
export function KitWarnings({ warnings }: { readonly warnings: readonly string[] }) {
  return warnings.map((warning) => (
    <p key={warning} className={styles.warning}>
      <Icon name="alert" size={14} />
      <span>{warning}</span>
    </p>
  ))
}
