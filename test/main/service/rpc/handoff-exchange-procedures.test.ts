import { safe } from '@orpc/client'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { aLine } from '#test/support/handoff-values.ts'
import { coverageProject, handoffColleagues, type HandoffColleague } from '#test/support/handoff-colleagues.ts'
import { writtenHistory } from '#test/support/written-history.ts'

type Colleagues = Awaited<ReturnType<typeof handoffColleagues>>

const refusal = async (call: Promise<unknown>) => {
  const { error } = await safe(call)
  return error && 'code' in error ? `${String(error.code)}: ${error.message}` : error
}

async function write({ client }: HandoffColleague, handoffId: string, ticketId: number, story: string) {
  const { lines } = await client.handoffs.get({ handoffId })
  const base = lines.find((line) => line.ticketId === ticketId)?.lineBase ?? ''
  const line = { ...aLine({ story }), contingencies: [...aLine().contingencies] }
  return client.handoffs.saveLine({ handoffId, ticketId, base, line })
}

test(
  'a handoff goes to GitLab, is said back, answered and accepted from there, and the plan’s issue says so',
  { timeout: 120_000 },
  async () => {
    const all = await handoffColleagues()
    const { ase, cover, handoffId, planId, planIid } = all
    const ids = (await ase.client.handoffs.get({ handoffId })).lines.map(({ ticketId }) => ticketId)
    expect(ids.length).toBeGreaterThan(0)
    for (const id of ids) await write(ase, handoffId, id, `Story of ${id}`)
    expect(await ase.client.handoffs.issue({ handoffId })).toMatchObject({
      ...{ project: coverageProject, issue: null, order: null, toSend: false },
    })
    const { preview } = await ase.send(handoffId)
    expect(preview).toMatchObject({
      intent: { kind: 'create-issue', confidential: true, assigneeIds: [], labels: [] },
      customerSees: { visible: false },
    })
    const { issue } = await ase.client.handoffs.issue({ handoffId })
    const iid = issue?.iid ?? 0
    const opened = await all.issue(iid)
    expect(opened).toMatchObject({
      title: expect.stringMatching(/^Handoff of .+ by Dana Whitfield, 2030-12-16 to 2030-12-20$/) as string,
      confidential: true,
    })
    expect(opened.description).toContain('Dana Whitfield still owns')
    // What was opened for the plan is no handoff, and the other way round.
    expect(await refusal(cover.client.plans.fetch({ reference: issue?.url ?? '', apply: true }))).toContain(
      'There is no coverage plan in',
    )
    expect(await refusal(cover.client.handoffs.fetch({ reference: `#${planIid}`, apply: true }))).toContain(
      'There is no handoff in',
    )

    const reference = issue?.url ?? ''
    expect(await cover.client.handoffs.fetch({ reference, apply: false })).toMatchObject({ ids: [handoffId], fresh: 1 })
    await cover.client.handoffs.fetch({ reference, apply: true })
    expect(await cover.document(handoffId)).toEqual(await ase.document(handoffId))
    for (const ticketId of ids) await cover.client.handoffs.teachBack({ handoffId, ticketId, words: `So ${ticketId}` })
    expect((await cover.send(handoffId)).sent).toBe(true)
    await ase.client.handoffs.fetch({ handoffId, apply: true })
    for (const ticketId of ids) {
      await ase.client.handoffs.judge({ handoffId, ticketId, accepted: true, words: '' })
    }
    await ase.send(handoffId)
    await cover.client.handoffs.fetch({ handoffId, apply: true })
    const { hash, open } = await cover.client.handoffs.get({ handoffId })
    expect(open).toEqual([])
    await cover.client.handoffs.accept({ handoffId, state: 'accepted', hash, words: '' })
    await cover.send(handoffId)
    await ase.client.handoffs.fetch({ handoffId, apply: true })
    expect(await ase.client.handoffs.get({ handoffId })).toMatchObject({ state: 'accepted', acceptance: { hash } })
    expect(await ase.document(handoffId)).toEqual(await cover.document(handoffId))
    expect((await all.issue(iid)).description).toContain('Accepted by')

    // The plan itself says nothing new; how its handoff stands does.
    const plan = await ase.client.plans.previewIssue({ planId })
    expect(plan.preview.refusal).toBeNull()
    await ase.client.outbox.send({ orders: [plan.preview] })
    await ase.sync()
    expect((await all.issue(planIid)).description).toMatch(
      new RegExp(`## Handoffs\\n\\n.*\\n.*\\n.*accepted by .* \\| ${coverageProject}#${iid} \\|`),
    )
    expect((await ase.client.plans.previewIssue({ planId })).preview.refusal).toContain('There is nothing to send.')
  },
)

test(
  'a project that customers see gets no handoff, and a restricted account’s leaves in no way',
  { timeout: 60_000 },
  async () => {
    const { own, ase, handoffId, accountId } = await handoffColleagues()
    const group = own.description.workspace.accounts[0]?.gitlabGroup ?? ''
    const theirs = group.endsWith('/collaboration') ? group : `${group}/collaboration`
    await ase.client.settings.set({ coverageProject: theirs })
    const { preview } = await ase.client.handoffs.previewIssue({ handoffId })
    expect(preview.refusal).toContain('A handoff is for colleagues')
    expect(await refusal(ase.client.outbox.send({ orders: [preview] }))).toContain('A handoff is for colleagues')
    await ase.client.settings.set({ coverageProject })
    await ase.client.desks.change({ accountId, change: { kind: 'restricted', restricted: true } })
    expect(await refusal(ase.client.handoffs.export({ handoffIds: [handoffId], as: 'page' }))).toContain(
      'is restricted',
    )
    expect((await ase.client.handoffs.previewIssue({ handoffId })).preview.refusal).toContain('is restricted')
  },
)

const anyEdit = fc.record({
  who: fc.nat(1),
  what: fc.constantFrom(
    'line',
    'text',
    'say',
    'judge',
    'resolve',
    'send',
    'send',
    'send',
    'fetch',
    'sync',
    'hand',
    'break',
  ),
  which: fc.nat(3),
})

test(
  'whatever two colleagues do through one GitLab, and whoever edits the issue, nothing is lost and both hold the same',
  { timeout: 300_000 },
  async () => {
    const all = await handoffColleagues()
    const { ase, cover, handoffId } = all
    const ticketIds = (await ase.client.handoffs.get({ handoffId })).lines.map(({ ticketId }) => ticketId)
    for (const id of ticketIds) await write(ase, handoffId, id, 'At first')
    const history = writtenHistory()
    history.note(null, await ase.document(handoffId))
    await ase.send(handoffId)
    const iid = (await ase.client.handoffs.issue({ handoffId })).issue?.iid ?? 0
    await cover.client.handoffs.fetch({ reference: `#${iid}`, apply: true })
    let turn = 0
    await fc.assert(
      fc.asyncProperty(fc.array(anyEdit, { minLength: 6, maxLength: 14 }), async (edits) => {
        const kept: string[] = []
        for (const edit of edits) {
          const machine = edit.who === 0 ? ase : cover
          const before = await machine.document(handoffId)
          turn += 1
          const isWriting = await happen({ ...all, iid, ticketIds }, machine, edit, turn, kept)
          if (isWriting) history.note(before, await machine.document(handoffId))
        }
        for (const machine of [ase, cover, ase]) {
          await safe(machine.client.handoffs.fetch({ handoffId, apply: true }))
          await machine.send(handoffId)
        }
        await cover.client.handoffs.fetch({ handoffId, apply: true })
        expect(await cover.document(handoffId)).toEqual(await ase.document(handoffId))
        expect(history.standing(await ase.document(handoffId))).toEqual(history.survivors())
        const { description } = await all.issue(iid)
        for (const text of kept) expect(description).toContain(text)
      }),
      // The two go on with what they have: to shrink would be to tell another story.
      { numRuns: 8, endOnFailure: true },
    )
  },
)

/** @returns whether somebody at the machine wrote something in the handoff. */
async function happen(
  { handoffId, iid, ticketIds, issue, rewrite }: Colleagues & { iid: number; ticketIds: readonly number[] },
  machine: HandoffColleague,
  { what, which }: typeof anyEdit extends fc.Arbitrary<infer Value> ? Value : never,
  turn: number,
  kept: string[],
): Promise<boolean> {
  const ticketId = ticketIds[which % ticketIds.length] ?? 0
  const { handoffs } = machine.client
  const did = async (call: Promise<unknown>) => (await safe(call)).error === null
  switch (what) {
    case 'line':
      return did(write(machine, handoffId, ticketId, `Story ${turn}`))
    case 'text': {
      const { base } = (await handoffs.get({ handoffId })).texts.mood
      return did(handoffs.saveText({ handoffId, text: 'mood', value: `Mood ${turn}`, base }))
    }
    case 'say':
      return did(handoffs.teachBack({ handoffId, ticketId, words: `Back ${turn}` }))
    case 'judge':
      return did(handoffs.judge({ handoffId, ticketId, accepted: which > 1, words: `Answer ${turn}` }))
    case 'resolve': {
      const [conflict] = (await handoffs.get({ handoffId })).conflictList
      return did(handoffs.resolve({ handoffId, field: conflict?.field ?? 'none', side: which % 2 }))
    }
    case 'send':
      await machine.send(handoffId)
      return false
    case 'fetch':
      await did(handoffs.fetch({ handoffId, apply: which > 0 }))
      return false
    case 'sync':
      await machine.sync()
      return false
    case 'hand': {
      const { description } = await issue(iid)
      const note = `Noted by hand, ${turn}`
      kept.push(note)
      const places = [
        `${note}\n\n${description}`,
        `${description}\n${note}`,
        description.replace('\n## ', `\n${note}\n\n## `),
      ]
      await rewrite(iid, places[which % 3] ?? '')
      return false
    }
    case 'break': {
      const { description } = await issue(iid)
      const broken = description.replace(
        `{"ticket":"${ticketId}","line":[`,
        `{"ticket":"${ticketId}","line":broken-${turn}[`,
      )
      if (broken !== description) kept.push(`broken-${turn}`)
      await rewrite(iid, broken)
      return false
    }
  }
}
