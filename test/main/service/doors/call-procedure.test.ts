import { expect, test } from 'vitest'
import { callProcedure, procedureNames } from '#service/doors/call-procedure.ts'
import { createEventHub } from '#service/rpc/event-hub.ts'
import { createStandInRouter } from '#test/support/stand-in-router.ts'

const router = createStandInRouter(createEventHub('epoch-1'))

test('every procedure has a name', () => {
  expect(procedureNames).toContain('tickets.list')
  expect(procedureNames).toEqual(procedureNames.toSorted())
})

test('a procedure is called by its name', async () => {
  expect(await callProcedure(router, 'tickets.list', {})).toEqual({ tickets: [], more: false })
})

test('a name that is no procedure is a mistake of the caller', async () => {
  for (const name of [
    '',
    'tickets',
    'tickets.none',
    '__proto__.toString',
    'tickets.list.handler',
    'constructor.name',
  ]) {
    await expect(callProcedure(router, name, {})).rejects.toMatchObject({
      kind: 'usage',
      message: expect.stringMatching(/^There is no procedure .+accounts\.list/),
    })
  }
})

test('a wrong input names every wrong field', async () => {
  await expect(callProcedure(router, 'tickets.list', { limit: 0, afterId: 'x' })).rejects.toMatchObject({
    kind: 'usage',
    message: expect.stringMatching(
      /^tickets\.list was called with a wrong input\. (afterId: .+; limit: .+|limit: .+; afterId: .+)\.$/,
    ),
  })
  await expect(callProcedure(router, 'tickets.list', [])).rejects.toMatchObject({
    message: expect.stringContaining('the input: '),
  })
})

test('an error the contract declares is a failure in its own words; any other stays what it is', async () => {
  await expect(callProcedure(router, 'tickets.get', { id: 4 })).rejects.toMatchObject({
    kind: 'failed',
    message: 'tickets.get: No such ticket.',
  })
  await expect(callProcedure(router, 'accounts.list', {})).rejects.toThrow('inner words')
})
