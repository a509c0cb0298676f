import { expect, test } from 'vitest'
import { organizations } from '#simulator/world/organizations.ts'
import { createWorld } from '#simulator/world/world.ts'

const anchor = Date.UTC(2026, 10, 16, 7)

test('some issues link open tickets of their own customer, others none', () => {
  const world = createWorld({ seed: 1, anchor, scale: undefined })
  const links = world.issues.flatMap((issue) =>
    [...(issue.description ?? '').matchAll(/\{ticket (\d+)\}/g)].map((match) => ({ issue, id: Number(match[1]) })),
  )
  expect(links.length).toBeGreaterThanOrEqual(4)
  expect(links.length).toBeLessThan(world.issues.length)
  for (const { issue, id } of links) {
    const customer = organizations.find((one) => one.id === world.ticket(id)?.organizationId)
    expect(issue.labels).toContain(customer?.label)
  }
})
