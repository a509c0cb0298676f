import type { OrgNotePolicy } from './org-note-policy.ts'

/** What a policy wants of organization notes otherwise than another one, a sentence at most. */
export function orgNoteDifferences(policy: OrgNotePolicy, other: OrgNotePolicy): string[] {
  const asked = ({ questions }: OrgNotePolicy) => questions.map(({ question }) => question).join('\n')
  if (asked(policy) !== asked(other)) {
    return [`An organization note ${demandWords(policy)}, and no longer ${demandWords(other)}.`]
  }
  const isSame = JSON.stringify(policy.questions) === JSON.stringify(other.questions)
  return isSame && policy.temporary.text === other.temporary.text ? [] : ['Other words for organization notes.']
}

function demandWords({ questions }: OrgNotePolicy): string {
  const fixed = questions.filter(({ kind }) => kind === 'fixed').length
  const count = questions.length - fixed
  const answers = `answers ${count} ${count === 1 ? 'question' : 'questions'}`
  return fixed === 0 ? answers : `${answers} and says ${fixed} ${fixed === 1 ? 'thing' : 'things'} of every account`
}
