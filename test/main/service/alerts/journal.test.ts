import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openJournal, type JournalLine } from '#service/alerts/journal.ts'
import { temporaryFolder } from '#test/support/temporary-folder.ts'

const line = (id: number, at = id): JournalLine => ({
  id,
  kind: 'new-ticket',
  subject: `ticket ${id}`,
  instance: 'created',
  ticketId: id,
  accountId: 1,
  title: 'Acme · new ticket',
  dueAt: at,
  at,
})

const journalFile = () => join(temporaryFolder(), 'alerts.jsonl')

test('what was written is read again by the next one', async () => {
  const file = journalFile()
  const first = openJournal(file)
  expect(await first.read(0)).toEqual([])
  await first.append([line(1), line(2)])
  await first.append([])
  await first.append([line(3)])
  await first.close()
  const next = openJournal(file)
  expect(await next.read(0)).toEqual([line(1), line(2), line(3)])
  await next.append([line(4)])
  expect(await next.read(0)).toHaveLength(4)
  await next.close()
})

test('a line that a crash broke off is passed over, and harms no later one', async () => {
  const file = journalFile()
  const first = openJournal(file)
  await first.append([line(1)])
  await first.close()
  appendFileSync(file, '{"id":2,"kind":"new-ti')
  const next = openJournal(file)
  expect(await next.read(0)).toEqual([line(1)])
  await next.append([line(3)])
  expect(await next.read(0)).toEqual([line(1), line(3)])
  await next.close()
})

test('what was torn off since it was read does not take the next line along', async () => {
  const file = journalFile()
  writeFileSync(file, `${JSON.stringify(line(1))}`)
  const journal = openJournal(file)
  expect(await journal.read(0)).toEqual([line(1)])
  await journal.append([line(2)])
  expect(await journal.read(0)).toEqual([line(1), line(2)])
  await journal.close()
})

test('what is older is forgotten for good', async () => {
  const file = journalFile()
  const journal = openJournal(file)
  await journal.append([line(1), line(2), line(3)])
  expect(await journal.read(2)).toEqual([line(2), line(3)])
  expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(2)
  expect(existsSync(`${file}.next`)).toBe(false)
  await journal.append([line(4)])
  expect(await journal.read(0)).toEqual([line(2), line(3), line(4)])
  await journal.close()
})

test('lines can be forgotten for good, together with what a crash left of replacing them', async () => {
  const file = journalFile()
  const journal = openJournal(file)
  await journal.append([line(1), line(2), line(3)])
  writeFileSync(`${file}.next`, JSON.stringify(line(2)))
  await journal.forget(({ ticketId }) => ticketId === 2)
  expect(readFileSync(file, 'utf8')).not.toContain('ticket 2')
  expect(existsSync(`${file}.next`)).toBe(false)
  await journal.append([line(4)])
  expect(await journal.read(0)).toEqual([line(1), line(3), line(4)])
  await journal.close()
})
