import type { GitlabMode } from '#contract/gitlab-connection.ts'

/** What a mode means for the person, as a sentence. */
export const modeWords: Readonly<Record<GitlabMode, string>> = {
  'read-only':
    'Understudy reads issues and epics and keeps them in step. It sends nothing to GitLab: issues, comments and labels are yours to make there.',
  'read-write':
    'Understudy reads issues and epics, and sends a change only when you press Send under what exactly is changed and who sees it.',
}
