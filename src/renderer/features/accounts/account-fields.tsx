import { useId, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { useWindow } from '../../api/window-context.tsx'
import { AgentFinder } from '../../ui/agent-finder.tsx'
import { Button } from '../../ui/button.tsx'
import { takeFocus } from '../../ui/take-focus.ts'
import { Pill } from '../../ui/pill.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { suggestedAse, type AccountLink, type AseChoice, type Suggested } from './account-link.ts'
import styles from './accounts-screen.module.css'

/** Who the ASE is, since when, and which label and group in GitLab belong to the account. */
export function AccountFields(props: {
  readonly link: AccountLink
  readonly suggested?: Suggested
  readonly onChange: (link: AccountLink) => void
}) {
  const { link, suggested, onChange } = props
  const change = (part: Partial<AccountLink>) => onChange({ ...link, ...part })
  return (
    <>
      <div>
        <AseField ase={link.ase} onChange={(ase) => change({ ase })} />
        {suggested?.ase && <AseSuggestion ase={suggested.ase} link={link} onUse={(ase) => change({ ase })} />}
      </div>
      {link.ase.kind !== 'nobody' && (
        <TextField
          type="date"
          label="ASE since"
          hint="Tickets from before are the ones whose customer chooses between the assignee and the ASE. Empty: not known."
          value={link.since}
          onChange={(event) => change({ since: event.target.value })}
        />
      )}
      <div>
        <TextField
          label="Label of the account’s issues in GitLab"
          hint="Like “ASE Work - ACCOUNT”. Empty: no issues are read."
          maxLength={255}
          value={link.label}
          onChange={(event) => change({ label: event.target.value })}
        />
        <Suggestion words={suggested?.label} used={link.label} onUse={(label) => change({ label })} />
      </div>
      <div>
        <TextField
          label="GitLab group or collaboration project"
          hint="Its full path, like “collab/northwind”, or a project’s number."
          maxLength={500}
          value={link.gitlabGroup}
          onChange={(event) => change({ gitlabGroup: event.target.value })}
        />
        <Suggestion
          words={suggested?.gitlabProject}
          used={link.gitlabGroup}
          onUse={(gitlabGroup) => change({ gitlabGroup })}
        />
      </div>
    </>
  )
}

function AseField({ ase, onChange }: { readonly ase: AseChoice; readonly onChange: (ase: AseChoice) => void }) {
  const { queries } = useWindow()
  const { data: me } = useQuery({ ...queries.status(), select: (status) => status.me })
  const id = useId()
  const [moved, setMoved] = useState(false)
  const choose = (choice: AseChoice) => {
    setMoved(false)
    onChange(choice)
  }
  const chooseAnother = () => {
    setMoved(true)
    onChange({ kind: 'other', id: null, name: '' })
  }
  const choices: readonly (readonly [AseChoice, string])[] = [
    [{ kind: 'nobody' }, 'Nobody'],
    [{ kind: 'me' }, me ? `Me (${me.name})` : 'Me'],
    [{ kind: 'other', id: null, name: '' }, 'Another agent'],
  ]
  return (
    <>
      <div role="radiogroup" aria-labelledby={id} className={styles.choices}>
        <span id={id} className={styles.choicesName}>
          ASE
        </span>
        {choices.map(([choice, words]) => (
          <label key={choice.kind} className={styles.choice}>
            <input type="radio" name={id} checked={choice.kind === ase.kind} onChange={() => choose(choice)} />
            {words}
          </label>
        ))}
      </div>
      {ase.kind === 'other' && ase.id === null && (
        <AgentFinder
          label="Find the ASE"
          ref={moved ? takeFocus : undefined}
          onChoose={(agent) => {
            setMoved(true)
            onChange({ kind: 'other', ...agent })
          }}
        />
      )}
      {ase.kind === 'other' && ase.id !== null && (
        <p className={styles.chosen}>
          <strong>{ase.name}</strong>
          <Button ref={moved ? takeFocus : undefined} onClick={chooseAnother}>
            Choose another
          </Button>
        </p>
      )}
    </>
  )
}

function AseSuggestion(props: {
  readonly ase: NonNullable<Suggested['ase']>
  readonly link: AccountLink
  readonly onUse: (ase: AseChoice) => void
}) {
  const { ase, link, onUse } = props
  const { queries } = useWindow()
  const { data: meId } = useQuery({ ...queries.status(), select: (status) => status.me?.id })
  const choice = suggestedAse(ase, meId)
  if (choice) {
    const same = link.ase.kind === choice.kind && (link.ase.kind !== 'other' || link.ase.id === ase.id)
    const use = (words: string) => onUse(words === '' ? { kind: 'nobody' } : choice)
    return <Suggestion words={ase.words} used={same ? ase.words : ''} onUse={use} />
  }
  return (
    <p className={styles.suggestion}>
      <Pill tone="info">Suggestion</Pill>
      <span>The record names “{ase.words}”. Choose “Another agent” to find who that is.</span>
    </p>
  )
}

/** Something the record suggests: shown as that; filled in or emptied by its button. */
function Suggestion(props: {
  readonly words: string | null | undefined
  readonly used: string
  readonly onUse: (words: string) => void
}) {
  const { words, used, onUse } = props
  if (!words) return null
  const inUse = used === words
  return (
    <p className={styles.suggestion}>
      <Pill tone="info">Suggestion</Pill>
      <span>{words}</span>
      <Button aria-label={`${inUse ? 'Clear' : 'Use'} ${words}`} onClick={() => onUse(inUse ? '' : words)}>
        {inUse ? 'Clear' : 'Use'}
      </Button>
    </p>
  )
}
