import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Toast } from '@base-ui/react/toast'
import type { ZendeskConnection, ZendeskSignInKind } from '#contract/connections.ts'
import { useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { DialogFrame } from '../../ui/dialog-frame.tsx'
import { Problem } from '../../ui/notice.tsx'

/** Asks before the sign-in is ended: signing in again may need an admin or a token that cannot be made any more. */
export function SignOutDialog(props: { readonly zendesk: ZendeskConnection; readonly onClose: () => void }) {
  const { zendesk, onClose } = props
  const host = new URL(zendesk.url).host
  const words = signOutWords(zendesk.kind)
  const { queries } = useWindow()
  const queryClient = useQueryClient()
  const { add } = Toast.useToastManager()
  const { data: unsettled } = useQuery(queries.unsettledChanges())
  const { mutate, isPending, error } = useMutation({
    ...queries.procedures.connections.signOutZendesk.mutationOptions(),
    onSuccess: async ({ revoked }) => {
      onClose()
      add({
        title: `Signed out of ${host}`,
        description: revoked ? 'The sign-in was ended at Zendesk too.' : words.notRevoked,
      })
      await queryClient.invalidateQueries()
    },
  })
  const { data: gitlab } = useQuery({ ...queries.connections(), select: (connections) => connections.gitlab })
  const waiting = unsettled?.waiting ?? 0
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
      <p>
        {words.asking} Nothing is read from Zendesk or sent to it until you sign in again.
        {gitlab && ' You are signed out of GitLab too: it belongs to this workspace.'}
      </p>
      <p>
        What was read before stays on this machine. It is shown again once you sign in to {host}; until then you see the
        sample workspace.
      </p>
      {waiting > 0 && (
        <p>
          <strong>{waiting === 1 ? '1 change waits' : `${waiting} changes wait`} to be sent.</strong> Nothing of it is
          lost: it goes out after you signed in again.
        </p>
      )}
      <Problem error={error} />
    </DialogFrame>
  )
}

/** An API token is not Understudy's to end: only an administrator can delete it. */
function signOutWords(kind: ZendeskSignInKind): { readonly asking: string; readonly notRevoked: string } {
  if (kind === 'api-token') {
    return {
      asking: 'Understudy forgets the token; in Zendesk it stays good until an administrator deletes it.',
      notRevoked: 'The token is forgotten here. In Zendesk it stays good until an administrator deletes it.',
    }
  }
  return {
    asking: 'Understudy ends its sign-in at Zendesk and forgets it here.',
    notRevoked:
      'Zendesk could not be told. The sign-in is forgotten here; in Zendesk it lasts until it ends by itself.',
  }
}
