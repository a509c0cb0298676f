import { useRef, useState } from 'react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useWindow } from '../../api/window-context.tsx'
import { errorWords } from '../../ui/error-words.ts'
import { TextField } from '../../ui/text-field.tsx'

const hint =
  'Its path or address, like support/assigned-support-engineers: an internal project that no customer can see. Empty:'

/** The project in which coverage issues are opened. GitLab is asked for it before it is kept. */
export function CoverageProject(props: {
  readonly value: string | null
  readonly onChange: (path: string | null) => void
}) {
  const { queries } = useWindow()
  const { data: status } = useQuery(queries.status())
  const own = status?.sampleCoverageProject ?? null
  const [text, setText] = useState<string | undefined>(undefined)
  const [found, setFound] = useState('')
  const latest = useRef<string | undefined>(undefined)
  const find = useMutation({
    ...queries.procedures.plans.findProject.mutationOptions(),
    onSuccess: (project, { path }) => {
      if (latest.current !== path) return
      if (project.customerSees.visible) return
      setFound(
        `Who sees what is written there: ${lowered(project.customerSees.words)}${project.mayWrite === false ? ' Your sign-in may not open issues there.' : ''}`,
      )
      setText(undefined)
      props.onChange(project.path)
    },
  })
  const keep = () => {
    const path = text?.trim()
    if (path === undefined || path === latest.current) return
    latest.current = path
    if (path !== '') return find.mutate({ path })
    setText(undefined)
    if (props.value !== null) props.onChange(null)
  }
  const seen = find.data?.customerSees
  const problem = find.error
    ? `Not saved: ${errorWords(find.error)}`
    : seen?.visible
      ? `Not saved: ${seen.words} A coverage plan is for colleagues.`
      : undefined
  return (
    <TextField
      label="Project for coverage issues"
      hint={find.isPending ? 'Asking GitLab…' : found || `${hint} ${emptyWords(own)}`}
      problem={text === undefined ? undefined : problem}
      value={text ?? props.value ?? ''}
      onChange={(event) => {
        latest.current = undefined
        setFound('')
        find.reset()
        setText(event.target.value)
      }}
      onBlur={keep}
      onKeyDown={(event) => event.key === 'Enter' && keep()}
    />
  )
}

function emptyWords(own: string | null): string {
  return own === null ? 'plans are handed over as text or as a file only.' : `the sample’s own, ${own}.`
}

function lowered(words: string): string {
  return `${words.charAt(0).toLowerCase()}${words.slice(1)}`
}
