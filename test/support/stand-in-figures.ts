import { implement } from '@orpc/server'
import { contract } from '#contract/contract.ts'

const { returnFigures } = implement(contract)
const noCoverage = { message: 'No such coverage.', data: { what: 'coverage', id: 'none' } }

/** Figures and times of return meetings, where there is none; files are there all the same. */
export function standInFigures(at: number) {
  const time = { startsAt: at, endsAt: at, basis: 'chosen' as const, words: 'Chosen.' }
  return {
    get: returnFigures.get.handler(({ errors }) => {
      throw errors.NOT_FOUND(noCoverage)
    }),
    file: returnFigures.file.handler(() => ({ name: 'return-acme-2026-11-18.csv', text: 'day\r\n' })),
    time: returnFigures.time.handler(() => time),
    schedule: returnFigures.schedule.handler(({ input }) => ({ ...time, startsAt: input.startsAt ?? at })),
    calendarFile: returnFigures.calendarFile.handler(() => ({ name: 'return-acme.ics', text: 'BEGIN:VCALENDAR\r\n' })),
  }
}
