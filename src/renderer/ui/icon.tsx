/** Strokes of each icon on a 16 × 16 grid. */
const strokes = {
  accounts: 'M2.5 14V4.5L8 2l5.5 2.5V14M1.5 14h13M5.5 7h1.5M9 7h1.5M5.5 10h1.5M9 10h1.5',
  alert: 'M8 2.2 14.4 13.5H1.6zM8 6.4v3.4M8 11.7v.1',
  bell: 'M3 11.5c1-1 1.2-2.2 1.2-4.5a3.8 3.8 0 0 1 7.6 0c0 2.3.2 3.5 1.2 4.5zM6.5 13.8a1.8 1.8 0 0 0 3 0',
  building: 'M3 14V2.5h10V14M1.5 14h13M6 5.5h1M9 5.5h1M6 8.5h1M9 8.5h1M7 14v-2.5h2V14',
  check: 'M3 8.5 6.5 12 13 4.5',
  clock: 'M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8M8 4.6V8l2.3 1.6',
  close: 'm4 4 8 8m0-8-8 8',
  coverage: 'M1.6 8.3a6.4 6.4 0 0 1 12.8 0zM8 8.3v4.4a1.5 1.5 0 0 1-3 0M8 1.9V1',
  copy: 'M5.500 5.500h8v8h-8zM10.500 5.500v-3h-8v8h3',
  dash: 'M3.5 8h9',
  edit: 'M3 13l.7-3L11 2.700l2.300 2.300L6 12.300zM9.500 4.200l2.300 2.300',
  external: 'M6.5 3H3v10h10V9.5M9.5 2.5h4v4M13.3 2.7 7.5 8.5',
  eye: 'M1.500 8C3 5.200 5.300 3.800 8 3.800S13 5.200 14.500 8C13 10.800 10.700 12.200 8 12.200S3 10.800 1.500 8M8 6.200a1.800 1.800 0 1 1 0 3.600 1.800 1.800 0 0 1 0-3.600',
  flame:
    'M8 1.5c.4 2.6 4.2 4.2 4.2 8a4.2 4.2 0 0 1-8.4 0c0-1.7.8-2.6 1.6-3.4.2 1.1.7 1.6 1.4 1.9C6.500 5.600 7 3.200 8 1.500z',
  handoff: 'M2 5.500h10.500M9.500 2.500l3 3-3 3M14 10.500H3.500M6.500 7.500l-3 3 3 3',
  hourglass: 'M4 2h8M4 14h8M4.800 2v2.500L8 8l3.200-3.500V2M4.800 14v-2.500L8 8l3.200 3.500V14',
  image: 'M2 3h12v10H2zM4.500 6.500h1M2.500 12l3.500-3.500 2.500 2.500 2-2 3 3',
  info: 'M8 1.800a6.200 6.200 0 1 1 0 12.400A6.200 6.200 0 0 1 8 1.800M8 7.300V11M8 5v.1',
  key: 'M5.500 6.500a4 4 0 1 1 3.300 3.900L7.500 11.700H6v1.500H4.500v1.300H2v-2.600l3.700-3.700a4 4 0 0 1-.2-1.700M10.500 5.500v.1',
  lock: 'M3.500 7.500h9V14h-9zM5.500 7.500V5a2.500 2.500 0 0 1 5 0v2.500',
  offline:
    'M2 2l12 12M5 10.500a4.200 4.200 0 0 1 4.500-.8M2.800 8a7.500 7.500 0 0 1 3-1.800M8.500 5.600A7.500 7.500 0 0 1 13.200 8M8 13v.1',
  person:
    'M8 2.200a2.800 2.800 0 1 1 0 5.600 2.800 2.800 0 0 1 0-5.600M2.500 14c.4-2.800 2.600-4.200 5.500-4.200s5.100 1.400 5.500 4.200',
  pause: 'M5.500 3.500v9M10.500 3.500v9',
  plus: 'M8 3v10M3 8h10',
  return: 'M6 3 2.500 6.500 6 10M2.500 6.500H10a3.500 3.500 0 0 1 0 7H6.500',
  search: 'M7 2.500a4.500 4.500 0 1 1 0 9 4.500 4.500 0 0 1 0-9M10.300 10.300 14 14',
  send: 'M2.200 7.600 14 2.200 9.800 13.800 7.500 8.700zM7.500 8.700 14 2.200',
  settings: 'M2 4.500h6.500M12 4.500h2M2 11.500h2M7.500 11.500H14M10.200 2.800v3.400M5.800 9.800v3.400',
  sync: 'M13.500 6.500A5.700 5.700 0 0 0 3.300 5M2.500 9.500A5.700 5.700 0 0 0 12.700 11M3 2v3.200h3.200M13 14v-3.200H9.800',
  tag: 'M2.500 2.500h5.300l5.700 5.700-5.300 5.300-5.700-5.700zM5.300 5.300v.1',
  today: 'M2 3.500h8M2 8h12M2 12.500h6M12.500 2.200v2.600',
} as const satisfies Record<string, string>

/** Names of the icons there are. */
export type IconName = keyof typeof strokes

/** A drawn sign beside a word. It is hidden from screen readers: the word says the same. */
export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={strokes[name]} />
    </svg>
  )
}
