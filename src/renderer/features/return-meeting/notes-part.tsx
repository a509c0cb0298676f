import { Link } from '@tanstack/react-router'
import type { ReturnMeeting } from '#contract/returns.ts'
import type { ReturnNotice, ReturnWrapUp } from '#contract/return-wrap-up.ts'
import { Copyable } from '../../ui/copyable.tsx'
import { CallNote } from './call-note.tsx'
import { CoverageIssue } from './coverage-issue.tsx'
import { Caution } from '../../ui/notice.tsx'
import styles from './wrap-up.module.css'

/** What is written down: the meeting as a call, the organization note, the issue of the absence, and the texts that others get. */
export function Notes({ meeting, wrapUp }: { readonly meeting: ReturnMeeting; readonly wrapUp: ReturnWrapUp }) {
  const { coverageIssue, notices } = wrapUp
  return (
    <div className={styles.blocks}>
      <CallNote coverageId={meeting.coverageId} call={wrapUp.call} />
      <OrgNote meeting={meeting} tells={wrapUp.orgNoteTells} />
      {coverageIssue && <CoverageIssue coverageId={meeting.coverageId} issue={coverageIssue} />}
      {notices.length > 0 && <Notices notices={notices} />}
    </div>
  )
}

/** Where the text about the absence is taken out of the note that Zendesk puts into every ticket. */
function OrgNote({ meeting, tells }: { readonly meeting: ReturnMeeting; readonly tells: boolean }) {
  const { accountId, accountName } = meeting
  return (
    <section aria-labelledby="wrap-up-org-note" className={styles.block}>
      <h3 id="wrap-up-org-note">Organization note</h3>
      {tells ? (
        <Caution>
          The note on tickets of {accountName} still tells of this absence.{' '}
          <Link to="/accounts/$accountId/org-note" params={{ accountId: String(accountId) }}>
            Ask for its removal
          </Link>
        </Caution>
      ) : (
        <p className={styles.soft}>It does not tell of this absence.</p>
      )}
    </section>
  )
}

function Notices({ notices }: { readonly notices: readonly ReturnNotice[] }) {
  return (
    <section aria-labelledby="wrap-up-notices" className={styles.block}>
      <h3 id="wrap-up-notices">Notices</h3>
      <p className={styles.soft}>To copy. Understudy sends none of them.</p>
      {notices.map(({ to, subject, text }) => (
        <div key={to} className={styles.notice}>
          <p>
            To <strong>{to}</strong>: {subject}
          </p>
          <Copyable name={`the notice to ${to}`} text={text} />
        </div>
      ))}
    </section>
  )
}
