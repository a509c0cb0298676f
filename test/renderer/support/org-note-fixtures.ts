import type { OrgNotePolicy } from '#core/org-note/org-note-policy.ts'

const said = (id: string, question: string, sign: string) => ({
  ...{
    id,
    kind: 'question' as const,
    question,
    whenAssigned: '',
    whenNotAssigned: '',
    signs: [sign],
    source: 'handbook',
  },
})

/** Two questions that a note has to answer. */
export const someNoteRules: OrgNotePolicy = {
  ...{ source: 'handbook', opening: '', temporary: { text: '', source: 'handbook' } },
  questions: [said('ase', 'Who is the ASE?', 'is the ASE'), said('emergency', 'What about emergencies?', 'emergenc')],
}
