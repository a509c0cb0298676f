import type { OrgNoteView } from '#contract/org-notes.ts'
import { lintNote } from '#core/org-note/lint-note.ts'
import { aPreview } from './connection-fixtures.ts'
import { now } from './fixtures.ts'
import { someNoteRules } from './org-note-fixtures.ts'
import type { StandInImplementer } from './stand-in-implementer.ts'
import type { StandInState } from './stand-in-state.ts'

/** Organization notes as far as the window sees them: held against two questions, nothing is written anywhere. */
export function orgNoteProcedures({ orgNotes }: StandInImplementer, state: StandInState) {
  const facts = { now, timeZone: 'UTC', ase: null, restrictedName: null }
  const lint = (text: string) => {
    const { answered, of, questions, warnings } = lintNote(text, someNoteRules, facts)
    return {
      ...{ answered, of },
      questions: questions.map((one) => ({ ...one, answers: [...one.answers] })),
      warnings: [...warnings],
    }
  }
  const view = (accountId: number): OrgNoteView => {
    const note = state.orgNote.note === undefined ? 'Dana is the ASE.\n' : state.orgNote.note
    return {
      accountId,
      ...{ accountName: 'Northwind Logistics', aseName: 'Dana Whitfield', restricted: false, changedAt: now },
      ...{ edition: 'Handbook of April 2025', draft: null, autoAssigned: true, covers: [], removal: null, now },
      ...state.orgNote,
      note,
      lint: note === null ? null : lint(note),
    }
  }
  return {
    get: orgNotes.get.handler(({ input }) => view(input.accountId)),
    compose: orgNotes.compose.handler(({ input }) => {
      const cover = input.cover ? `\n\nUntil ${input.cover.until}, ${input.cover.name} covers.` : ''
      const text = `Dana is the ASE.${cover}\n\nThe on-call engineer takes emergencies.\n`
      return { text, missing: ['The working hours of Dana are not known here.'], lint: lint(text) }
    }),
    lint: orgNotes.lint.handler(({ input }) => lint(input.text)),
    saveDraft: orgNotes.saveDraft.handler(({ input }) => {
      const draft = input.text === '' ? null : { text: input.text, savedAt: now }
      state.orgNote = { ...state.orgNote, draft }
      return { savedAt: draft && now }
    }),
    previewMergeRequest: orgNotes.previewMergeRequest.handler(({ input, errors }) => {
      if (input.text.includes('refused')) {
        const reason = 'Name the project of organization notes, in Settings under Work.'
        throw errors.REFUSED({ message: reason, data: { reason } })
      }
      const intent = {
        ...{ kind: 'file-change' as const, projectId: 8, path: 'organizations/northwind.yaml', content: input.text },
        ...{
          by: 'merge-request' as const,
          title: 'Org note of Northwind Logistics',
          description: '',
          assigneeIds: [9],
        },
      }
      return {
        preview: aPreview(intent, state.preview),
        ...{ before: view(input.accountId).note ?? '', after: input.text, path: intent.path, exists: true },
        project: {
          ...{ id: 8, path: 'support/organizations', url: 'https://gitlab.example.com/support/organizations' },
          ...{ customerSees: { visible: false, words: 'Colleagues see it.' }, mayWrite: true },
        },
      }
    }),
    findProject: orgNotes.findProject.handler(({ input, errors }) => {
      if (input.path.includes('none'))
        throw errors.REFUSED({ message: 'GitLab does not show it.', data: { reason: '' } })
      const visible = input.path.startsWith('collab/')
      return {
        ...{ id: 8, path: input.path, url: `https://gitlab.example.com/${input.path}`, mayWrite: true },
        customerSees: { visible, words: visible ? 'Customers see it.' : 'Colleagues see it.' },
      }
    }),
    findPeople: orgNotes.findPeople.handler(({ input }) => ({
      people: [
        { id: 9, username: 'rlindqvist', name: 'Renate Lindqvist' },
        { id: 10, username: 'rlind', name: 'Rita Lind' },
      ].filter(({ username, name }) =>
        `${username} ${name}`.toLowerCase().includes(input.name.replace(/^@/, '').toLowerCase()),
      ),
    })),
  }
}
