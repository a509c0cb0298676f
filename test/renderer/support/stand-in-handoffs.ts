import type { z } from 'zod'
import type { HandoffDetail, HandoffTicket, handoffIssue } from '#contract/handoffs.ts'
import { aPreview } from './connection-fixtures.ts'
import { now } from './fixtures.ts'
import type { StandInImplementer } from './stand-in-implementer.ts'
import type { StandInState } from './stand-in-state.ts'

/** Keeps handoffs as the service does, as far as the window sees it; nothing is worked out from tickets. */
export function handoffProcedures(os: StandInImplementer, state: StandInState) {
  const { handoffs } = os
  const find = (id: string, lacks: (what: { data: { what: string; id: string } }) => Error): HandoffDetail => {
    const handoff = state.handoffs.find((candidate) => candidate.id === id)
    if (!handoff) throw lacks({ data: { what: 'handoff', id } })
    return handoff
  }
  const keep = (handoff: HandoffDetail): HandoffDetail => {
    state.handoffs = [...state.handoffs.filter(({ id }) => id !== handoff.id), handoff]
    return handoff
  }
  const put = (handoff: HandoffDetail, ticketId: number, part: Partial<HandoffTicket>): HandoffDetail =>
    keep({
      ...handoff,
      lines: handoff.lines.map((line) => (line.ticketId === ticketId ? { ...line, ...part } : line)),
    })
  const nameOf = (id: number | undefined) => (id === 21 ? 'Marta Lindqvist' : 'Tom Okafor')
  return {
    list: handoffs.list.handler(() => ({ packets: state.packets, now })),
    get: handoffs.get.handler(({ input, errors }) => find(input.handoffId, errors.NOT_FOUND)),
    begin: handoffs.begin.handler(({ input }) => {
      state.packets = state.packets.map((packet) =>
        packet.absenceId === input.absenceId
          ? { ...packet, accounts: packet.accounts.map((row) => ({ ...row, state: 'preparing' as const })) }
          : packet,
      )
      return { ids: ['p-marta--2'] }
    }),
    ...savingProcedures(os, { find, keep, put }),
    teachBack: handoffs.teachBack.handler(({ input, errors }) =>
      put(find(input.handoffId, errors.NOT_FOUND), input.ticketId, {
        teachBack: { words: input.words, byName: nameOf(input.speaker?.id ?? 10), at: now, current: true },
        ...{ verdict: null, reviewedAt: now, reviewedByName: 'Tom Okafor', stale: [] },
      }),
    ),
    judge: handoffs.judge.handler(({ input, errors }) => {
      const { accepted, words, speaker } = input
      const verdict = { accepted, words, byName: nameOf(speaker?.id ?? 21), at: now, current: true }
      return put(find(input.handoffId, errors.NOT_FOUND), input.ticketId, { verdict })
    }),
    review: handoffs.review.handler(({ input, errors }) =>
      put(find(input.handoffId, errors.NOT_FOUND), input.ticketId, {
        ...{ reviewedAt: now, reviewedByName: 'Tom Okafor', stale: [] },
      }),
    ),
    accept: handoffs.accept.handler(({ input, errors }) => {
      const handoff = find(input.handoffId, errors.NOT_FOUND)
      if (input.state === 'accepted' && input.hash !== handoff.hash) {
        const reason = 'Something was written meanwhile: look at it, then accept.'
        throw errors.REFUSED({ message: reason, data: { reason } })
      }
      const { state: to, words, hash, speaker } = input
      return keep({
        ...handoff,
        state: to === 'withdrawn' ? 'in-review' : to,
        ownerWords:
          to === 'accepted' ? 'Tom Okafor takes Fabrikam Health over on Mon 7 Dec, 00:00.' : handoff.ownerWords,
        acceptance: { state: to, words, hash, byName: nameOf(speaker?.id), at: now, changedSince: [] },
      })
    }),
    resolve: handoffs.resolve.handler(({ input, errors }) => {
      const handoff = find(input.handoffId, errors.NOT_FOUND)
      return keep({ ...handoff, conflictList: handoff.conflictList.filter(({ field }) => field !== input.field) })
    }),
    ...sharingProcedures(os, state),
  }
}

/** Each save is refused where what stands there has another base. */
function savingProcedures(
  { handoffs }: StandInImplementer,
  book: {
    find: (id: string, lacks: (what: { data: { what: string; id: string } }) => Error) => HandoffDetail
    keep: (handoff: HandoffDetail) => HandoffDetail
    put: (handoff: HandoffDetail, ticketId: number, part: Partial<HandoffTicket>) => HandoffDetail
  },
) {
  const refusal = { message: 'It was written in another window.', data: { reason: 'refused' } }
  let saves = 0
  const nextBase = () => `s${(saves += 1)}`
  return {
    saveLine: handoffs.saveLine.handler(({ input, errors }) => {
      const handoff = book.find(input.handoffId, errors.NOT_FOUND)
      const ticket = handoff.lines.find(({ ticketId }) => ticketId === input.ticketId)
      if (ticket?.lineBase !== input.base) throw errors.REFUSED(refusal)
      const { severity, story } = input.line
      const base = nextBase()
      const missing = [...(severity === null ? ['severity'] : []), ...(story === '' ? ['story'] : [])]
      book.put(handoff, input.ticketId, { line: input.line, lineBase: base, missing })
      return { base }
    }),
    saveText: handoffs.saveText.handler(({ input, errors }) => {
      const handoff = book.find(input.handoffId, errors.NOT_FOUND)
      const before = handoff.texts[input.text]
      if (before.base !== input.base) throw errors.REFUSED(refusal)
      const base = nextBase()
      book.keep({ ...handoff, texts: { ...handoff.texts, [input.text]: { ...before, value: input.value, base } } })
      return { base }
    }),
  }
}

/** Out and in, as texts and as issues of GitLab: nothing is written anywhere. */
function sharingProcedures({ handoffs }: StandInImplementer, state: StandInState) {
  const standing = (handoffId: string): z.infer<typeof handoffIssue> => ({
    ...{ issue: null, order: null, toSend: false, waiting: null, takenIn: null },
    project: state.settings.coverageProject,
    ...state.handoffIssues.get(handoffId),
  })
  return {
    export: handoffs.export.handler(({ input }) => ({
      fileName: `handoff.${{ file: 'json', markdown: 'md', page: 'html' }[input.as]}`,
      text: `# Handoff of ${input.handoffIds.length}\n\nas ${input.as}`,
    })),
    import: handoffs.import.handler(() => state.handoffImport),
    issue: handoffs.issue.handler(({ input }) => standing(input.handoffId)),
    previewIssue: handoffs.previewIssue.handler(({ input, errors }) => {
      const { issue, project, waiting } = standing(input.handoffId)
      const description = `# Handoff\n\n${input.handoffId}`
      const along = { changes: waiting?.changes ?? [], conflicts: [] }
      if (issue && !input.another) {
        const { projectId, iid } = issue
        return { preview: aPreview({ kind: 'issue-text', projectId, iid, description }, state.preview), along }
      }
      if (project === null) {
        const reason = 'Name the project in which coverage issues are opened, in Settings under Work.'
        throw errors.REFUSED({ message: reason, data: { reason } })
      }
      const intent = {
        ...{ kind: 'create-issue' as const, projectId: 7, title: 'Handoff of Fabrikam Health', description },
        ...{ labels: [], assigneeIds: [], confidential: true, dueDate: null },
      }
      return { preview: aPreview(intent, state.preview), along }
    }),
    fetch: handoffs.fetch.handler(() => state.handoffImport),
  }
}
