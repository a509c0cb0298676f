import { useMutation } from '@tanstack/react-query'
import { Toast } from '@base-ui/react/toast'
import { useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { errorWords } from '../../ui/error-words.ts'
import { useNotificationPermission } from '../../ui/use-notification-permission.ts'
import styles from './settings.module.css'

const made = { tag: 'test-alert', title: 'A test from Understudy', urgent: false } as const
const body = 'Alerts reach you like this one.'

/** Shows an alert about nothing, to see whether the system lets it through, and says who showed it. */
export function TestAlert() {
  const { queries, notifications } = useWindow()
  const permission = useNotificationPermission()
  const { add } = Toast.useToastManager()
  const { mutate, data, error, isPending } = useMutation({
    ...queries.procedures.alerts.test.mutationOptions(),
    onSuccess: ({ shownBy }) => {
      if (shownBy === 'system') return
      add({ id: made.tag, title: made.title, description: body })
      if (permission === 'granted') notifications.show({ ...made, body }, () => {})
    },
  })
  const words = data?.shownBy === 'window' && permission !== 'granted' ? `${data.words} ${onlyHere}` : data?.words
  return (
    <div>
      <Button icon="bell" disabled={isPending} onClick={() => mutate({})}>
        Show a test alert
      </Button>
      <p role="status" className={error ? styles.problem : styles.hint}>
        {error ? errorWords(error) : words}
      </p>
    </div>
  )
}

const onlyHere = 'The browser shows none outside of it.'
