import { temporarySentences } from './temporary-text.ts'

/**
 * Whether a note still says something that holds for one absence: until a day of it, or until the day of the return. What names no day is
 * taken to be of it; what names a day outside is of another absence.
 *
 * @param absence its first day, and the day of the return, `YYYY-MM-DD`.
 */
export function tellsOfAbsence(note: string, absence: { readonly firstDay: string; readonly backOn: string }): boolean {
  return temporarySentences(note).some(
    ({ until }) => until === null || (until >= absence.firstDay && until <= absence.backOn),
  )
}
