import { onTestFinished } from 'vitest'
import { startProcess, type Running } from './start-process.ts'

/** A web host as a process of its own. */
export interface RunningWeb extends Running {
  readonly url: string
}

/** Starts the web host without a browser on a free port and waits for its address. It is killed when the test is over. */
export async function startWeb(dataDir: string, args: readonly string[] = ['--port', '0']): Promise<RunningWeb> {
  const running = startProcess('src/main/web/index.ts', ['--no-open', '--data-dir', dataDir, ...args])
  onTestFinished(() => void running.child.kill('SIGKILL'))
  const line = await running.line(/^Understudy is open at /)
  return { ...running, url: line.slice('Understudy is open at '.length) }
}
