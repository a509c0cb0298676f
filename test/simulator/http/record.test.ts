import { expect, test } from 'vitest'
import { createSimulator } from '#simulator/create-simulator.ts'
import { safeBody, safeHeaders } from '#simulator/http/record.ts'
import { createAsk } from '../ask.ts'

const anchor = Date.UTC(2026, 10, 18, 10)

test('bodies of replies are kept when asked for, and what came after a number can be read', async () => {
  const simulator = await createSimulator({ anchor, now: anchor, speed: 0 })
  const ask = createAsk(simulator.description)
  await ask.zendesk('/tickets?page[size]=1')
  await ask.order('/record', { bodies: true })
  const said = await ask.zendesk('/tickets?page[size]=2')
  await ask.write('PUT', `/tickets/${said.body.tickets[0].id}`, { ticket: { priority: 'low' } })
  await ask.order('/record', { bodies: false })
  await ask.zendesk('/tickets?page[size]=3')
  const { exchanges } = (await ask.look('/record?after=1')).body
  await simulator.stop()
  expect(exchanges.map(({ number }: { number: number }) => number)).toEqual([2, 3, 4])
  expect(JSON.parse(exchanges[0].responseBody)).toEqual(said.body)
  expect(exchanges[0].responseHeaders['x-rate-limit']).toBe('100000')
  expect(JSON.parse(exchanges[1].requestBody)).toEqual({ ticket: { priority: 'low' } })
  expect(exchanges[2]).not.toHaveProperty('responseBody')
})

test('what lets somebody in is taken out of headers and bodies, and nothing else', () => {
  expect(safeHeaders({ cookie: 'x', 'x-csrf-token': 'x', accept: 'json' })).toEqual({
    cookie: '(sent)',
    'x-csrf-token': '(sent)',
    accept: 'json',
  })
  const body = { access_token: 'a"b', token_type: 'bearer', expires_in: 5 }
  expect(JSON.parse(safeBody(JSON.stringify(body)))).toEqual({ ...body, access_token: '(sent)' })
  expect(safeBody('user%5Bemail%5D=a&user%5Bpassword%5D=b')).toBe('user%5Bemail%5D=a&user%5Bpassword%5D=(sent)')
  expect(safeBody('{"ticket":{"comment":{"body":"my code: 5"}}}')).toBe('{"ticket":{"comment":{"body":"my code: 5"}}}')
})
