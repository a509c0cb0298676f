import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import type { DeskPage } from '#contract/desk.ts'
import type { WorkIntent } from '#contract/work-intent.ts'
import { useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { ChangeDialog } from '../../ui/change-dialog.tsx'
import { Copyable } from '../../ui/copyable.tsx'
import { errorWords } from '../../ui/error-words.ts'
import styles from './desk.module.css'

/** How automatic assignment is asked for: the form with its choices, or an issue to create. */
export function AutoAssign({ page }: { readonly page: DeskPage }) {
  const { autoAssign } = page.onboarding
  if (autoAssign.by === 'form') {
    const { url, choices, remark } = autoAssign
    const text = [url, ...choices.map(({ question, answer }) => `${question} ${answer}`)].join('\n')
    return (
      <>
        <p>{remark}</p>
        <dl className={styles.choices}>
          {choices.map(({ question, answer }) => (
            <div key={question}>
              <dt>{question}</dt>
              <dd>{answer}</dd>
            </div>
          ))}
        </dl>
        <Copyable name="the form’s address and choices" text={text} />
      </>
    )
  }
  return <AskByIssue page={page} request={autoAssign} />
}

type Request = Extract<DeskPage['onboarding']['autoAssign'], { by: 'issue' }>

function AskByIssue({ page, request }: { readonly page: DeskPage; readonly request: Request }) {
  const [isOpen, setIsOpen] = useState(false)
  const { remark, title, text, project } = request
  return (
    <>
      <p>{remark}</p>
      <Copyable name="the request" text={`${title}\n\n${text}`} />
      {project === null ? (
        <p className={styles.soft}>
          Name the Organizations project in Settings, and the issue can be created from here.
        </p>
      ) : (
        <Button icon="send" onClick={() => setIsOpen(true)}>
          Create the issue…
        </Button>
      )}
      {isOpen && project !== null && (
        <IssueDialog name={page.account.name} request={request} path={project} onClose={() => setIsOpen(false)} />
      )}
    </>
  )
}

function IssueDialog(props: {
  readonly name: string
  readonly request: Request
  readonly path: string
  readonly onClose: () => void
}) {
  const { name, request, path, onClose } = props
  const { queries } = useWindow()
  const { data: project, error } = useQuery(queries.organizationsProject(path))
  const intent: WorkIntent | null = project
    ? {
        kind: 'create-issue',
        projectId: project.id,
        title: request.title,
        description: request.text,
        labels: [],
        assigneeIds: [],
        confidential: false,
        dueDate: null,
      }
    : null
  return (
    <ChangeDialog
      title={`Ask for automatic assignment of ${name}`}
      intent={intent}
      missing={error ? errorWords(error) : `Looking for ${path} in GitLab…`}
      onClose={onClose}
    />
  )
}
