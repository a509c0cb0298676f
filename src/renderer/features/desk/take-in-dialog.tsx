import { useRef, useState } from 'react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { DeskImport, DeskPage } from '#contract/desk.ts'
import { useConnectionStatus, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { DialogFrame } from '../../ui/dialog-frame.tsx'
import { FileButton } from '../../ui/file-button.tsx'
import { Loading, Problem } from '../../ui/notice.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { TextArea } from '../../ui/text-field.tsx'
import { useDraft } from '../../ui/use-draft.ts'
import { useSettled } from '../../ui/use-settled.ts'
import { useUndo } from '../../ui/use-undo.ts'
import { useWorkspaceName } from '../../ui/use-workspace-name.ts'
import styles from './desk.module.css'

type Kind = 'text' | 'organization-fields'

/** Takes in what others wrote of the account; what would change is shown before it does. */
export function TakeInDialog({ page, onClose }: { readonly page: DeskPage; readonly onClose: () => void }) {
  const { queries, connection } = useWindow()
  const queryClient = useQueryClient()
  const accountId = page.account.id
  const [kind, setKind] = useState<Kind>('text')
  const [text, setText] = useDraft(`desk ${useWorkspaceName()} ${accountId} take in`)
  const settled = useSettled(text)
  const from = kind === 'text' ? ({ kind, text: settled } as const) : ({ kind } as const)
  const isAsked = kind !== 'text' || settled.trim() !== ''
  const preview = useQuery({ ...queries.deskImport(accountId, from), enabled: isAsked })
  const offerUndo = useUndo()
  const connected = useConnectionStatus() === 'open'
  const field = useRef<HTMLTextAreaElement>(null)
  const refresh = () => queryClient.invalidateQueries({ queryKey: queries.procedures.desks.key() })
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => connection.client.desks.import({ accountId, from, apply: true }),
    onSuccess: async ({ undo }) => {
      setText('')
      onClose()
      await refresh()
      if (!undo) return
      offerUndo('It was taken in.', async () => {
        await connection.client.desks.change({ accountId, change: undo })
        await refresh()
      })
    },
  })
  const current = isAsked && settled === text ? preview.data : undefined
  return (
    <DialogFrame
      title={`Take in what is known of ${page.account.name}`}
      initialFocus={field}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            disabled={!connected || isPending || !current || current.changes.length === 0}
            onClick={() => mutate()}
          >
            {isPending ? 'Taking in…' : 'Take in'}
          </Button>
        </>
      }
    >
      <SelectField label="From" value={kind} onChange={(event) => setKind(event.target.value as Kind)}>
        <option value="text">A YAML file: an inventory, or people of the Support Team</option>
        <option value="organization-fields">The organization’s fields in Zendesk</option>
      </SelectField>
      {kind === 'text' && (
        <>
          <TextArea
            ref={field}
            label="YAML"
            rows={8}
            spellCheck={false}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <FileButton words="Open a file…" accept=".yaml,.yml" onText={(read) => setText(read)} />
        </>
      )}
      {isAsked && !preview.data && !preview.error && <Loading what="Reading it…" />}
      <Problem error={isAsked ? preview.error : null} />
      {current && <WhatChanges result={current} />}
      <Problem error={error} />
    </DialogFrame>
  )
}

function WhatChanges({ result: { changes, leftOver } }: { readonly result: DeskImport }) {
  return (
    <>
      <h3>What would change</h3>
      {changes.length === 0 ? (
        <p className={styles.soft}>Nothing: the page says all of it already.</p>
      ) : (
        <ul className={styles.changes}>
          {changes.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      )}
      {leftOver.length > 0 && (
        <>
          <h3>Not understood</h3>
          <ul className={styles.changes}>
            {leftOver.map(({ name, words, line, column }) => (
              <li key={`${name} ${line} ${column}`}>
                <strong>{name}</strong>
                {line !== null && ` (line ${line}, column ${column})`}: {words}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}
