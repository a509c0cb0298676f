import { RemoteFailure } from '../transport/remote-failure.ts'

/** Asks for a project by its path or id; one that was moved is asked for by its id at our own host. */
export async function followingMoves<Result>(
  idOrPath: number | string,
  ask: (idOrPath: number | string) => Promise<Result>,
): Promise<Result> {
  try {
    return await ask(idOrPath)
  } catch (error) {
    const id = error instanceof RemoteFailure ? movedTo(error) : null
    if (id === null) throw error
    return ask(id)
  }
}

/** The id in the address of a moved project; only that of it is followed. */
function movedTo({ status, location }: RemoteFailure): number | null {
  if (status !== 301 && status !== 302 && status !== 307 && status !== 308) return null
  const id = Number(/\/projects\/(\d{1,15})(?:[/?]|$)/.exec(location ?? '')?.[1] ?? 0)
  return id > 0 ? id : null
}
