import { closeSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs'

/** Takes finished lines. */
export interface LineSink {
  write(line: string): void
}

/**
 * A log file that is moved to `<name>.1.log` when it is full and started anew, so that two files are the most there are.
 * Writes at once, so that the last words before a crash are there. A disk that refuses silences the log, never the app.
 *
 * @param path Ends in `.log`.
 */
export function createRotatingFile(path: string, maxBytes: number): LineSink {
  const older = path.replace(/\.log$/, '.1.log')
  let file: number | undefined
  let size = 0

  function open(): number {
    // SECURITY: log lines name accounts and tickets; only this user may read them.
    const opened = openSync(path, 'a', 0o600)
    size = fstatSync(opened).size
    return opened
  }

  function rotate(): void {
    if (file !== undefined) closeSync(file)
    file = undefined
    renameSync(path, older)
  }

  return {
    write(line) {
      try {
        file ??= open()
        const bytes = Buffer.from(line)
        if (size > 0 && size + bytes.length > maxBytes) {
          rotate()
          file = open()
        }
        size += writeSync(file, bytes)
      } catch {
        // Nowhere is left to say it.
      }
    },
  }
}
