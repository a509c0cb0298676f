import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { projectRoot } from '#scripts/project.mjs'
import type { Amendment } from '#test/judge/amendment.ts'
import { amended } from '#test/judge/amended.ts'
import { createCheck } from '#test/judge/check.ts'
import type { OpenApiDocument, Schema } from '#test/judge/open-api.ts'
import { zendeskOverlay } from '#test/judge/overlay.ts'
import { findVendorSpecification, readVendorSpecification } from '#test/judge/vendor-specification.ts'
import { createZendeskJudge, type JudgedExchange } from '#test/judge/zendesk-judge.ts'
import { plantedCopy, type PlantedCopy } from '#test/support/planted-copy.ts'
import { projectFiles, projectText } from '#test/support/project-sources.ts'
import { runScript } from '#test/support/run-tool.ts'
import { temporaryFolder } from '#test/support/temporary-folder.ts'

const path = findVendorSpecification()
const reason = path === undefined ? ', which is not beside this project' : ''

const id: Schema = { type: 'integer' }
const ticket: Schema = {
  type: 'object',
  properties: {
    id: { ...id, readOnly: true },
    status: { type: 'string', enum: ['new', 'open', 'pending', 'hold', 'solved', 'closed'] },
    priority: { type: 'string', enum: ['low', 'high'], nullable: true },
    updated_at: { type: 'string', format: 'date-time', readOnly: true },
    group_id: { ...id, nullable: true },
    comment: { type: 'object', properties: { body: { type: 'string' }, public: { type: 'boolean' } }, writeOnly: true },
    email_ccs: {
      type: 'array',
      items: {
        type: 'object',
        properties: { user_id: id, action: { type: 'string', enum: ['put', 'delete'] } },
      },
      writeOnly: true,
    },
  },
}
const inJson = (schema: Schema) => ({ content: { 'application/json': { schema } } })
const ticketRef: Schema = { $ref: '#/components/schemas/TicketObject' }
const ticketId = { name: 'ticket_id', in: 'path', required: true, schema: id }

/** A few operations described in our own words, so that the judge is proved where the vendor's file is not. */
const fewOperations: OpenApiDocument = {
  paths: {
    '/api/v2/tickets': {
      get: {
        parameters: [
          {
            name: 'page',
            in: 'query',
            schema: { oneOf: [id, { type: 'object', properties: { size: { type: 'integer', minimum: 1 } } }] },
          },
          { name: 'sort', in: 'query', schema: { type: 'string' } },
        ],
        responses: { 200: inJson({ type: 'object', properties: { tickets: { type: 'array', items: ticketRef } } }) },
      },
    },
    '/api/v2/tickets/{ticket_id}': {
      parameters: [ticketId],
      put: {
        requestBody: inJson({ type: 'object', properties: { ticket: ticketRef } }),
        responses: { 200: inJson({ type: 'object', properties: { ticket: ticketRef } }) },
      },
    },
    '/api/v2/tickets/show_many': {
      get: {
        parameters: [{ name: 'ids', in: 'query', required: true, schema: { type: 'string' } }],
        responses: { 200: inJson({ type: 'object', properties: { tickets: { type: 'array', items: ticketRef } } }) },
      },
    },
    '/api/v2/tickets/update_many': {
      put: {
        parameters: [{ name: 'ids', in: 'query', schema: { type: 'string' } }],
        requestBody: inJson({
          oneOf: [
            { type: 'object', properties: { ticket: ticketRef }, required: ['ticket'] },
            {
              type: 'object',
              properties: {
                tickets: {
                  type: 'array',
                  items: { allOf: [ticketRef, { type: 'object', properties: { id }, required: ['id'] }] },
                },
              },
              required: ['tickets'],
            },
          ],
        }),
        responses: { 200: inJson({ type: 'object', properties: { job_status: { type: 'object' } } }) },
      },
    },
    '/api/v2/oauth/tokens/current': { delete: { responses: { 204: {} } } },
  },
  components: { schemas: { TicketObject: ticket } },
}

const fewAmendments: readonly Amendment[] = [
  { kind: 'null', schema: 'TicketObject', members: ['priority'], because: 'nobody chose one' },
  { kind: 'wrapper', members: { meta: { type: 'object' }, links: { type: 'object' } }, because: 'around every list' },
  { kind: 'refusal', schema: { type: 'object', required: ['error'] }, because: 'the common form' },
  { kind: 'outside', path: /^\/access\//, because: 'pages' },
]

const json = { 'content-type': 'application/json' }
const got = (where: string, body: unknown, status = 200): JudgedExchange => ({
  method: 'GET',
  path: `/api/v2${where}`,
  requestHeaders: {},
  requestBody: '',
  status,
  responseBody: typeof body === 'string' ? body : JSON.stringify(body),
})
const put = (where: string, body: unknown, headers: Record<string, string> = json): JudgedExchange => ({
  ...got(where, {}),
  method: 'PUT',
  requestHeaders: headers,
  requestBody: JSON.stringify(body),
})
const row = { id: 7, status: 'open', priority: null, updated_at: '2026-11-18T10:00:00Z', group_id: 3 }
const list = (...rows: readonly object[]): object => ({ tickets: rows, meta: { has_more: false }, links: {} })

const documents: readonly (readonly [string, () => Promise<OpenApiDocument>, readonly Amendment[]])[] = [
  ['a few operations in our own words', () => Promise.resolve(fewOperations), fewAmendments],
  ...(path === undefined
    ? []
    : ([["the vendor's file", () => readVendorSpecification(path), zendeskOverlay]] as const)),
]

describe.each(documents)('by %s', (_, read, overlay) => {
  const said = async (exchange: JudgedExchange): Promise<readonly string[]> => {
    const judge = createZendeskJudge(await read(), overlay)
    return [...judge.request(exchange), ...judge.reply(exchange)]
  }

  test.each<[string, JudgedExchange]>([
    ['a list by cursor, with and without .json', got('/tickets.json?page[size]=100&sort=-updated_at', list(row))],
    ['a list by number', got('/tickets?page=2', list())],
    ['a word in the path before a number', got('/tickets/show_many?ids=1,2', list(row))],
    [
      'an update',
      put('/tickets/7.json', { ticket: { status: 'pending', email_ccs: [{ user_id: 5, action: 'put' }] } }),
    ],
    ['one update of many', put('/tickets/update_many?ids=1,2', { ticket: { group_id: 3 } })],
    ['a batch', put('/tickets/update_many', { tickets: [{ id: 7, status: 'solved' }] })],
    ['a refusal', got('/tickets?page[size]=1', { error: 'InvalidValue', description: 'no' }, 400)],
    ['a page for people', { ...got('', '<html>'), path: '/access/login?return_to=x' }],
    ['nothing, where nothing is due', { ...got('/oauth/tokens/current', '', 204), method: 'DELETE' }],
    ['what was spoiled on purpose', { ...got('/tickets', '<html>'), misbehaviour: 'html' }],
    ['no answer', got('/tickets', '', 0)],
  ])('%s passes', async (_, exchange) => {
    const answered = exchange.method === 'PUT' ? replyTo(exchange) : exchange
    expect(await said(answered)).toEqual([])
  })

  test.each<[string, JudgedExchange, string]>([
    ['an unknown path', got('/tickets/7/colours', {}, 404), 'there is no such operation'],
    ['a number that is none', got('/tickets/seven', {}, 404), 'there is no such operation'],
    ['a method that is not there', { ...got('/tickets/update_many', {}, 405), method: 'DELETE' }, 'no such operation'],
    ['an unknown key of the query', got('/tickets?page[size]=1&colour=red', list()), 'query: colour is not described'],
    ['a misspelt key of a page', got('/tickets?page[sise]=1', list()), 'query: page.sise is not described'],
    ['a value that is no number', got('/tickets?page[size]=all', list()), 'query: page.size must be integer'],
    ['a key that is missing', got('/tickets/show_many', list()), `query: must have required property 'ids'`],
    ['an unknown member', put('/tickets/7', { ticket: { colour: 'red' } }), 'body: ticket.colour is not described'],
    [
      'a member of answers only',
      put('/tickets/7', { ticket: { updated_at: '2026-11-18T10:00:00Z' } }),
      'body: ticket.updated_at is not described',
    ],
    ['a wrong type', put('/tickets/7', { ticket: { group_id: 'three' } }), 'body: ticket.group_id must be integer'],
    [
      'an id as text',
      put('/tickets/7', { ticket: { email_ccs: [{ user_id: '5', action: 'put' }] } }),
      'body: ticket.email_ccs[].user_id must be integer',
    ],
    [
      'another action than put and delete',
      put('/tickets/7', { ticket: { email_ccs: [{ user_id: 5, action: 'add' }] } }),
      'body: ticket.email_ccs[].action must be equal to one of the allowed values',
    ],
    [
      'a batch without an id',
      put('/tickets/update_many', { tickets: [{ id: 1 }, { status: 'open' }] }),
      `body: tickets[] must have required property 'id'`,
    ],
    ['a body of no kind', put('/tickets/7', { ticket: {} }, {}), 'body: is sent as nothing in particular'],
    ['a body that is no JSON', { ...put('/tickets/7', {}), requestBody: '{' }, 'body: is no JSON'],
    ['a body where none is due', { ...put('/tickets', {}), method: 'GET' }, 'body: none is described'],
  ])('a request with %s is told', async (_, exchange, words) => {
    const judge = createZendeskJudge(await read(), overlay)
    expect(judge.request(exchange)).toContainEqual(expect.stringContaining(words))
  })

  test.each<[string, JudgedExchange, string]>([
    ['a wrong word', got('/tickets', list({ ...row, status: 'done' })), 'tickets[].status must be equal to one of'],
    ['an id as text', got('/tickets', list({ ...row, id: '7' })), 'tickets[].id must be integer'],
    ['a time that is none', got('/tickets', list({ ...row, updated_at: 'today' })), 'tickets[].updated_at must match'],
    ['an invented member', got('/tickets', list({ ...row, colour: 'red' })), 'tickets[].colour is not described'],
    [
      'a member of requests only',
      got('/tickets', list({ ...row, email_ccs: [] })),
      'tickets[].email_ccs is not described',
    ],
    ['an invented member around the list', got('/tickets', { ...list(row), colour: 1 }), 'colour is not described'],
    ['nothing that is due', got('/tickets', { meta: { has_more: false } }), 'none of tickets is there'],
    ['a page instead of JSON', got('/tickets', '<html>'), 'is no JSON'],
    ['an unheard-of status', got('/tickets', list(row), 201), 'no such answer is described'],
    ['words where none are due', { ...got('/oauth/tokens/current', '{}', 204), method: 'DELETE' }, 'nothing is to be'],
    ['a refusal without a reason', got('/tickets', { sorry: true }, 403), `must have required property 'error'`],
    ['success where there is nothing', got('/colours', {}), 'there is no such operation'],
  ])('an answer with %s is told', async (_, exchange, words) => {
    const judge = createZendeskJudge(await read(), overlay)
    expect(judge.reply(exchange)).toContainEqual(expect.stringContaining(words))
  })

  test('a hundred rows with one fault are one line', async () => {
    expect(await said(got('/tickets', list(...Array.from({ length: 100 }, () => ({ ...row, id: '7' })))))).toHaveLength(
      1,
    )
  })
})

test('an amendment without a place in the document is a mistake', () => {
  const nowhere = (amendment: Amendment) => () => amended(fewOperations, [amendment])
  expect(nowhere({ kind: 'null', schema: 'TicketObject', members: ['colour'], because: '' })).toThrow('colour')
  expect(nowhere({ kind: 'members', schema: 'Ticket', members: {}, because: '' })).toThrow('Ticket')
  expect(nowhere({ kind: 'query', operations: ['GET /api/v2/colours'], keys: {}, because: '' })).toThrow('colours')
})

test('every amendment says why it is one', () => {
  for (const { because } of zendeskOverlay) expect(because).toMatch(/^[A-Z].{15,}\.$/s)
})

test.runIf(path)(`no amendment is for what the vendor's file allows by itself${reason}`, async () => {
  const { document } = amended(await readVendorSpecification(path ?? ''), [])
  const check = createCheck(document)
  const allowed = zendeskOverlay.flatMap((one) =>
    one.kind === 'null' ? one.members.filter(isAllowed(one.schema)) : [],
  )
  expect(allowed).toEqual([])

  function isAllowed(schema: string) {
    const members = document.components?.schemas?.[schema]?.properties ?? {}
    return (name: string) =>
      check({ properties: { [name]: members[name] ?? {} } }, { [name]: null }, 'reply').length === 0
  }
})

describe("the vendor's file", () => {
  test('is looked for where the environment says, and it is told when nothing is there', () => {
    expect(findVendorSpecification({ UNDERSTUDY_ZENDESK_SPEC: import.meta.filename })).toBe(import.meta.filename)
    expect(findVendorSpecification({ UNDERSTUDY_ZENDESK_SPEC: '' })).toBeUndefined()
    expect(() => findVendorSpecification({ UNDERSTUDY_ZENDESK_SPEC: '/nowhere.yaml' })).toThrow('/nowhere.yaml')
  })

  test('is read once, without its prose, and from then on as it was kept', async () => {
    const folder = temporaryFolder()
    const file = join(folder, 'colours.yaml')
    const member = 'description: { type: string, description: what it looks like, example: red }'
    writeFileSync(
      file,
      `info: { title: Colours }\npaths: {}\ncomponents: { schemas: { Colour: { properties: { ${member} } } } }`,
    )
    const document = {
      paths: {},
      components: { schemas: { Colour: { properties: { description: { type: 'string' } } } } },
    }
    expect(await readVendorSpecification(file, folder)).toEqual(document)
    const [kept = ''] = readdirSync(folder).filter((name) => name.endsWith('.json'))
    expect(JSON.parse(readFileSync(join(folder, kept), 'utf8'))).toEqual(document)
    writeFileSync(join(folder, kept), '{"paths":{"/kept":{}}}')
    expect(await readVendorSpecification(file, folder)).toEqual({ paths: { '/kept': {} } })
    writeFileSync(file, 'paths: { /other: {} }')
    expect(await readVendorSpecification(file, folder)).toEqual({ paths: { '/other': {} }, components: {} })
  })

  test.runIf(path)(`has no sentence in the project${reason}`, () => {
    const plain = (line: string): string => line.replace(/^[\s/*#|>'"-]+|[\s'"`,|-]+$/g, '')
    const theirs = new Set(
      readFileSync(path ?? '', 'utf8')
        .split('\n')
        .map(plain)
        .filter((line) => line.length > 45 && !line.startsWith('$ref')),
    )
    expect(theirs.size).toBeGreaterThan(1000)
    const folders = ['src', 'test', 'docs', 'scripts', 'bench', 'resources']
    const copied = folders
      .flatMap((folder) => projectFiles(folder, /\.(tsx?|mjs|md|json|ya?ml|css)$/))
      .flatMap((file) =>
        projectText(file)
          .split('\n')
          .map(plain)
          .filter((line) => theirs.has(line)),
      )
    expect(copied).toEqual([])
  })
})

describe.runIf(path)(`a test file that speaks to a simulator${reason}`, () => {
  const plant = (from: string, before: string, sent: string): string => `
    import { expect, test } from 'vitest'
    import { sentKnowingly } from '#test/judge/judged-file.ts'
    import { ${from} } from '#test/support/simulator.ts'
    test('passes by itself', async () => {
      const { description: { zendesk, control }, stop } = await ${from}({ speed: 0 })
      ${before}
      const { tickets } = await (await fetch(new URL('/truth', control.url))).json()
      const open = tickets.find(({ status }) => status === 'open')
      const headers = { authorization: 'Bearer ' + zendesk.token, 'content-type': 'application/json' }
      const body = JSON.stringify({ ticket: { ${sent} } })
      const answer = await fetch(zendesk.url + '/api/v2/tickets/' + open.id, { method: 'PUT', headers, body })
      expect(answer.status).toBe(200)
      await stop()
    })`
  const line = 'PUT /api/v2/tickets/{ticket_id}, body: ticket.additional_tags is not described'
  const ofJudge = projectFiles('test', /^test\/(judge\/|support\/simulator\.ts$)/)
  const files = [...ofJudge, ...projectFiles('scripts', /project\.mjs$/)].map(
    (file) => [file, projectText(file)] as const,
  )
  let copy: PlantedCopy
  let outcome: ReadonlyMap<string, { readonly status: string; readonly message: string }>
  beforeAll(async () => {
    copy = plantedCopy({
      ...Object.fromEntries(files),
      'test/fine.test.ts': plant('createSimulator', '', "priority: 'low'"),
      'test/wrong.test.ts': plant('createSimulator', '', "additional_tags: ['x']"),
      'test/wrong-in-a-thread.test.ts': plant('launchSimulator', '', "additional_tags: ['x']"),
      'test/knowingly.test.ts': plant('createSimulator', `sentKnowingly('${line}')`, "additional_tags: ['x']"),
      'test/unsaid.test.ts': plant('createSimulator', `sentKnowingly('${line}')`, "priority: 'low'"),
    })
    const report = join(copy.root, 'report.json')
    await runScript(
      join(projectRoot, 'node_modules/vitest/vitest.mjs'),
      ['run', '--root', copy.root, '--reporter=json', `--outputFile=${report}`],
      { cwd: copy.root, env: { ...process.env, UNDERSTUDY_ZENDESK_SPEC: path } },
    )
    const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
      readonly testResults: readonly { readonly name: string; readonly status: string; readonly message: string }[]
    }
    outcome = new Map(testResults.map(({ name, ...rest }) => [name.replace(/^.*\/test\//, ''), rest]))
  })
  afterAll(() => copy.remove())

  test('passes when all of it is as the vendor describes it', () => {
    expect(outcome.get('fine.test.ts')).toMatchObject({ status: 'passed' })
  })

  test.each(['wrong.test.ts', 'wrong-in-a-thread.test.ts'])(
    'fails with the line of the judge when it is not: %s',
    (file) => {
      expect(outcome.get(file)).toMatchObject({ status: 'failed', message: expect.stringContaining(line) })
    },
  )

  test('may send what it says it sends knowingly, and fails when it does not', () => {
    expect(outcome.get('knowingly.test.ts')).toMatchObject({ status: 'passed' })
    expect(outcome.get('unsaid.test.ts')).toMatchObject({ status: 'failed', message: expect.stringContaining(line) })
  })
})

test('tests take their simulators from where exchanges are judged', () => {
  const own: Readonly<Record<string, string>> = {
    'test/support/simulator.ts': 'where they are judged',
    'test/simulator/zendesk.test.ts': 'judges in a test of its own',
    'test/simulator/http/record.test.ts': 'about what a record keeps by itself',
    'test/simulator/launch.test.ts': 'about the thread alone',
    'test/e2e/open-window.ts': 'also opens the app for screenshots; its test hands the record over',
    'test/e2e/open-colleagues.ts': 'one company for two people; its test hands the record over',
    'test/e2e/linux-notification.test.ts':
      'about a ticket that GitLab and Zendesk only have to announce; the same calls as in any window',
    'test/e2e/kill-sync.test.ts': 'the same sync fifty times over, more than a record holds',
  }
  const taken = /import \{[^}]*\b(createSimulator|launchSimulator)\b[^}]*\} from '#simulator\//
  const files = projectFiles('test', /\.tsx?$/).filter((file) => taken.test(projectText(file)))
  expect(files.toSorted()).toEqual(Object.keys(own).toSorted())
})

/** The answer that an accepted write gets. */
function replyTo(exchange: JudgedExchange): JudgedExchange {
  return {
    ...exchange,
    responseBody: JSON.stringify(exchange.path.includes('update_many') ? { job_status: {} } : { ticket: row }),
  }
}
