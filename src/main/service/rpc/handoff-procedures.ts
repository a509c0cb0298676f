import type { HandoffDetail } from '#contract/handoffs.ts'
import { snapshot } from '../db/sql.ts'
import {
  accept,
  beginHandoffs,
  judge,
  resolve,
  review,
  saveLine,
  saveText,
  teachBack,
} from '../handoffs/edit-handoffs.ts'
import { detailOf, packetsOf } from '../handoffs/read-handoffs.ts'
import { answering } from './answering.ts'
import { handoffExchangeProcedures } from './handoff-exchange-procedures.ts'
import { handoffDeskOf, os, type RouterDeps } from './router-deps.ts'

/** Handoffs of accounts: prepared by the ASE, gone through and accepted by who covers, and handed to another machine. */
export function handoffProcedures(deps: RouterDeps) {
  const desk = () => handoffDeskOf(deps)
  const told = (ids: readonly string[]) => deps.hub.publish('handoffs', ids)
  const done = (id: string): HandoffDetail => {
    told([id])
    return shown(deps, id)
  }
  return {
    handoffs: {
      list: os.handoffs.list.handler(() => {
        const { now, ...setting } = desk()
        return { packets: snapshot(setting.db, () => packetsOf({ ...setting, now })), now }
      }),
      get: os.handoffs.get.handler(({ input, errors }) => answering(errors, () => shown(deps, input.handoffId))),
      begin: os.handoffs.begin.handler(({ input, errors }) =>
        answering(errors, () => {
          const ids = beginHandoffs(desk(), input.absenceId)
          told(ids)
          return { ids }
        }),
      ),
      saveLine: os.handoffs.saveLine.handler(({ input, errors }) =>
        answering(errors, () => {
          const base = saveLine(desk(), input)
          told([input.handoffId])
          return { base }
        }),
      ),
      saveText: os.handoffs.saveText.handler(({ input, errors }) =>
        answering(errors, () => {
          const base = saveText(desk(), input)
          told([input.handoffId])
          return { base }
        }),
      ),
      teachBack: os.handoffs.teachBack.handler(({ input, errors }) =>
        answering(errors, () => {
          teachBack(desk(), input)
          return done(input.handoffId)
        }),
      ),
      judge: os.handoffs.judge.handler(({ input, errors }) =>
        answering(errors, () => {
          judge(desk(), input)
          return done(input.handoffId)
        }),
      ),
      review: os.handoffs.review.handler(({ input, errors }) =>
        answering(errors, () => {
          review(desk(), input)
          return done(input.handoffId)
        }),
      ),
      accept: os.handoffs.accept.handler(({ input, errors }) =>
        answering(errors, () => {
          accept(desk(), input)
          return done(input.handoffId)
        }),
      ),
      resolve: os.handoffs.resolve.handler(({ input, errors }) =>
        answering(errors, () => {
          resolve(desk(), input)
          return done(input.handoffId)
        }),
      ),
      ...handoffExchangeProcedures(deps),
    },
  }
}

function shown(deps: RouterDeps, id: string): HandoffDetail {
  const desk = handoffDeskOf(deps)
  return snapshot(desk.db, () => detailOf(desk, id))
}
