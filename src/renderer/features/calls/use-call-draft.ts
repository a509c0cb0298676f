import { useEffect, useRef, useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import type { CallDetail, CallDocumentValues } from '#contract/calls.ts'
import { useWindow } from '../../api/window-context.tsx'
import { useWorkspaceName } from '../../ui/use-workspace-name.ts'
import { readKeptCall, sameCall } from './kept-call.ts'

/** So long after the last letter what was typed is saved, and at the latest so long after the first. */
const pauseMs = 250
const atLatestMs = 1000
/** After a save that failed, another is tried by itself. */
const againMs = 2000

/** A call as it is being written down. */
export interface CallDraft {
  readonly document: CallDocumentValues
  readonly change: (part: Partial<CallDocumentValues>) => void
  /** Whether all of it is on disk. */
  readonly saved: boolean
  /** Why the last save did not work; null while it does. */
  readonly error: Error | null
  /** Another text of the same call, which a person has to choose from; null while there is none. */
  readonly other: CallDocumentValues | null
  /** Settles that: `mine` is what is shown, `other` the other one. */
  readonly settle: (choice: 'mine' | 'other') => void
  /** Saves what is not saved yet; rejects when that does not work. */
  readonly flush: () => Promise<void>
  /** Forgets what the window kept of it. */
  readonly drop: () => void
}

/**
 * Keeps a call while it is typed: every letter at once in the window's own store, which outlives the window, and all of it in the
 * database a moment later. What a window that was killed kept is taken up again where nothing else was saved meanwhile.
 */
export function useCallDraft(call: CallDetail): CallDraft {
  const { drafts } = useWindow()
  const key = `call.${useWorkspaceName()}.${call.id}`
  const [begin] = useState(() => beginOf(call, readKeptCall(drafts.read(key))))
  const [document, setDocument] = useState(begin.document)
  const latest = useRef(begin.document)
  const keep = (next: CallDocumentValues, base: number) => drafts.keep(key, JSON.stringify({ base, document: next }))
  const drop = () => drafts.keep(key, '')
  const saving = useSaving({ call, begin, latest, keep, drop })
  const show = (next: CallDocumentValues) => {
    latest.current = next
    setDocument(next)
  }
  return {
    document,
    saved: saving.saved,
    error: saving.error,
    other: saving.other?.document ?? null,
    flush: saving.flush,
    drop,
    change(part) {
      show({ ...latest.current, ...part })
      keep(latest.current, saving.base())
      saving.soon()
    },
    settle(choice) {
      const { other } = saving
      if (!other) return
      if (choice === 'other') show(other.document)
      saving.goOn(other.base)
    },
  }
}

interface Begin {
  readonly document: CallDocumentValues
  readonly dirty: boolean
  readonly other: CallDocumentValues | null
}

/** What is shown at first: what this window kept and did not save comes before what is stored. */
function beginOf(call: CallDetail, kept: ReturnType<typeof readKeptCall>): Begin {
  const stored: Begin = { document: call.document, dirty: false, other: null }
  if (!kept || sameCall(kept.document, call.document)) return stored
  return kept.base === call.updatedAt
    ? { document: kept.document, dirty: true, other: null }
    : { ...stored, other: kept.document }
}

interface Other {
  readonly document: CallDocumentValues
  /** The state that choosing either goes on from. */
  readonly base: number
}

/** Saves to the service, one save after the other. */
function useSaving(props: {
  readonly call: CallDetail
  readonly begin: Begin
  readonly latest: React.RefObject<CallDocumentValues>
  readonly keep: (document: CallDocumentValues, base: number) => void
  readonly drop: () => void
}) {
  const { call, begin, latest, keep, drop } = props
  const { connection, queries } = useWindow()
  const queryClient = useQueryClient()
  const [saved, setSaved] = useState(!begin.dirty)
  const [error, setError] = useState<Error | null>(null)
  const [other, setOther] = useState<Other | null>(() => begin.other && { document: begin.other, base: call.updatedAt })
  const state = useRef({
    base: call.updatedAt,
    stored: call.document,
    dirtySince: 0,
    timer: 0,
    stopped: other !== null,
  })
  const running = useRef<Promise<void> | null>(null)

  const adopt = (document: CallDocumentValues, base: number) => {
    state.current.base = base
    state.current.stored = document
    queryClient.setQueryData(queries.call(call.id).queryKey, (before) =>
      before ? { ...before, document, purpose: document.purpose, updatedAt: base } : before,
    )
    if (latest.current === document) drop()
    else keep(latest.current, base)
    setError(null)
    setSaved(latest.current === document)
  }
  /** A save was refused: the answer to an earlier one was lost, or another window was faster. */
  const lookAgain = async (sent: CallDocumentValues, fault: Error) => {
    const found = await connection.client.calls.get({ id: call.id })
    if (found.state === 'filed') throw fault
    if (sameCall(found.document, sent)) return adopt(sent, found.updatedAt)
    state.current.stopped = true
    setOther({ document: found.document, base: found.updatedAt })
    throw fault
  }
  const saveOnce = async () => {
    const sent = latest.current
    try {
      const { updatedAt } = await connection.client.calls.save({
        id: call.id,
        document: sent,
        updatedAt: state.current.base,
      })
      adopt(sent, updatedAt)
    } catch (fault) {
      const reason = fault instanceof Error ? fault : new Error(String(fault))
      if ('code' in reason && reason.code === 'REFUSED') await lookAgain(sent, reason)
      else throw reason
    }
  }
  const flush = async (): Promise<void> => {
    clearTimeout(state.current.timer)
    while (running.current) await running.current.catch(() => undefined)
    if (state.current.stopped) throw new Error('Choose first which of the two texts to go on with.')
    if (latest.current === state.current.stored) {
      drop()
      setSaved(true)
      return
    }
    running.current = saveOnce().finally(() => {
      running.current = null
    })
    await running.current
  }
  const run = () => {
    state.current.dirtySince = 0
    flush().catch((fault: unknown) => {
      setError(fault instanceof Error ? fault : new Error(String(fault)))
      // The service said no; trying again would hear the same until something is changed.
      const isAnswered = fault instanceof Error && 'code' in fault
      if (!state.current.stopped && !isAnswered) state.current.timer = window.setTimeout(run, againMs)
    })
  }
  const soon = () => {
    const now = performance.now()
    state.current.dirtySince ||= now
    setSaved(false)
    clearTimeout(state.current.timer)
    const wait = Math.max(0, Math.min(pauseMs, state.current.dirtySince + atLatestMs - now))
    state.current.timer = window.setTimeout(run, wait)
  }
  const first = useRef({ dirty: begin.dirty, soon, run })
  useEffect(() => {
    first.current.run = run
  })
  useEffect(() => {
    const { current } = first
    const { current: timed } = state
    if (current.dirty) current.soon()
    return () => {
      clearTimeout(timed.timer)
      // Leaving the screen saves what is left; without a connection the window's own store has it.
      current.run()
      clearTimeout(timed.timer)
    }
  }, [])
  return {
    ...{ saved, error, other, flush, soon },
    base: () => state.current.base,
    goOn(base: number) {
      state.current.base = base
      state.current.stopped = false
      setOther(null)
      setError(null)
      keep(latest.current, base)
      soon()
    },
  }
}
