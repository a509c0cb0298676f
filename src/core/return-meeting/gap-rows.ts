import { instantWords } from '../coverage/plan-words.ts'
import { overlapOf, type InstantMs } from '../instant.ts'
import type { ReturnRow, ReturnSetting } from './return-row.ts'
import { evidenceOf, rowOf, type SaidEvidence } from './row-parts.ts'
import { durationWords } from './row-words.ts'

/** What could not be seen of an account. */
export interface Unseen {
  /** Stretches over which a source was not read. */
  readonly off: readonly {
    readonly source: 'zendesk' | 'gitlab'
    readonly startsAt: InstantMs
    readonly endsAt: InstantMs
  }[]
  /** Since when a source was not read that should be, and why where that is known. */
  readonly behind: readonly {
    readonly source: 'zendesk' | 'gitlab'
    /** Null where the account was never read whole. */
    readonly readUntil: InstantMs | null
    readonly problem: string | null
  }[]
  /** Tickets whose conversation or history is not stored to its end. */
  readonly unread: readonly { readonly id: number; readonly subject: string; readonly updatedAt: InstantMs }[]
}

const names = { zendesk: 'Zendesk', gitlab: 'GitLab' } as const

const offWords = {
  zendesk:
    'What was written and changed was read afterwards. SLA clocks that began and ended in between may be missing',
  gitlab: 'What an issue was at the end was read afterwards. What changed to and fro in between may be missing',
} as const

/** What the list cannot tell, said first. */
export function gapRows({ off, behind, unread }: Unseen, setting: ReturnSetting): ReturnRow[] {
  const head = { kind: 'gap' as const, ticketId: null, issue: null }
  const clock = (at: InstantMs) => instantWords(at, setting.timeZone)
  const one = (key: string, subject: string, words: string, said: readonly SaidEvidence[]) =>
    rowOf(
      { ...head, key: `gap:${key}`, subject, words },
      said.map((each) => evidenceOf(each, setting)),
      setting,
    )
  return [
    ...off.flatMap(({ source, ...stretch }) => {
      const shared = overlapOf(stretch, setting)
      if (!shared) return []
      const { startsAt, endsAt } = shared
      const words = `Not read from ${clock(startsAt)} to ${clock(endsAt)}, ${durationWords(endsAt - startsAt)}`
      return one(`${source}/off/${startsAt}`, names[source], words, [{ at: startsAt, words: offWords[source] }])
    }),
    ...behind.flatMap(({ source, readUntil, problem }) => {
      if (readUntil !== null && readUntil >= setting.endsAt) return []
      const words = readUntil === null ? 'Not read to its end yet' : `Not read since ${clock(readUntil)}`
      const at = Math.max(readUntil ?? setting.startsAt, setting.startsAt)
      return one(`${source}/behind`, names[source], words, [
        { at, words: problem ?? 'What happened since is not in the list' },
      ])
    }),
    ...one(
      'unread',
      'Conversations and histories',
      `${unread.length} of them not read to the end: who did what, and when, may be missing`,
      unread.map(({ id, subject, updatedAt }) => ({ at: updatedAt, words: `#${id} ${subject}`, isExact: false })),
    ),
  ]
}
