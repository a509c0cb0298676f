import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Problem } from '../../ui/notice.tsx'
import styles from './connections.module.css'

/** A sign-in that came to nothing: why, and what to do now. */
export function FailedSignIn(props: {
  readonly signIn: { readonly url: string; readonly problem: string | null }
  /** What trying again, or choosing another way, failed with. */
  readonly error: Error | null
  readonly disabled: boolean
  readonly onAgain: () => void
  readonly onOtherWay: () => void
}) {
  const { signIn, error, disabled, onAgain, onOtherWay } = props
  return (
    <div className={styles.form}>
      <p role="alert" className={styles.failed}>
        <Icon name="alert" size={14} />
        <span>
          <strong>Signing in to {new URL(signIn.url).host} did not work.</strong>{' '}
          {signIn.problem ?? 'No reason was given.'}
        </span>
      </p>
      <Problem error={error} />
      <div className={styles.buttons}>
        <Button look="primary" icon="key" disabled={disabled} onClick={onAgain}>
          Try again
        </Button>
        <Button disabled={disabled} onClick={onOtherWay}>
          Choose another way
        </Button>
      </div>
    </div>
  )
}
