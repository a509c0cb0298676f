import { EventEmitter } from 'node:events'

/** Listens like an emitter of Electron; the test fires the events. */
export class EmitterStandIn {
  readonly #emitter = new EventEmitter()

  // Electron types every event apart and answers the emitter itself. A stand-in that can stand for any emitter takes all and promises nothing.
  on(event: string, listener: (...details: never[]) => void): never {
    this.#emitter.on(event, listener as (...details: unknown[]) => void)
    return this as never
  }

  once(event: string, listener: (...details: never[]) => void): never {
    this.#emitter.once(event, listener as (...details: unknown[]) => void)
    return this as never
  }

  /** Fires an event at whoever listens. Answers whether anybody did. */
  fire(event: string, ...details: readonly unknown[]): boolean {
    return this.#emitter.emit(event, ...details)
  }
}
