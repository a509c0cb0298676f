import { join } from 'node:path'
import { pino } from 'pino'
import type { Log } from '../ports.ts'
import { createRedaction } from './redaction.ts'
import { createRotatingFile, type LineSink } from './rotating-file.ts'

const maxFileBytes = 5 * 1024 * 1024

/** A log that can be told of secrets. */
export interface HidingLog extends Log {
  /** From now on this value appears nowhere in the log. */
  hide(secret: string): void
}

/** A log of JSON lines, written at once, without secrets. */
export function createLog(sink: LineSink, level: 'debug' | 'info' | 'warn' | 'error'): HidingLog {
  const redaction = createRedaction()
  const logger = pino(
    {
      level,
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      // SECURITY: fields by their names first, then the finished line by its values, whatever field they hid in.
      formatters: { level: (label) => ({ level: label }), log: (fields) => redaction.fields(fields) },
      // pino's own would run after the redaction and take errors apart again.
      serializers: { err: (value: unknown) => value },
    },
    { write: (line: string) => sink.write(redaction.line(line)) },
  )
  return {
    debug: (fields, message) => logger.debug(fields, message),
    info: (fields, message) => logger.info(fields, message),
    warn: (fields, message) => logger.warn(fields, message),
    error: (fields, message) => logger.error(fields, message),
    hide: (secret) => redaction.hide(secret),
  }
}

/** The log of a window's host: `understudy.log` in the data folder, two files of 5 MB at most. */
export function createFileLog(dataDir: string): HidingLog {
  return createLog(createRotatingFile(join(dataDir, 'understudy.log'), maxFileBytes), 'info')
}

/** The log of a command: only what went wrong, on standard error. */
export function createErrorLog(stderr: LineSink): HidingLog {
  return createLog(stderr, 'warn')
}
