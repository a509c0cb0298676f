import { afterAll } from 'vitest'
import { findVendorSpecification, readVendorSpecification } from './vendor-specification.ts'
import type { JudgedExchange, ZendeskJudge } from './zendesk-judge.ts'

const specification = findVendorSpecification()

/** Whether the vendor's description is there to judge by. */
export const canJudge = specification !== undefined

const heard: JudgedExchange[] = []
const meant = new Set<string>()

/** Keeps exchanges with Zendesk until the test file has ended; then all of them are judged, and the file fails for what is wrong. */
export function judgeLater(exchanges: readonly JudgedExchange[]): void {
  if (canJudge) heard.push(...exchanges)
}

/**
 * Lets a test send on purpose what the vendor does not describe, to see that the simulator takes it as the vendor would.
 * `deviation` is the line that the judge has for it; a line that it does not come to say fails the file as well.
 */
export function sentKnowingly(...deviations: readonly string[]): void {
  for (const one of deviations) meant.add(one)
}

/** The judge, with the vendor's description and our overlay. Throws where the description is not there. */
export async function openJudge(): Promise<ZendeskJudge> {
  if (specification === undefined)
    throw new Error('There is nothing to judge by: docs/testing.md says where it belongs.')
  // Not at the top: most test files have nothing to judge, and the compiler of schemas is no small thing to load.
  const [{ createZendeskJudge }, { zendeskOverlay }] = await Promise.all([
    import('./zendesk-judge.ts'),
    import('./overlay.ts'),
  ])
  return createZendeskJudge(await readVendorSpecification(specification), zendeskOverlay)
}

/**
 * What is wrong with exchanges by the vendor's description, each kind of fault once. A request is judged when Zendesk took
 * it: tests send wrong ones to see them refused.
 */
export function deviationsIn(exchanges: readonly JudgedExchange[], judge: ZendeskJudge): readonly string[] {
  const all = exchanges.flatMap((one) => [...(one.status < 400 ? judge.request(one) : []), ...judge.reply(one)])
  return [...new Set(all)]
}

// Registered before anything of the file that imports this, so it comes after the file's own: what it stops has been heard.
afterAll(async () => {
  if (heard.length === 0) return
  const found = deviationsIn(heard, await openJudge())
  const wrong = found.filter((one) => !meant.has(one))
  if (wrong.length > 0) throw new Error(['Not as the vendor describes it:', ...wrong].join('\n  '))
  const unsaid = [...meant].filter((one) => !found.includes(one))
  if (unsaid.length > 0) throw new Error(['Said to be sent knowingly, and not sent:', ...unsaid].join('\n  '))
})
