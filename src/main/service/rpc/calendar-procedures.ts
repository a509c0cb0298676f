import { answering } from './answering.ts'
import { os, type RouterDeps } from './router-deps.ts'

/** The calendars that absences and on-call shifts are read from. */
export function calendarProcedures(deps: RouterDeps) {
  const calendars = () => deps.session().calendars
  return {
    calendars: {
      list: os.calendars.list.handler(() => ({
        calendars: calendars().list(),
        now: deps.session().workspace.clock.now(),
      })),
      preview: os.calendars.preview.handler(({ input, errors }) => answering(errors, () => calendars().preview(input))),
      add: os.calendars.add.handler(({ input, errors }) => answering(errors, () => calendars().add(input))),
      change: os.calendars.change.handler(({ input: { calendarId, ...changes }, errors }) =>
        answering(errors, () => calendars().change(calendarId, changes)),
      ),
      remove: os.calendars.remove.handler(({ input, errors }) =>
        answering(errors, async () => {
          await calendars().remove(input.calendarId)
          return {}
        }),
      ),
      refresh: os.calendars.refresh.handler(({ input, errors }) =>
        answering(errors, () => calendars().refresh(input.calendarId)),
      ),
    },
  }
}
