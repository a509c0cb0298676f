/** One event of a calendar file, its lines without BEGIN and END. */
export type IcsLines = readonly string[]

/** A calendar file of events, as exporting programs write it: CRLF, long lines folded. */
export function anIcs(
  events: readonly IcsLines[],
  parts: { readonly name?: string; readonly head?: IcsLines; readonly zones?: readonly IcsLines[] } = {},
): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Example Corp//Calendar 1.0//EN',
    ...(parts.name === undefined ? [] : [`X-WR-CALNAME:${parts.name}`]),
    ...(parts.head ?? []),
    ...(parts.zones ?? []).flatMap((zone) => ['BEGIN:VTIMEZONE', ...zone, 'END:VTIMEZONE']),
    ...events.flatMap((event) => ['BEGIN:VEVENT', ...event, 'END:VEVENT']),
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}

/** Lines longer than 75 characters go on in the next one, which begins with a space. */
function folded(line: string): string {
  const rest = line.slice(75).match(/.{1,74}/gsu) ?? []
  return [line.slice(0, 75), ...rest.map((part) => ` ${part}`)].join('\r\n')
}

/** Central European time as Outlook describes it, under a name that no list of zones has. */
export const westEurope: IcsLines = [
  'TZID:W. Europe Standard Time',
  'BEGIN:STANDARD',
  'DTSTART:16010101T030000',
  'TZOFFSETFROM:+0200',
  'TZOFFSETTO:+0100',
  'RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10',
  'END:STANDARD',
  'BEGIN:DAYLIGHT',
  'DTSTART:16010101T020000',
  'TZOFFSETFROM:+0100',
  'TZOFFSETTO:+0200',
  'RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3',
  'END:DAYLIGHT',
]
