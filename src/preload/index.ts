import { ipcRenderer } from 'electron'

/** Channel and message that carry the port; the page's desktop door waits for the same word. */
const portMessage = 'understudy:port'

// SECURITY: the page gets a message port and nothing else: no bridge, no function, no object of Electron.
ipcRenderer.on(portMessage, ({ ports }) => {
  const [port] = ports
  if (port) window.postMessage(portMessage, location.origin, [port])
})
