import type { Simulator } from '#simulator/create-simulator.ts'

/**
 * A fetch that gives up as soon as the simulator has decided not to answer, where a real one would wait for half a minute. For one
 * call at a time.
 */
export function impatientFetch(simulator: Pick<Simulator, 'record'>): typeof fetch {
  const newest = () => simulator.record().at(-1)
  return async (input, init) => {
    const before = newest()
    const givenUp = new AbortController()
    const look = setInterval(() => {
      const last = newest()
      if (last !== before && last?.status === 0) givenUp.abort()
    }, 1)
    try {
      return await fetch(input, { ...init, signal: givenUp.signal })
    } finally {
      clearInterval(look)
    }
  }
}
