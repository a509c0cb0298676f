import { expect, test } from 'vitest'
import { returnWrapUp } from '#contract/return-wrap-up.ts'
import { storeWorkspace, storeOrganization } from '#service/db/workspace.ts'
import { showWrapUp } from '#service/returns/show-wrap-up.ts'
import { learnFromReturn } from '#service/returns/write-return-call.ts'
import { aHandedDesk, type HandedDesk } from '#test/support/handed-desk.ts'
import { aWorkspace, dayMs, hourMs, wednesday } from '#test/support/work-values.ts'
import { decideRows, wrapUpDeskOf } from '#test/support/wrap-up-setting.ts'

const coverageId = 'acme-by-ines'
const acme = { id: 'anna-away--1', accountId: 1 }
const shown = (desk: HandedDesk) => showWrapUp(wrapUpDeskOf(desk), coverageId)

test('only tickets that were decided to go to the ASE are to be transferred, with a note of what happened and was decided', async () => {
  const desk = await aHandedDesk()
  await desk.pass(hourMs)
  desk.page(102, { createdAt: wednesday + hourMs, assigneeId: 11, ccIds: [11], subject: 'Geo lags' })
  desk.say(102, 11, { text: 'We will send the patch by Friday.' })
  desk.page(103, { createdAt: wednesday + hourMs, assigneeId: 11 })
  await desk.pass(hourMs)
  decideRows(
    desk.db,
    acme,
    desk.clock.now(),
    { ticketId: 102, decision: 'transfer', note: 'They call on Friday.', subject: 'Geo lags' },
    { ticketId: 102, kind: 'replied', words: '1 reply', decision: 'know' },
    { ticketId: 103, decision: 'keep' },
  )
  const { transfers, ...rest } = shown(desk)
  expect(transfers).toMatchObject([
    {
      ...{ ticketId: 102, subject: 'Geo lags', status: 'open', assigneeName: 'Ines', onCc: true, standing: 'ready' },
      ...{ url: 'https://zendesk.example.com/agent/tickets/102', entries: [], refusal: '' },
    },
  ])
  expect(transfers[0]?.note.split('\n')).toEqual([
    'Handed back to Anna from Ines, who covered from Tue 17 Nov 10:00 until Wed 18 Nov 12:00 (times are Europe/Berlin).',
    '',
    'What happened:',
    '- Wed 18 Nov 11:00: Opened',
    '- Wed 18 Nov 11:00: 1 reply',
    '',
    'Promised to the customer:',
    '- By 2026-11-20: “We will send the patch by Friday.”',
    '',
    'Decided in the return meeting:',
    '- Opened: goes to Anna. They call on Friday.',
  ])
  expect(rest).toMatchObject({ aseId: 12, aseName: 'Anna', call: null, coverageIssue: null })
  expect(returnWrapUp.safeParse(shown(desk)).error).toBeUndefined()
})

test('a decision that was changed is what counts', async () => {
  const desk = await aHandedDesk()
  decideRows(desk.db, acme, wednesday, { decision: 'transfer' })
  expect(shown(desk).transfers).toHaveLength(1)
  decideRows(desk.db, acme, wednesday + 1, { decision: 'keep' })
  expect(shown(desk).transfers).toEqual([])
})

test('what was foreseen is counted, and which of it happened or was not foreseen is named', async () => {
  const desk = await aHandedDesk()
  desk.foresee(101, { id: 'c1', trigger: { on: 'customer-replies' } }, { id: 'c2', trigger: null })
  desk.page(102)
  desk.foresee(102, { id: 'c3', trigger: { on: 'status', to: 'hold' } })
  await desk.pass(hourMs)
  desk.say(101, 501)
  await desk.pass(hourMs)
  expect(shown(desk).contingencies).toEqual({
    written: 3,
    fired: [expect.stringMatching(/^#101 Runners time out: If .+, then .+/)],
    wrong: [],
  })
  desk.page(102, { priority: 'urgent' })
  await desk.pass(hourMs)
  expect(shown(desk).contingencies.wrong).toEqual([
    '#102 Runners time out: None of what was foreseen happened, and this did',
  ])
})

test('the lesson is as it was said, and can be said anew', async () => {
  const desk = await aHandedDesk()
  expect(shown(desk).lesson).toEqual({ helped: null, missing: '' })
  learnFromReturn(wrapUpDeskOf(desk), coverageId, { helped: 'partly', missing: 'How to roll back' })
  expect(shown(desk).lesson).toEqual({ helped: 'partly', missing: 'How to roll back' })
  learnFromReturn(wrapUpDeskOf(desk), coverageId, { helped: 'yes', missing: '' })
  expect(shown(desk).lesson).toEqual({ helped: 'yes', missing: '' })
})

test('whether the organization note tells of the absence is read from what is stored of it', async () => {
  const desk = await aHandedDesk()
  const note = (notes: string | null) =>
    storeOrganization(desk.db, { id: 1, name: 'Acme', notes, tags: [], fields: {}, updatedAt: wednesday })
  expect(shown(desk).orgNoteTells).toBe(false)
  note('Anna is the ASE. Until 2026-11-19 Ines covers for her.')
  expect(shown(desk).orgNoteTells).toBe(true)
  note('Anna is the ASE. Until 2027-01-10 Ben covers for her.')
  expect(shown(desk).orgNoteTells).toBe(false)
})

test('the messages name everybody who covered', async () => {
  const workspace = aWorkspace()
  const [first] = workspace.coverages
  if (!first) throw new Error('there is one')
  const coverages = [
    { ...first, endsAt: wednesday },
    { ...first, id: 'acme-by-ben', coverId: 13, startsAt: wednesday },
  ]
  const desk = await aHandedDesk()
  storeWorkspace(desk.db, { ...workspace, coverages })
  await desk.pass(dayMs / 2)
  const [contacts, team] = shown(desk).notices
  expect(contacts?.text).toContain('Ines and Ben told Anna')
  expect(team).toMatchObject({ to: 'The account team of Acme', subject: 'Acme: Anna is back' })
})
