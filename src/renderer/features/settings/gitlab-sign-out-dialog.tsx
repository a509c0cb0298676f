import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Toast } from '@base-ui/react/toast'
import type { GitlabConnection } from '#contract/gitlab-connection.ts'
import { useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { DialogFrame } from '../../ui/dialog-frame.tsx'
import { Problem } from '../../ui/notice.tsx'

const words = {
  oauth: {
    asking: 'Understudy ends its sign-in at GitLab and forgets it here.',
    notRevoked:
      'GitLab could not be told. The sign-in is forgotten here; in GitLab, end it under Preferences › Applications.',
  },
  token: {
    asking: 'Understudy forgets the token; in GitLab it stays good until it ends or you revoke it.',
    notRevoked: 'The token is forgotten here. In GitLab it stays good until it ends or you revoke it.',
  },
} as const

/** Asks before GitLab is taken out of the workspace. */
export function GitlabSignOutDialog(props: { readonly gitlab: GitlabConnection; readonly onClose: () => void }) {
  const { gitlab, onClose } = props
  const { host } = new URL(gitlab.url)
  const { queries } = useWindow()
  const queryClient = useQueryClient()
  const { add } = Toast.useToastManager()
  const { mutate, isPending, error } = useMutation({
    ...queries.procedures.connections.signOutGitlab.mutationOptions(),
    onSuccess: async ({ revoked }) => {
      onClose()
      add({
        title: `Signed out of ${host}`,
        description: revoked ? 'The sign-in was ended at GitLab too.' : words[gitlab.kind].notRevoked,
      })
      await queryClient.invalidateQueries()
    },
  })
  return (
    <DialogFrame
      title={`Sign out of ${host}?`}
      alarming
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Stay signed in</Button>
          <Button look="primary" disabled={isPending} onClick={() => mutate({})}>
            {isPending ? 'Signing out…' : 'Sign out'}
          </Button>
        </>
      }
    >
      <p>{words[gitlab.kind].asking} Issues are no longer read until you connect GitLab again.</p>
      <p>Tickets go on. Issues that were read before stay on this machine until you stop following their account.</p>
      <Problem error={error} />
    </DialogFrame>
  )
}
