import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { act, cleanup, renderHook } from '@testing-library/react'
import { createDrafts, type Drafts } from '#renderer/api/drafts.ts'
import { WindowContext, type WindowServices } from '#renderer/api/window-context.tsx'
import type { DraftPlace, StoredDraft } from '#renderer/ui/draft-keeper.ts'
import { useKeptDraft } from '#renderer/ui/use-kept-draft.ts'
import { memoryStorage } from '../support/memory-storage.ts'

interface Note {
  readonly words: string
  readonly lines: readonly string[]
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  onTestFinished(() => {
    cleanup()
    vi.useRealTimers()
  })
})

const note = (words: string): Note => ({ words, lines: [] })
const refusal = () => Object.assign(new Error('It was changed in another window.'), { code: 'REFUSED' })

/** A service that has one note, and counts its states. */
function aService(words = '') {
  const service = {
    stored: { document: note(words), base: 1 } as StoredDraft<Note>,
    /** Words of every save that came, and the state it was typed on. */
    saves: [] as (readonly [string, number])[],
    /** What comes before an answer; it may reject. */
    before: async (): Promise<void> => {},
    /** What happens to an answer that is ready; it may reject. */
    after: async (): Promise<void> => {},
    isClosed: false,
    heard: [] as number[],
    async save(document: Note, base: number) {
      service.saves.push([document.words, base])
      await service.before()
      if (service.isClosed || base !== service.stored.base) throw refusal()
      service.stored = { document, base: base + 1 }
      await service.after()
      return base + 1
    },
  }
  return service
}

const someDrafts = () => createDrafts(memoryStorage, () => 0)
const place = (service: ReturnType<typeof aService>): DraftPlace<Note> => ({
  key: 'note',
  stored: service.stored,
  read: (kept) => (typeof kept === 'object' && kept !== null && 'words' in kept ? (kept as Note) : null),
  same: (one, another) => one.words === another.words,
  save: service.save,
  look: () => Promise.resolve(service.isClosed ? null : service.stored),
  onSaved: ({ base }) => service.heard.push(base),
})

/** A form of the note, as it begins in a window with these drafts. */
function aForm(service: ReturnType<typeof aService>, drafts: Drafts = someDrafts()) {
  const here = place(service)
  const { result, unmount } = renderHook(() => useKeptDraft(here), {
    wrapper: ({ children }) => <WindowContext value={{ drafts } as WindowServices}>{children}</WindowContext>,
  })
  return {
    now: () => result.current,
    type: (words: string) => act(() => result.current.change({ words })),
    settle: (choice: 'mine' | 'other') => act(() => result.current.settle(choice)),
    leave: () => act(async () => unmount()),
    kept: () => drafts.read('note'),
  }
}

const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms))

describe('what is typed', () => {
  test('is in the window’s own store at once, and at the service after a pause', async () => {
    const service = aService()
    const form = aForm(service)
    form.type('a')
    form.type('ab')
    expect(form.now()).toMatchObject({ document: note('ab'), saved: false })
    expect(form.kept()).toContain('"ab"')
    expect(service.saves).toEqual([])
    await pass(250)
    expect(service.saves).toEqual([['ab', 1]])
    expect(form.now()).toMatchObject({ saved: true, error: null, other: null })
    expect(form.kept()).toBe('')
    expect(service.heard).toEqual([2])
  })

  test('without a pause is saved a second after the first letter', async () => {
    const service = aService()
    const form = aForm(service)
    for (let letters = 1; letters <= 15; letters += 1) {
      form.type('x'.repeat(letters))
      await pass(100)
    }
    expect(service.saves).toEqual([['x'.repeat(10), 1]])
    expect(form.kept()).toContain('x'.repeat(15))
  })

  test('during a save is saved after it, on the state that it made', async () => {
    const service = aService()
    const form = aForm(service)
    let answer = () => {}
    service.before = () => new Promise((resolve) => (answer = resolve))
    form.type('a')
    await pass(250)
    form.type('ab')
    await pass(250)
    expect(service.saves).toEqual([['a', 1]])
    service.before = async () => {}
    answer()
    await pass(0)
    expect(service.saves).toEqual([
      ['a', 1],
      ['ab', 2],
    ])
    expect(form.now()).toMatchObject({ document: note('ab'), saved: true })
  })

  test('changes the parts that it is about, and no others', async () => {
    const service = aService('a')
    const form = aForm(service)
    act(() => form.now().change({ lines: ['one'] }))
    await act(() => form.now().flush())
    expect(service.stored.document).toEqual({ words: 'a', lines: ['one'] })
  })

  test('is saved when the form is left', async () => {
    const service = aService()
    const form = aForm(service)
    form.type('a')
    await form.leave()
    expect(service.stored.document.words).toBe('a')
    expect(form.kept()).toBe('')
  })

  test('and nothing else is saved: a form that is only looked at says nothing to the service', async () => {
    const service = aService('a')
    const form = aForm(service)
    await form.leave()
    expect(service.saves).toEqual([])
    expect(service.heard).toEqual([])
  })
})

describe('a save that does not work', () => {
  test('is tried again, and the window keeps the text until then', async () => {
    const service = aService()
    const form = aForm(service)
    service.before = () => Promise.reject(new Error('No connection.'))
    form.type('a')
    await pass(250)
    expect(form.now()).toMatchObject({ saved: false, error: { message: 'No connection.' } })
    expect(form.kept()).toContain('"a"')
    service.before = async () => {}
    await pass(2000)
    expect(form.now()).toMatchObject({ saved: true, error: null })
  })

  test('because the service says no is not tried again until something is changed', async () => {
    const service = aService()
    const form = aForm(service)
    service.before = () => Promise.reject(Object.assign(new Error('Too long.'), { code: 'BAD_REQUEST' }))
    form.type('a')
    await pass(60_000)
    expect(service.saves).toHaveLength(1)
    service.before = async () => {}
    form.type('b')
    await pass(250)
    expect(form.now()).toMatchObject({ saved: true, error: null })
  })

  test('is not tried for ever after the form is left: the window has it for the next one', async () => {
    const service = aService()
    const drafts = someDrafts()
    const form = aForm(service, drafts)
    service.before = () => Promise.reject(new Error('No connection.'))
    form.type('a')
    await form.leave()
    await pass(60_000)
    expect(service.saves).toHaveLength(1)
    service.before = async () => {}
    const next = aForm(service, drafts)
    expect(next.now()).toMatchObject({ document: note('a'), saved: false })
    await pass(250)
    expect(service.stored.document.words).toBe('a')
  })

  test('but had arrived, its answer lost, is found out: nobody is asked', async () => {
    const service = aService()
    const form = aForm(service)
    service.after = () => Promise.reject(new Error('No connection.'))
    form.type('a')
    await pass(250)
    service.after = async () => {}
    form.type('a')
    await pass(250)
    expect(service.saves).toEqual([
      ['a', 1],
      ['a', 1],
    ])
    expect(form.now()).toMatchObject({ saved: true, error: null, other: null })
    form.type('ab')
    await pass(250)
    expect(service.saves.at(-1)).toEqual(['ab', 2])
  })

  test('because the document can be saved no more says so, and the window keeps the text', async () => {
    const service = aService()
    const form = aForm(service)
    service.isClosed = true
    form.type('a')
    await pass(60_000)
    expect(form.now()).toMatchObject({ saved: false, other: null, error: { code: 'REFUSED' } })
    expect(service.saves).toHaveLength(1)
    expect(form.kept()).toContain('"a"')
  })
})

describe('two texts of a document', () => {
  async function twoTexts() {
    const service = aService()
    const form = aForm(service)
    service.stored = { document: note('theirs'), base: 7 }
    form.type('mine')
    await pass(250)
    return { service, form }
  }

  test('are shown, and neither is written until a person has chosen', async () => {
    const { service, form } = await twoTexts()
    expect(form.now()).toMatchObject({ document: note('mine'), other: note('theirs'), saved: false })
    await pass(60_000)
    expect(service.saves).toHaveLength(1)
    await expect(form.now().flush()).rejects.toThrow('Choose first')
    expect(form.kept()).toContain('"mine"')
  })

  test('mine takes the place of theirs', async () => {
    const { service, form } = await twoTexts()
    form.settle('mine')
    await pass(250)
    expect(service.stored).toEqual({ document: note('mine'), base: 8 })
    expect(form.now()).toMatchObject({ document: note('mine'), saved: true, error: null, other: null })
    expect(form.kept()).toBe('')
  })

  test('theirs takes the place of mine', async () => {
    const { service, form } = await twoTexts()
    form.settle('other')
    expect(form.now()).toMatchObject({ document: note('theirs'), other: null })
    await pass(250)
    expect(service.stored.document).toEqual(note('theirs'))
    expect(form.now()).toMatchObject({ saved: true, error: null })
  })
})

describe('what an earlier window kept', () => {
  /** The drafts of a window that was killed before it could save. */
  function killedWith(words: string, service: ReturnType<typeof aService>): Drafts {
    const drafts = someDrafts()
    service.before = () => new Promise(() => {})
    aForm(service, drafts).type(words)
    service.before = async () => {}
    return drafts
  }

  test('is taken up and saved', async () => {
    const service = aService('stored')
    const form = aForm(service, killedWith('kept', service))
    expect(form.now()).toMatchObject({ document: note('kept'), saved: false, other: null })
    await form.leave()
    expect(service.stored.document.words).toBe('kept')
  })

  test('is a second text where something else was saved meanwhile', async () => {
    const service = aService('stored')
    const drafts = killedWith('kept', service)
    service.stored = { document: note('newer'), base: 9 }
    const form = aForm(service, drafts)
    expect(form.now()).toMatchObject({ document: note('newer'), other: note('kept') })
    await form.leave()
    expect(form.kept()).toContain('"kept"')
    const next = aForm(service, drafts)
    next.settle('other')
    await act(() => next.now().flush())
    expect(service.stored).toEqual({ document: note('kept'), base: 10 })
  })

  test('asks nothing where it is what was saved', () => {
    const service = aService('stored')
    const drafts = killedWith('kept', service)
    service.stored = { document: note('kept'), base: 9 }
    expect(aForm(service, drafts).now()).toMatchObject({ document: note('kept'), saved: true, other: null })
  })

  test.each(['not JSON', 'null', '7', '{}', '{"base":1,"document":7}', '{"base":"1","document":{"words":"x"}}'])(
    'and is none of its own, %s, is left aside',
    (kept) => {
      const drafts = someDrafts()
      drafts.keep('note', kept)
      expect(aForm(aService('stored'), drafts).now()).toMatchObject({ document: note('stored'), saved: true })
    },
  )

  test('can be dropped', async () => {
    const service = aService()
    const form = aForm(service)
    form.type('a')
    act(() => form.now().drop())
    expect(form.kept()).toBe('')
  })

  test('by a form that is there already stays when one that was left hears that it is saved', async () => {
    const service = aService()
    const drafts = someDrafts()
    const first = aForm(service, drafts)
    let answer = () => {}
    service.after = () => new Promise((resolve) => (answer = resolve))
    first.type('a')
    await first.leave()
    const second = aForm(service, drafts)
    second.type('ab')
    answer()
    await pass(0)
    expect(second.kept()).toContain('"ab"')
  })
})
