import { useCallback } from 'react'
import { Toast } from '@base-ui/react/toast'
import { useWindow } from '../api/window-context.tsx'

/** Opens an address outside of Understudy. The service decides which may be opened; for others the address is shown to copy. */
export function useOpenExternal(): (address: string) => void {
  const { connection } = useWindow()
  const { add } = Toast.useToastManager()
  return useCallback(
    (address) => {
      // SECURITY: the window never navigates anywhere; only the service, which has the allow-list, opens addresses.
      connection.client.app.openExternal({ url: address }).catch(() => {
        add({
          title: 'This address was not opened',
          description: `It does not belong to your Zendesk or GitLab. To go there all the same, copy it: ${address}`,
          timeout: 20_000,
        })
      })
    },
    [connection, add],
  )
}
