import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { placeWork } from '#core/guidance/place-work.ts'
import type { WorkPlace } from '#core/guidance/work-signs.ts'

const reasons = (text: string) => placeWork(text).because.map(({ words }) => words)

describe('work whose words all point one way', () => {
  test.each<[WorkPlace, string]>([
    ['reactive', 'Pushes to the main repository give error 500 since this morning.'],
    ['reactive', 'The web pages answer with 502s'],
    ['reactive', 'Sidekiq crashes every night'],
    ['reactive', 'A regression in 18.4: approvals are gone'],
    ['reactive', 'Two users cannot log in with SAML'],
    ['reactive', 'Their engineers can’t push to protected branches'],
    ['reactive', 'We are unable to clone'],
    ['reactive', 'The runner isn’t working'],
    ['reactive', 'They bought licence seats that do not show'],
    ['reactive', 'License key for the new instance'],
    ['reactive', 'Data loss in the registry'],
    ['reactive', 'EMERGENCY!!! Production is down'],
    ['reactive', 'The site went down for everyone'],
    ['reactive', 'How do we configure a runner for Windows?'],
    ['reactive', 'Does GitLab support this with LDAP?'],
    ['reactive', 'Since we upgraded, pipelines fail'],
    ['reactive', 'After the upgrade the job log hangs'],
    ['proactive', 'Reference architecture for 10,000 users'],
    ['proactive', 'Migration of 400 repositories from Bitbucket'],
    ['proactive', 'Upgrade to 19.0 in January'],
    ['proactive', 'Best practices for monorepos'],
    ['proactive', 'They want to structure their groups by product'],
    ['proactive', 'Roadmap and planning for next quarter'],
    ['proactive', 'A yearly health check of the instance'],
    ['proactive', 'Training for new maintainers'],
    ['proactive', 'Disaster recovery exercise'],
    ['proactive', 'Notes from the call with the platform team'],
    ['proactive', 'Agenda and action items of the next cadence call'],
    ['proactive', 'How do they best structure groups? No error, they only want advice'],
    ['proactive', 'Nothing is broken: they want recommendations for permissions'],
    ['interactive', 'Should I open a ticket for this or an issue?'],
    ['interactive', 'They ask how to create a support ticket'],
    ['interactive', 'A question about making tickets'],
    ['interactive', 'Please re-prioritise: the second one comes before the first'],
    ['interactive', 'Which of them do we look at first?'],
    ['interactive', 'They want to raise the priority of #4711'],
    ['interactive', 'This is urgent and important'],
    ['interactive', 'Zoom link for a call in ten minutes'],
    ['interactive', 'Can we hop on a quick call'],
  ])('%s: %s', (place, text) => {
    expect(placeWork(text)).toMatchObject({ belongs: place, sure: true })
  })
})

describe('work whose words point both ways', () => {
  test.each<[WorkPlace, string, string]>([
    ['reactive', 'The upgrade fails', 'Decide by the time'],
    ['reactive', 'Planning the migration, but production is down', 'Decide by the time'],
    ['reactive', 'Emergency training', 'Decide by the time'],
    ['proactive', 'Plan the migration to the reference architecture, so that it never crashes', 'Decide by the time'],
    ['interactive', 'Should I open a ticket for the crashes?', 'Decide by what is wanted'],
    ['interactive', 'Prioritise the migration', 'Decide by what is wanted'],
    ['reactive', 'Error 500, a stack trace and data loss; they want a zoom link', 'Decide by what is wanted'],
  ])('is proposed as %s, and says what to decide by: %s', (place, text, decision) => {
    const advice = placeWork(text)
    expect(advice).toMatchObject({ belongs: place, sure: false })
    expect(advice.because.at(-1)?.words).toContain(decision)
  })

  test('names the words of both sides, the proposed side first', () => {
    expect(reasons('The upgrade fails: error 500')).toEqual([
      '“fails”, “error 500”: Problems of the product belong in support tickets.',
      '“upgrade”: Changes of the architecture, migrations and upgrades are planned in issues and epics.',
      expect.stringMatching(/^The words point both ways\./),
    ])
  })
})

test('a text without any known word is a ticket, unsure, and says so', () => {
  expect(placeWork('ログインできません')).toMatchObject({
    belongs: 'reactive',
    sure: false,
    where: 'A ticket in Zendesk',
  })
  expect(reasons('Hello')).toEqual([expect.stringMatching(/^No word in it says where it belongs\./)])
})

test('a question that names no part of the product does not count as one', () => {
  expect(placeWork('How do I bake bread').sure).toBe(false)
})

test('a question beside words of planning is planning', () => {
  expect(placeWork('How do we structure our groups? Best practices for projects')).toMatchObject({
    belongs: 'proactive',
    sure: true,
  })
})

describe('what else is to be done', () => {
  test.each([
    ['Emergency: they talk in Slack', 'Write what matters of the conversation into the emergency ticket at once.'],
    ['Emergency, zoom link please', 'Write what matters of the conversation into the emergency ticket at once.'],
    ['Urgent: error 500', 'Say in Slack that it is urgent, with the address of the ticket.'],
    ['Upgrade, urgently', 'Say in Slack that it is urgent, with the address of the issue.'],
    ['Migration', 'Put the account’s label on it, so that it is in the account’s list.'],
    [
      'Zoom link',
      'After the call, sum it up in each ticket it was about. Any other call becomes an issue named YYYY-MM-DD Call: Purpose.',
    ],
    ['New priorities', 'Write down which priorities changed, and the new order.'],
    ['Heads up', 'Name the ticket or issue it is about; what has none yet needs one.'],
    [
      'Call notes',
      'Name it YYYY-MM-DD Call: Purpose, and write down who was there, topics, decisions, and tasks with who and by when.',
    ],
  ])('%s', (text, line) => {
    expect(placeWork(text).alsoDo).toContain(line)
  })

  test('an emergency is a ticket although only Slack is spoken of', () => {
    expect(placeWork('Urgent! Emergency! Zoom link! Reprioritise!')).toMatchObject({ belongs: 'reactive', sure: true })
  })

  test('nothing where there is nothing', () => {
    expect(placeWork('error 500').alsoDo).toEqual([])
  })
})

test('of many words the first six are quoted', () => {
  expect(reasons('crash, bug, broken, stuck, hangs, hung, slow')).toEqual([
    '“crash”, “bug”, “broken”, “stuck”, “hangs”, “hung” and 1 more: Problems of the product belong in support tickets.',
  ])
})

test('what the handbook does not name says so', () => {
  expect(placeWork('training').because[0]?.source).toMatch(/^Understudy/)
  expect(placeWork('migration').because[0]?.source).toBe('Handbook, Tickets vs. issues')
})

test('words inside other words are no signs', () => {
  expect(placeWork('a failover, an unplanned debugger, seatbelts, terrors').sure).toBe(false)
})

const places: readonly WorkPlace[] = ['reactive', 'proactive', 'interactive']
const words = fc.constantFrom(
  ...'error 500 crash cannot log in licence seats emergency is down upgrade migration plan best practices training should open a ticket issue urgent zoom link priorities first how do we runner hello the'.split(
    ' ',
  ),
)
const separator = fc.stringMatching(/^[ .,;:!?()"\n-]{0,3} [ .,;:!?()"\n-]{0,3}$/)

test('any text gets an advice with a reason, and the places it is not in', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.array(words).map((all) => all.join(' ')),
      ),
      (text) => {
        const advice = placeWork(text)
        expect(advice.because.length).toBeGreaterThan(0)
        expect([advice.belongs, ...advice.otherwise.map(({ belongs }) => belongs)].toSorted()).toEqual(
          places.toSorted(),
        )
        if (!advice.sure) expect(advice.because.at(-1)?.words).toMatch(/^(?:No word in it|The words point both ways)/)
      },
    ),
  )
})

test('case and punctuation do not matter', () => {
  const parts = fc.array(fc.tuple(words, separator, fc.boolean()), { minLength: 1 })
  fc.assert(
    fc.property(parts, (given) => {
      const plain = given.map(([word]) => word).join(' ')
      const dressed = given.map(([word, after, loud]) => `${loud ? word.toUpperCase() : word}${after}`).join('')
      expect(placeWork(dressed)).toEqual(placeWork(plain))
    }),
  )
})
