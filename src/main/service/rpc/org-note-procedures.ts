import {
  findManagers,
  findOrganizationsProject,
  previewNoteRequest,
  type NoteRequestDesk,
} from '../org-notes/preview-note-request.ts'
import {
  composeOrgNote,
  lintText,
  saveOrgNoteDraft,
  showOrgNote,
  type OrgNoteDesk,
} from '../org-notes/show-org-note.ts'
import { answering } from './answering.ts'
import { os, type RouterDeps } from './router-deps.ts'

/** Organization notes: what they say, writing them, and asking for them by merge request. */
export function orgNoteProcedures(deps: RouterDeps) {
  const { orgNotes } = os
  return {
    orgNotes: {
      get: orgNotes.get.handler(({ input, errors }) =>
        answering(errors, () => {
          const zendesk = deps.session().sources?.zendesk.api('person') ?? null
          return showOrgNote(deskOf(deps), input.accountId, zendesk)
        }),
      ),
      compose: orgNotes.compose.handler(({ input, errors }) =>
        answering(errors, () => {
          const { accountId, autoAssigned, cover } = input
          return composeOrgNote(deskOf(deps), accountId, {
            ...(autoAssigned === undefined ? {} : { autoAssigned }),
            ...(cover === undefined ? {} : { cover }),
          })
        }),
      ),
      lint: orgNotes.lint.handler(({ input, errors }) =>
        answering(errors, () => lintText(deskOf(deps), input.text, input.accountId)),
      ),
      saveDraft: orgNotes.saveDraft.handler(({ input, errors }) =>
        answering(errors, () => ({ savedAt: saveOrgNoteDraft(deskOf(deps), input.accountId, input.text) })),
      ),
      previewMergeRequest: orgNotes.previewMergeRequest.handler(({ input, errors }) =>
        answering(errors, () => previewNoteRequest(requestDeskOf(deps), input)),
      ),
      findProject: orgNotes.findProject.handler(({ input, errors }) =>
        answering(errors, () => findOrganizationsProject(requestDeskOf(deps), input.path)),
      ),
      findPeople: orgNotes.findPeople.handler(({ input, errors }) =>
        answering(errors, async () => ({ people: await findManagers(requestDeskOf(deps), input.name) })),
      ),
    },
  }
}

function deskOf({ session, policy }: RouterDeps): OrgNoteDesk {
  const { db, workspace } = session()
  return { db, policy: policy(), now: workspace.clock.now() }
}

function requestDeskOf(deps: RouterDeps): NoteRequestDesk {
  const { sources, outbox, workspace } = deps.session()
  const gitlab = sources?.gitlab
  const { organizationsProject, gitlabManager } = deps.settings.get()
  const { source } = workspace
  const sample = source.kind === 'sample' ? source.simulator?.workspace : undefined
  return {
    ...deskOf(deps),
    gitlab: gitlab ? { writes: gitlab.writes, files: gitlab.files, identity: gitlab.identity } : null,
    project: organizationsProject ?? sample?.organizationsProject ?? null,
    manager: gitlabManager ?? sample?.gitlabManager ?? null,
    preview: (intents) => outbox.preview(intents),
  }
}
