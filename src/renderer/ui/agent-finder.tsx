import { type Ref, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { useWindow } from '../api/window-context.tsx'
import { fewestLetters, Finder } from './finder.tsx'
import { useSettled } from './use-settled.ts'

/** Finds an agent of the connected Zendesk by name or e-mail address. */
export function AgentFinder({
  label,
  onChoose,
  ref,
}: {
  readonly label: string
  readonly onChoose: (agent: { readonly id: number; readonly name: string }) => void
  readonly ref?: Ref<HTMLInputElement> | undefined
}) {
  const { queries } = useWindow()
  const [text, setText] = useState('')
  const wanted = useSettled(text.trim())
  const { data, error } = useQuery({ ...queries.findAgents(wanted), enabled: wanted.length >= fewestLetters })
  const answered = wanted === text.trim()
  return (
    <Finder
      ref={ref}
      label={label}
      hint="At least two letters of the name or of the e-mail address."
      nothingFound="No agent’s name or address begins like this."
      text={text}
      onText={setText}
      findings={
        answered ? data?.agents.map(({ id, name, timeZone }) => ({ id, words: name, hint: timeZone ?? '' })) : undefined
      }
      error={answered ? error : null}
      onChoose={({ id, words }) => onChoose({ id, name: words })}
    />
  )
}
