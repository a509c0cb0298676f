import { useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import type { Settings } from '#contract/settings.ts'
import { useWindow } from '../../api/window-context.tsx'
import { errorWords } from '../../ui/error-words.ts'
import { TextField } from '../../ui/text-field.tsx'

/** Where organization notes are kept, and whom merge requests for them are assigned to. GitLab is asked for both before they are kept. */
export function OrgNoteSettings(props: {
  readonly settings: Settings
  readonly change: (part: Partial<Settings>) => void
}) {
  const { settings, change } = props
  const { organizationsProject, gitlabManager } = settings
  const { queries } = useWindow()
  const project = useMutation({
    ...queries.procedures.orgNotes.findProject.mutationOptions(),
    onSuccess: ({ path, customerSees }) => customerSees.visible || change({ organizationsProject: path }),
  })
  const manager = useMutation({
    ...queries.procedures.orgNotes.findPeople.mutationOptions(),
    onSuccess: ({ people }, { name }) => {
      const found = meant(people, name)
      if (found) change({ gitlabManager: found })
    },
  })
  const seen = project.data?.customerSees
  const found = manager.data?.people
  return (
    <>
      <AskedField
        label="Project for organization notes"
        hint="Its path or address, like support/organizations: an internal project with a file for each organization."
        value={organizationsProject ?? ''}
        asking={project.isPending}
        problem={
          project.error ? errorWords(project.error) : seen?.visible ? `${seen.words} A note is for colleagues.` : null
        }
        onAsk={(path) => (path === '' ? change({ organizationsProject: null }) : project.mutate({ path }))}
        onTyped={project.reset}
      />
      <AskedField
        label="Manager in GitLab"
        hint={
          gitlabManager
            ? `Merge requests for notes are assigned to ${gitlabManager.name}.`
            : 'Their user name. Merge requests for notes are assigned to them; without one to nobody.'
        }
        value={gitlabManager?.username ?? ''}
        asking={manager.isPending}
        problem={
          manager.error
            ? errorWords(manager.error)
            : found && !meant(found, manager.variables?.name ?? '')
              ? namesWords(found)
              : null
        }
        onAsk={(name) => (name === '' ? change({ gitlabManager: null }) : manager.mutate({ name }))}
        onTyped={manager.reset}
      />
    </>
  )
}

type Found = readonly { readonly id: number; readonly username: string; readonly name: string }[]

/** Whoever has this very user name, or the only one who was found. */
function meant(people: Found, typed: string): Found[number] | undefined {
  const name = typed.replace(/^@/, '').toLowerCase()
  return people.find(({ username }) => username.toLowerCase() === name) ?? (people.length === 1 ? people[0] : undefined)
}

function namesWords(people: Found): string {
  if (people.length === 0) return 'Nobody in that project has a name like this.'
  const names = people.slice(0, 5).map(({ name, username }) => `${name} (${username})`)
  return `Write one of these user names: ${names.join(', ')}.`
}

/** A field whose text is asked about when it is left or Enter is pressed. */
function AskedField(props: {
  readonly label: string
  readonly hint: string
  readonly value: string
  readonly asking: boolean
  readonly problem: string | null
  readonly onAsk: (text: string) => void
  readonly onTyped: () => void
}) {
  const { label, hint, value, asking, problem, onAsk, onTyped } = props
  const [typed, setTyped] = useState<{ readonly text: string; readonly over: string } | undefined>(undefined)
  // What was kept may be written otherwise than it was typed, and then takes its place.
  const text = typed?.over === value ? typed.text : undefined
  const ask = () => {
    const wanted = text?.trim()
    if (wanted === undefined || asking || problem !== null) return
    if (wanted === value) setTyped(undefined)
    else onAsk(wanted)
  }
  const isKept = text === undefined || text.trim() === value
  return (
    <TextField
      label={label}
      hint={asking ? 'Asking GitLab…' : hint}
      problem={problem !== null && !isKept ? `Not saved: ${problem}` : undefined}
      value={text ?? value}
      onChange={(event) => {
        onTyped()
        setTyped({ text: event.target.value, over: value })
      }}
      onBlur={ask}
      onKeyDown={(event) => event.key === 'Enter' && ask()}
    />
  )
}
