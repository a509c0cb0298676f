/**
 * Ends this process, as by SIGTERM, once what started it is gone. npm starts scripts through a shell, and a shell that is ended does
 * not tell its program: it would run on with nobody to stop it.
 */
export function endWhenOrphaned() {
  // Started by hand, it may well outlive the shell it came from.
  if (!process.env['npm_lifecycle_event']) return
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    process.kill(process.pid, 'SIGTERM')
  }, 250)
  timer.unref()
}
