import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { CallDetail, CallDocumentValues, CallPart } from '#contract/calls.ts'
import type { WorkProject } from '#contract/work-project.ts'
import { useConnectionStatus, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Copyable } from '../../ui/copyable.tsx'
import { DialogFrame } from '../../ui/dialog-frame.tsx'
import { Icon } from '../../ui/icon.tsx'
import { ErrorNotice, Loading, Problem } from '../../ui/notice.tsx'
import { PreviewBox } from '../../ui/preview-box.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import styles from './calls.module.css'

/** Shows everything that filing a call writes and who sees it, and files it when a person says so. */
export function FileDialog(props: {
  readonly call: CallDetail
  readonly document: CallDocumentValues
  readonly onFiled: () => void
  readonly onClose: () => void
}) {
  const { call, document, onFiled, onClose } = props
  const { connection, queries } = useWindow()
  const queryClient = useQueryClient()
  const connected = useConnectionStatus() === 'open'
  const place = usePlace(call, document.about === 'other')
  const preview = useQuery({ ...queries.callPreview(call.id, place.projectId), enabled: place.known })
  const file = useMutation({
    mutationFn: async (parts: readonly CallPart[]) => {
      const orders = parts.flatMap((part) =>
        part.preview ? [{ intent: part.preview.intent, stamp: part.preview.stamp }] : [],
      )
      return connection.client.calls.file({ id: call.id, projectId: place.projectId, orders })
    },
    onSuccess: (filed) => {
      queryClient.setQueryData(queries.call(call.id).queryKey, filed)
      void queryClient.invalidateQueries({ queryKey: queries.procedures.outbox.key() })
      onFiled()
    },
  })
  const parts = preview.data?.parts ?? []
  const sent = parts.filter((part) => part.preview !== null).length
  const ready =
    connected &&
    preview.isSuccess &&
    !preview.isFetching &&
    !file.isPending &&
    parts.length > 0 &&
    parts.every((part) => part.preview?.refusal == null)
  const handleKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    if (ready && !event.repeat) file.mutate(parts)
  }
  const button = useRef<HTMLButtonElement>(null)
  const focused = useRef(false)
  useEffect(() => {
    if (ready && !focused.current) button.current?.focus()
    focused.current ||= ready
  }, [ready])
  return (
    <DialogFrame
      title="File the call"
      onClose={onClose}
      onKeyDown={handleKey}
      actions={
        <>
          <Button onClick={onClose}>Back to the notes</Button>
          <Button ref={button} look="primary" icon="send" disabled={!ready} onClick={() => file.mutate(parts)}>
            {file.isPending ? 'Filing…' : fileWords(sent, parts.length)}
          </Button>
        </>
      }
    >
      {document.about === 'other' && <PlaceField place={place} />}
      {preview.error ? (
        <ErrorNotice
          what="What this would do could not be found out"
          error={preview.error}
          onRetry={() => void preview.refetch()}
        />
      ) : preview.data ? (
        <Shown {...preview.data} />
      ) : (
        <Loading what="Looking what this would do…" />
      )}
      <Problem error={file.error} />
    </DialogFrame>
  )
}

function fileWords(sent: number, all: number): string {
  if (sent === 0) return all === 0 ? 'File' : 'I have copied it: file'
  return sent === 1 ? 'Send and file' : `Send ${sent} and file`
}

function Shown({
  parts,
  missing,
  open,
}: {
  parts: readonly CallPart[]
  missing: readonly string[]
  open: readonly string[]
}) {
  return (
    <>
      {missing.map((words) => (
        <p key={words} className={styles.missing} role="alert">
          <Icon name="close" size={14} />
          <span>{words}</span>
        </p>
      ))}
      {open.length > 0 && (
        <ul className={styles.open} aria-label="Left open">
          {open.map((words) => (
            <li key={words}>
              <Icon name="info" size={14} />
              <span>{words}</span>
            </li>
          ))}
        </ul>
      )}
      {parts.map(({ heading, text, preview }) => (
        <section key={heading} aria-label={heading} className={styles.part}>
          <h3>{heading}</h3>
          {preview ? (
            <PreviewBox preview={preview} stale={false} />
          ) : (
            <>
              <Copyable name={`the text: ${heading}`} text={text} />
              <p className={styles.soft}>
                Understudy sends nothing here. Whoever may read the place you paste it into sees it.
              </p>
            </>
          )}
        </section>
      ))}
    </>
  )
}

interface Place {
  readonly projects: readonly WorkProject[]
  readonly error: Error | null
  /** Whether it is decided: chosen by hand, or the projects are known. */
  readonly known: boolean
  readonly projectId: number | null
  readonly choose: (projectId: number | null) => void
}

/** The project that the issue goes to: the one chosen, else the account's own or its only one; null: none. */
function usePlace(call: CallDetail, asked: boolean): Place {
  const { queries } = useWindow()
  const { data, error } = useQuery({ ...queries.workProjects(call.accountId), enabled: asked })
  const { data: own } = useQuery({
    ...queries.accounts(),
    select: ({ accounts }) => accounts.find(({ id }) => id === call.accountId)?.gitlabGroup?.toLowerCase() ?? '',
  })
  const [chosen, choose] = useState<number | null | undefined>(undefined)
  const projects = data?.projects ?? []
  const writable = projects.filter(({ mayWrite }) => mayWrite !== false)
  const usual =
    writable.find(({ id, path }) => path.toLowerCase() === own || String(id) === own) ??
    (writable.length === 1 ? writable[0] : undefined)
  return {
    projects: writable,
    error,
    known: !asked || chosen !== undefined || error !== null || (data !== undefined && own !== undefined),
    projectId: asked ? (chosen === undefined ? (usual?.id ?? null) : chosen) : null,
    choose,
  }
}

function PlaceField({ place }: { readonly place: Place }) {
  const { projects, error, projectId, choose } = place
  const project = projects.find(({ id }) => id === projectId)
  return (
    <SelectField
      label="Project"
      hint={
        project?.customerSees.words ??
        (error ? `GitLab’s projects could not be read: ${error.message}` : 'Without one, the text is there to copy.')
      }
      value={projectId === null ? 'copy' : String(projectId)}
      onChange={(event) => choose(event.target.value === 'copy' ? null : Number(event.target.value))}
    >
      {projects.map(({ id, path }) => (
        <option key={id} value={String(id)}>
          {path}
        </option>
      ))}
      <option value="copy">None: Markdown to copy</option>
    </SelectField>
  )
}
