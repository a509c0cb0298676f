import type { DeskEdit, DeskPage } from '#contract/desk.ts'
import { changeDesk } from '#core/desk/change-desk.ts'
import type { StandInImplementer } from './stand-in-implementer.ts'
import type { StandInState } from './stand-in-state.ts'

/** Shows, changes, takes in and gives out what is kept of accounts, as the service does. */
export function deskProcedures(os: StandInImplementer, state: StandInState) {
  const { desks } = os
  const change = (page: DeskPage, edit: DeskEdit): { readonly page: DeskPage; readonly undo: DeskEdit | null } => {
    if (edit.kind === 'restricted') {
      return { page: { ...page, restricted: edit.restricted }, undo: { ...edit, restricted: page.restricted } }
    }
    const { desk, undo } = changeDesk(page.document, edit)
    const ticked = (id: string) => (desk.onboarding.ticked[id] === undefined ? {} : { done: true })
    const steps = page.onboarding.steps.map((step) => ({ ...step, ...ticked(step.id) }))
    const document = structuredClone(desk) as DeskPage['document']
    return { page: { ...page, document, onboarding: { ...page.onboarding, steps } }, undo: undo as DeskEdit | null }
  }
  return {
    get: desks.get.handler(({ input, errors }) => {
      if (state.desk.account.id === input.accountId) return state.desk
      throw errors.NOT_FOUND({ message: 'Not followed.', data: { what: 'account', id: String(input.accountId) } })
    }),
    change: desks.change.handler(({ input }) => {
      const answer = change(state.desk, input.change)
      state.desk = answer.page
      return answer
    }),
    import: desks.import.handler(({ input, errors }) => {
      if (input.from.kind === 'text' && input.from.text.includes('\t')) {
        throw errors.REFUSED({
          message: 'This is no YAML that can be read. Line 2, column 1: A tab.',
          data: { reason: 'refused' },
        })
      }
      return {
        ...{ shape: 'inventory' as const, changes: ['Geo: two sites'], stored: input.apply, undo: null },
        leftOver: [
          { name: 'pages', text: 'off', words: 'No field of its own: kept under its name.', line: 2, column: 8 },
        ],
      }
    }),
    export: desks.export.handler(({ input }) => ({
      fileName: `northwind-${input.as}.yaml`,
      text: `# ${input.as}\ngeo: one\n`,
    })),
  }
}
