import { useEffect } from 'react'
import { QueryClientProvider, useQuery } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { CSPProvider } from '@base-ui/react/csp-provider'
import { Toast } from '@base-ui/react/toast'
import { useConnectionStatus, useWindow, WindowContext } from '../api/window-context.tsx'
import { KeyboardProvider } from '../ui/keyboard.tsx'
import type { AppWindow } from './app-window.ts'
import { ConnectingScreen, RefusedScreen } from './connection-screens.tsx'
import { ToastList } from './toast-list.tsx'

/** The window. What it is made of comes from outside, so that tests can watch every part. */
export function App({ appWindow }: { readonly appWindow: AppWindow }) {
  const { services, queryClient, router, keyboard, toasts } = appWindow
  useEffect(() => {
    document.addEventListener('keydown', keyboard.handle)
    return () => document.removeEventListener('keydown', keyboard.handle)
  }, [keyboard])
  return (
    // SECURITY: the page's policy allows no inline style elements, so no part may make one.
    <CSPProvider disableStyleElements>
      <QueryClientProvider client={queryClient}>
        <WindowContext value={services}>
          <KeyboardProvider value={keyboard}>
            <Toast.Provider toastManager={toasts} limit={3}>
              <Connected>
                <RouterProvider router={router} />
                <ToastList />
              </Connected>
            </Toast.Provider>
          </KeyboardProvider>
        </WindowContext>
      </QueryClientProvider>
    </CSPProvider>
  )
}

/** The screens, or what stands in their way: no token, or no service yet. */
function Connected({ children }: { readonly children: React.ReactNode }) {
  const connection = useConnectionStatus()
  useTheme()
  if (connection === 'refused') return <RefusedScreen />
  if (connection === 'connecting') return <ConnectingScreen />
  return children
}

/** Follows the theme that was chosen; `system` leaves it to the system. */
function useTheme(): void {
  const { queries } = useWindow()
  const { data: theme } = useQuery({ ...queries.settings(), select: (settings) => settings.theme })
  useEffect(() => {
    if (theme === undefined || theme === 'system') delete document.documentElement.dataset['theme']
    else document.documentElement.dataset['theme'] = theme
  }, [theme])
}
