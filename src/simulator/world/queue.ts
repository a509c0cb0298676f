/** Takes things out in the order of their instants; equal instants leave in the order they came. */
export interface HappeningQueue<T> {
  add(at: number, item: T): void
  /** The earliest thing at or before `instant`, removed, or undefined when nothing is due. */
  takeDue(instant: number): { readonly at: number; readonly item: T } | undefined
}

interface Entry<T> {
  readonly at: number
  readonly order: number
  readonly item: T
}

const before = (a: Entry<unknown>, b: Entry<unknown>): boolean => (a.at === b.at ? a.order < b.order : a.at < b.at)

/** An empty queue (a binary heap: a long run schedules tens of thousands of happenings). */
export function createQueue<T>(): HappeningQueue<T> {
  const heap: Entry<T>[] = []
  let order = 0
  const swap = (a: number, b: number): void => {
    const first = heap[a] as Entry<T>
    heap[a] = heap[b] as Entry<T>
    heap[b] = first
  }
  const isBefore = (a: number, b: number): boolean => before(heap[a] as Entry<T>, heap[b] as Entry<T>)
  return {
    add(at, item) {
      heap.push({ at, order: order++, item })
      let child = heap.length - 1
      while (child > 0 && isBefore(child, (child - 1) >> 1)) {
        swap(child, (child - 1) >> 1)
        child = (child - 1) >> 1
      }
    },
    takeDue(instant) {
      const first = heap[0]
      if (!first || first.at > instant) return undefined
      swap(0, heap.length - 1)
      heap.pop()
      let parent = 0
      for (;;) {
        let least = parent
        for (const child of [2 * parent + 1, 2 * parent + 2]) {
          if (child < heap.length && isBefore(child, least)) least = child
        }
        if (least === parent) return first
        swap(parent, least)
        parent = least
      }
    },
  }
}
