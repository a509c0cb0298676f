import type { Session } from '../session.ts'
import type { ConnectionRecords, Records } from './connection-record.ts'
import type { KeptSecret } from './kept-secret.ts'

/** Opens another workspace in place of the present one, or the same one with other sources. */
export interface WorkspaceChange {
  /** The last that is done with what is left. When it throws, everything stays as it was. */
  leave(former: Session): Promise<void>
  /** Calls to the next workspace's Zendesk that were made already, which count. */
  calledAt(): readonly number[]
  /** The first that is done with what is opened. */
  enter(next: Session): void
}

/** What changes which workspace is served. */
export interface WorkspaceSwitch {
  readonly records: ConnectionRecords
  /** Opens the workspace that is right by the records; one change at a time. When it fails, the present one goes on. */
  readonly switchWorkspace: (change: WorkspaceChange) => Promise<Session>
}

/** A sign-in that is to be used from now on. */
export interface NewSignIn extends WorkspaceChange {
  readonly cancelled: AbortSignal
  /** The last that is done before the secret is put in its place. When it throws, nothing is changed. */
  prepare(): Promise<unknown>
  /** What was, or is to be, kept in the vault. */
  readonly secret: KeptSecret
  readonly changes: Partial<Records>
  /** Ends the sign-in that will not be used after all. */
  drop(): Promise<unknown>
}

/**
 * Puts a new sign-in in the place of the former: secret, record and workspace, or none of them.
 *
 * @throws what kept it from being done; by then everything is as it was and the new sign-in is dropped.
 */
export async function adoptSignIn({ records, switchWorkspace }: WorkspaceSwitch, signIn: NewSignIn): Promise<Session> {
  const before = records.read()
  try {
    signIn.cancelled.throwIfAborted()
    await signIn.prepare()
    await signIn.secret.keep()
    records.write(signIn.changes)
    return await switchWorkspace(signIn)
  } catch (error) {
    records.write(before)
    await signIn.drop().catch(() => undefined)
    await signIn.secret.putBack()
    throw error
  }
}

/**
 * Takes something that is connected out of the records and opens the workspace that is right then.
 *
 * @param leave ends the sign-in. When it throws, everything stays as it was.
 */
export async function leaveSignIn(
  { records, switchWorkspace }: WorkspaceSwitch,
  changes: Partial<Records>,
  leave: (former: Session) => Promise<void>,
): Promise<void> {
  const before = records.read()
  records.write(changes)
  try {
    await switchWorkspace({ leave, calledAt: () => [], enter: () => undefined })
  } catch (error) {
    records.write(before)
    throw error
  }
}

/** Does one thing after the other, whatever became of the one before. */
export function createQueue() {
  let queue: Promise<unknown> = Promise.resolve()
  return <Result>(work: () => Promise<Result>): Promise<Result> => {
    const result = queue.then(work)
    queue = result.catch(() => undefined)
    return result
  }
}
