import { type ReactNode, useId } from 'react'
import type { IconName } from '../../ui/icon.tsx'
import { Pill, type PillTone } from '../../ui/pill.tsx'
import type { PartState } from './wrap-up-states.ts'
import styles from './wrap-up.module.css'

const looks: Readonly<Record<PartState, { readonly word: string; readonly icon: IconName; readonly tone: PillTone }>> =
  {
    done: { word: 'Done', icon: 'check', tone: 'success' },
    next: { word: 'Next', icon: 'after', tone: 'info' },
    open: { word: 'To do', icon: 'dash', tone: 'plain' },
    running: { word: 'On its way', icon: 'hourglass', tone: 'info' },
    waits: { word: 'Needs you', icon: 'alert', tone: 'warning' },
    nothing: { word: 'Nothing to do', icon: 'dash', tone: 'plain' },
  }

/** One part of what follows the list: its name, how it stands, and what is in it. */
export function WrapUpPart(props: {
  readonly heading: string
  readonly state: PartState
  readonly children: ReactNode
}) {
  const id = useId()
  const { word, icon, tone } = looks[props.state]
  return (
    <section aria-labelledby={id} data-part className={styles.part}>
      <div className={styles.partHead}>
        <h2 id={id} tabIndex={-1}>
          {props.heading}
        </h2>
        <Pill tone={tone} icon={icon}>
          {word}
        </Pill>
      </div>
      {props.children}
    </section>
  )
}
