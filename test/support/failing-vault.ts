import type { SecretVault } from '#service/ports.ts'

/** A vault that survives restarts, refuses to write when told, and stands still as it does when the computer is switched off. */
export interface FailingVault {
  /** The vault as the running app has it. */
  readonly vault: SecretVault
  /** What lies in it. */
  readonly kept: ReadonlyMap<string, string>
  refuseWrites(refuse: boolean): void
  /** After so many more writes the app dies: the next is not done, and nothing is answered to this app any more. Resolves when it does. */
  dieAfter(writes: number): Promise<void>
  /** The same vault as the next start finds it. */
  restart(): SecretVault
}

/** Creates an empty one. */
export function createFailingVault(): FailingVault {
  const kept = new Map<string, string>()
  let refusing = false
  let left = Number.POSITIVE_INFINITY
  let running: { isDead: boolean } = { isDead: false }
  let death = Promise.withResolvers<void>()

  function open(): SecretVault {
    const app = { isDead: false }
    running = app
    const answer = async <Result>(work: () => Result): Promise<Result> => {
      if (app.isDead) return new Promise(() => undefined)
      return work()
    }
    const write = async (work: () => void): Promise<void> => {
      if (left <= 0) {
        app.isDead = true
        death.resolve()
      }
      left -= 1
      return answer(() => {
        if (refusing) throw new Error(`the keychain is locked, cannot write ${[...kept.values()].join(' ')}`)
        work()
      })
    }
    return {
      get: (key) => answer(() => kept.get(key)),
      set: (key, secret) => write(() => void kept.set(key, secret)),
      delete: (key) => write(() => void kept.delete(key)),
      describe: () => ({ kind: 'failing', persistent: true, protected: true }),
    }
  }

  let vault = open()
  return {
    kept,
    get vault() {
      return vault
    },
    refuseWrites: (refuse) => void (refusing = refuse),
    dieAfter(writes) {
      left = writes
      death = Promise.withResolvers<void>()
      return death.promise
    },
    restart() {
      running.isDead = true
      left = Number.POSITIVE_INFINITY
      vault = open()
      return vault
    },
  }
}
