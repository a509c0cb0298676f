import { createRoot } from 'react-dom/client'
import { createHashHistory } from '@tanstack/react-router'
import { createDesktopDoor } from './api/desktop-door.ts'
import { adoptTokenFromAddress, createWebDoor } from './api/web-door.ts'
import { createBrowserNotifications } from './api/browser-notifications.ts'
import { App } from './app/app.tsx'
import { createAppWindow } from './app/app-window.ts'
import './styles/tokens.css'
import './styles/base.css'

// SECURITY: the token leaves the address bar before the router, or anything else, reads the address.
adoptTokenFromAddress(window)

const root = document.getElementById('root')
if (root) {
  const appWindow = createAppWindow({
    door: location.protocol === 'app:' ? createDesktopDoor(window) : createWebDoor(window),
    history: createHashHistory(),
    notifications: createBrowserNotifications(window),
    draftStorage: () => window.localStorage,
  })
  appWindow.start()
  createRoot(root).render(<App appWindow={appWindow} />)
}
