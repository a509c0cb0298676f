import { beforeEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { screen, within } from '@testing-library/react'
import { aStatus, aTicket, aTicketDetail, hourMs, now } from '../../support/fixtures.ts'
import { memoryStorage } from '../../support/memory-storage.ts'
import { openWindow, type OpenedWindow } from '../../support/open-window.tsx'
import type { StandInState } from '../../support/stand-in-state.ts'
import { faultsOfThePage } from '../../support/unnamed-controls.ts'

beforeEach(() => page.viewport(1280, 800))

const stamp = now - 3 * hourMs

describe('put me on Cc', () => {
  test('shows what is sent and that the customer sees it, sends when told to, and says where it stands', async () => {
    const { standIn } = await openTicket({ onCc: false, follows: false })
    await userEvent.click(screen.getByRole('button', { name: 'Put me on Cc' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Put me on Cc: #4711' }))
    const preview = await dialog.findByRole('region', { name: 'What is sent' })
    expect(preview.textContent).toContain('Put you (Tom Okafor) on Cc of #4711.')
    expect(preview.textContent).toContain('The customer sees this. Your name and address')
    expect(faultsOfThePage()).toEqual([])
    expect(inputsOf(standIn, 'outbox.send')).toEqual([])
    await expect.poll(() => document.activeElement?.textContent).toBe('Send')
    await userEvent.keyboard('{Enter}')
    expect(await screen.findByText('Ticket #4711: change ordered')).toBeTruthy()
    expect(inputsOf(standIn, 'outbox.send')).toEqual([
      { orders: [{ intent: { kind: 'add-cc', ticketId: 4711 }, stamp }] },
    ])
    expect(screen.queryByRole('dialog', { name: /Cc/ })).toBeNull()
    const changes = within(await screen.findByRole('region', { name: 'Changes' }))
    expect(await changes.findByText('Waiting to be sent')).toBeTruthy()
    expect(await screen.findByRole('link', { name: '1 change waiting' })).toBeTruthy()
  })

  test('says what was ordered in one place, which never covers the next dialog’s buttons', async () => {
    await page.viewport(1024, 640)
    const warnings = Array.from({ length: 8 }, (_, index) => `So the dialog is as high as it may be, ${index}.`)
    await openTicket({ onCc: false, follows: false }, { preview: { warnings } })
    for (const key of ['c', 'f']) {
      await userEvent.keyboard(key)
      await expect.poll(() => document.activeElement?.textContent).toBe('Send')
      await userEvent.keyboard('{Enter}')
      await expect.poll(() => screen.queryByRole('button', { name: 'Send' })).toBeNull()
    }
    await expect.poll(() => screen.getAllByRole('dialog', { name: /change ordered/ }).length).toBe(1)
    await writeNote('x')
    await screen.findByText(/high as it may be, 7/)
    const send = screen.getByRole('button', { name: 'Send' })
    const { left, right, top, bottom } = send.getBoundingClientRect()
    const toast = screen.getByRole('dialog', { name: /change ordered/ }).getBoundingClientRect()
    expect({ overlaps: toast.left < right && toast.top < bottom }).toEqual({ overlaps: true })
    expect(document.elementFromPoint((left + right) / 2, (top + bottom) / 2)?.closest('button')).toBe(send)
  })

  test('turns into leaving for somebody who is on it, and so does following', async () => {
    await openTicket({ onCc: true, follows: true })
    await userEvent.click(screen.getByRole('button', { name: 'Leave Cc' }))
    expect(await screen.findByText('Take you (Tom Okafor) off the Cc of #4711.')).toBeTruthy()
    await userEvent.keyboard('{Escape}')
    await expect.poll(() => screen.queryByRole('dialog')).toBeNull()
    await userEvent.click(screen.getByRole('button', { name: 'Unfollow' }))
    const preview = await screen.findByRole('region', { name: 'What is sent' })
    expect(preview.textContent).toContain('off the followers')
    expect(preview.textContent).toContain('Hidden from the customer.')
  })

  test('colours what the customer sees otherwise than what they do not', async () => {
    const look = async (name: string) => {
      await userEvent.click(screen.getByRole('button', { name }))
      const words = await screen.findByText(/The customer sees this|Hidden from the customer/)
      const colour = getComputedStyle(words.closest('p') ?? words).backgroundColor
      await userEvent.keyboard('{Escape}')
      await expect.poll(() => screen.queryByRole('dialog')).toBeNull()
      return colour
    }
    await openTicket({ onCc: false, follows: false })
    expect(await look('Put me on Cc')).not.toBe(await look('Follow'))
  })

  test('shows warnings first, and does not send what cannot be done', async () => {
    const warnings = ['The ticket changed an hour ago.', '47 of 48 places on Cc are taken.']
    const { standIn } = await openTicket(
      { onCc: false, follows: false },
      { preview: { warnings, refusal: 'The ticket is closed; nothing of it can be changed.' } },
    )
    await userEvent.keyboard('c')
    expect((await screen.findByRole('alert')).textContent).toBe(
      'This cannot be done. The ticket is closed; nothing of it can be changed.',
    )
    for (const warning of warnings) expect(screen.getByText(warning)).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Send' }).matches(':disabled')).toBe(true)
    await userEvent.keyboard('{Control>}{Enter}{/Control}')
    expect(inputsOf(standIn, 'outbox.send')).toEqual([])
  })

  test('that is refused when it is sent says why and stays', async () => {
    const words = 'Sign in to Zendesk again first; Connections leads there.'
    await openTicket({ onCc: false, follows: false }, { refusing: new Map([['outbox.send', words]]) })
    await userEvent.keyboard('c')
    await expect.poll(() => document.activeElement?.textContent).toBe('Send')
    await userEvent.keyboard('{Enter}')
    expect((await screen.findByRole('alert')).textContent).toBe(words)
    expect(await screen.findByRole('dialog')).toBeTruthy()
  })

  test('whose outcome nobody knows says where to look, so that it is not made twice', async () => {
    const { standIn } = await openTicket({ onCc: false, follows: false }, { holding: new Set(['outbox.send']) })
    await userEvent.keyboard('c')
    await expect.poll(() => document.activeElement?.textContent).toBe('Send')
    await userEvent.keyboard('{Enter}')
    await expect.poll(() => inputsOf(standIn, 'outbox.send').length).toBe(1)
    standIn.cut()
    expect(await screen.findByText(/not known whether this was ordered. Look at Changes/)).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Send', hidden: true }).matches(':disabled')).toBe(true)
    standIn.restore()
  })

  test('whose preview cannot be had says so and asks again', async () => {
    const { standIn } = await openTicket({ onCc: false, follows: false }, { failing: new Set(['outbox.preview']) })
    await userEvent.keyboard('c')
    const alert = await screen.findByRole('alert')
    expect(alert.textContent).toContain('What this would do could not be found out')
    standIn.state.failing.clear()
    await userEvent.click(within(alert).getByRole('button', { name: 'Try again' }))
    expect(await screen.findByRole('region', { name: 'What is sent' })).toBeTruthy()
  })
})

describe('an internal note', () => {
  test('takes Enter as a new line and sends by Ctrl and Enter, as it was last shown', async () => {
    const { standIn } = await openTicket()
    await userEvent.keyboard('n')
    await screen.findByRole('dialog', { name: 'Internal note on #4711' })
    expect(await screen.findByText(/Write something/)).toBeTruthy()
    await userEvent.keyboard('Two runners back.{Enter}Watching until 14:00.')
    const preview = await screen.findByRole('region', { name: 'What is sent' })
    await expect.poll(() => preview.textContent).toContain('Two runners back.\nWatching until 14:00.')
    expect(preview.textContent).toContain('Hidden from the customer.')
    expect(inputsOf(standIn, 'outbox.send')).toEqual([])
    await userEvent.keyboard('{Control>}{Enter}{/Control}')
    await expect
      .poll(() => inputsOf(standIn, 'outbox.send'))
      .toEqual([
        {
          orders: [
            {
              intent: { kind: 'internal-note', ticketId: 4711, body: 'Two runners back.\nWatching until 14:00.' },
              stamp,
            },
          ],
        },
      ])
  })

  test('sent right after the last letter goes out once its preview says nothing new', async () => {
    const { standIn } = await openTicket()
    await writeNote('Two runners back')
    await screen.findByRole('region', { name: 'What is sent' })
    await expect.poll(() => screen.getByRole('button', { name: 'Send' }).matches(':disabled')).toBe(false)
    await userEvent.keyboard('!{Control>}{Enter}{/Control}')
    await expect.poll(() => inputsOf(standIn, 'outbox.send').length).toBe(1)
    expect(JSON.stringify(inputsOf(standIn, 'outbox.send'))).toContain('Two runners back!')
  })

  test('sent right after the last letter waits when its preview says something new', async () => {
    const { standIn } = await openTicket()
    await writeNote('Two runners back')
    await expect.poll(() => screen.getByRole('button', { name: 'Send' }).matches(':disabled')).toBe(false)
    standIn.state.preview = { warnings: ['Priya Raman wrote a minute ago.'] }
    // However slow the machine is, the keys come before the answer.
    const { promise, resolve } = Promise.withResolvers<void>()
    standIn.state.previewHeld = promise
    await userEvent.keyboard('!{Control>}{Enter}{/Control}')
    resolve()
    expect(await screen.findByText('Priya Raman wrote a minute ago.')).toBeTruthy()
    await expect.poll(() => screen.getByRole('button', { name: 'Send' }).matches(':disabled')).toBe(false)
    expect(inputsOf(standIn, 'outbox.send')).toEqual([])
  })

  test('takes every letter from the first moment on, and none of them is a shortcut', async () => {
    await openTicket()
    const strike = (key: string) =>
      (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
    // Only what the key itself set going gets its turn, no frame and no next key.
    const settle = async () => {
      for (let turn = 0; turn < 5; turn += 1) await Promise.resolve()
    }
    strike('n')
    await settle()
    expect(document.activeElement).toBe(screen.getByLabelText('Note'))
    ;(document.activeElement as HTMLElement).blur()
    strike('a')
    await settle()
    strike('t')
    await settle()
    expect(await screen.findByRole('dialog', { name: 'Internal note on #4711' })).toBeTruthy()
    await userEvent.keyboard('{Escape}')
    await expect.poll(() => screen.queryByRole('dialog')).toBeNull()
    await userEvent.keyboard('a')
    expect(await screen.findByRole('dialog', { name: 'Assign #4711' })).toBeTruthy()
  })

  test('gives the focus back to the button it was opened with', async () => {
    await openTicket()
    await userEvent.click(screen.getByRole('button', { name: 'Internal note…' }))
    await screen.findByLabelText('Note')
    await userEvent.keyboard('{Escape}')
    await expect.poll(() => document.activeElement?.textContent).toBe('Internal note…')
  })

  test('is kept as a draft over the end of the window, by ticket, until it is sent', async () => {
    const storage = memoryStorage()
    const first = await openTicket({}, {}, storage)
    await writeNote('Half a thought')
    await userEvent.keyboard('{Escape}')
    expect(await screen.findByRole('button', { name: 'Note (draft)…' })).toBeTruthy()
    first.close()
    const { standIn } = await openTicket({}, {}, storage)
    await userEvent.click(screen.getByRole('button', { name: 'Note (draft)…' }))
    expect((await screen.findByLabelText<HTMLTextAreaElement>('Note')).value).toBe('Half a thought')
    await expect.poll(() => screen.getByRole('button', { name: 'Send' }).matches(':disabled')).toBe(false)
    await userEvent.keyboard('{Control>}{Enter}{/Control}')
    await expect.poll(() => inputsOf(standIn, 'outbox.send').length).toBe(1)
    expect(await screen.findByRole('button', { name: 'Internal note…' })).toBeTruthy()
    expect(storage.kept.size).toBe(0)
  })

  test('that was refused is still there', async () => {
    const storage = memoryStorage()
    await openTicket({}, { refusing: new Map([['outbox.send', 'Not now.']]) }, storage)
    await writeNote('Keep me')
    await expect.poll(() => screen.getByRole('button', { name: 'Send' }).matches(':disabled')).toBe(false)
    await userEvent.click(screen.getByRole('button', { name: 'Send' }))
    expect(await screen.findByText('Not now.')).toBeTruthy()
    expect([...storage.kept.values()].join('')).toContain('Keep me')
  })

  test('shows strange words as text', async () => {
    const html = '<img src=x onerror="window.pwned = 1">'
    await openTicket({}, { preview: { words: html, warnings: [html], customerSees: { visible: false, words: html } } })
    await writeNote('x')
    const preview = await screen.findByRole('region', { name: 'What is sent' })
    expect(preview.textContent).toContain(html)
    expect(preview.querySelector('img')).toBeNull()
    expect('pwned' in globalThis).toBe(false)
  })
})

describe('to assign', () => {
  test('offers me first, and any agent by name', async () => {
    const { standIn } = await openTicket()
    await userEvent.keyboard('a')
    const dialog = within(await screen.findByRole('dialog', { name: 'Assign #4711' }))
    await expect.poll(() => document.activeElement?.getAttribute('role')).toBe('combobox')
    expect(faultsOfThePage()).toEqual([])
    await userEvent.click(dialog.getByRole('button', { name: 'Me (Tom Okafor)' }))
    expect(await dialog.findByText('Assign #4711 to user 10.')).toBeTruthy()
    await userEvent.click(dialog.getByRole('button', { name: 'Choose another' }))
    await userEvent.keyboard('prit')
    await screen.findAllByRole('option')
    await userEvent.keyboard('{Enter}')
    expect(await dialog.findByText('Assign #4711 to user 22.')).toBeTruthy()
    await userEvent.click(dialog.getByRole('button', { name: 'Send' }))
    await expect
      .poll(() => inputsOf(standIn, 'outbox.send'))
      .toEqual([{ orders: [{ intent: { kind: 'assign', ticketId: 4711, assigneeId: 22 }, stamp }] }])
  })

  test('does not offer me what is mine', async () => {
    const row = aTicket({ assigneeId: 10, assigneeName: 'Tom Okafor' })
    await openWindow({ queue: [row], details: new Map([[row.id, aTicketDetail(row)]]) }, '/today/ticket/4711')
    await userEvent.click(await screen.findByRole('button', { name: 'Assign…' }))
    await screen.findByRole('dialog')
    expect(screen.queryByRole('button', { name: /^Me/ })).toBeNull()
  })
})

describe('tags', () => {
  test('are added and taken away in one change', async () => {
    const { standIn } = await openTicket()
    await userEvent.keyboard('t')
    await screen.findByRole('dialog', { name: 'Tags of #4711' })
    await userEvent.keyboard('geo, runner  geo runner-token')
    await userEvent.click(screen.getByRole('checkbox', { name: 'self-managed' }))
    expect(await screen.findByText('Tags of #4711: add geo, runner-token; take away self-managed.')).toBeTruthy()
    expect(faultsOfThePage()).toEqual([])
    await userEvent.keyboard('{Control>}{Enter}{/Control}')
    await expect
      .poll(() => inputsOf(standIn, 'outbox.send'))
      .toEqual([
        {
          orders: [
            { intent: { kind: 'tags', ticketId: 4711, add: ['geo', 'runner-token'], remove: ['self-managed'] }, stamp },
          ],
        },
      ])
  })

  test('are refused here when there are too many or one is too long', async () => {
    const { standIn } = await openTicket()
    await userEvent.keyboard('t')
    await userEvent.fill(await screen.findByLabelText('Add'), 'x'.repeat(256))
    expect(await screen.findByText('A tag has at most 255 letters.')).toBeTruthy()
    await userEvent.fill(screen.getByLabelText('Add'), Array.from({ length: 51 }, (_, index) => `t${index}`).join(' '))
    expect(await screen.findByText('At most 50 tags at once.')).toBeTruthy()
    expect(inputsOf(standIn, 'outbox.preview')).toEqual([])
  })
})

test('without a connection to Understudy nothing can be begun', async () => {
  const { standIn } = await openTicket()
  standIn.cut()
  await expect.poll(() => screen.getByRole('button', { name: 'Assign…' }).matches(':disabled')).toBe(true)
  await userEvent.keyboard('c')
  expect(screen.queryByRole('dialog')).toBeNull()
})

test('the keys of the ticket are listed, and g still leads to screens', async () => {
  const { path } = await openTicket()
  await userEvent.keyboard('?')
  const sheet = within(await screen.findByRole('dialog', { name: 'Keyboard shortcuts' }))
  expect(await sheet.findByText('Write an internal note')).toBeTruthy()
  await userEvent.keyboard('{Escape}')
  await expect.poll(() => screen.queryByRole('dialog')).toBeNull()
  await userEvent.keyboard('ga')
  await expect.poll(path).toBe('/accounts')
})

test('the note dialog fits into the smallest window', async () => {
  await page.viewport(1024, 640)
  await openTicket({}, { preview: { warnings: ['One.', 'Two.', 'Three.'], refusal: 'No.' } })
  await writeNote('x')
  await screen.findByText('Three.')
  const send = screen.getByRole('button', { name: 'Send' }).getBoundingClientRect()
  expect(send.bottom).toBeLessThanOrEqual(640)
})

/** Opens the note by its key and types as somebody does who sees where they type. */
async function writeNote(words: string): Promise<void> {
  await userEvent.keyboard('n')
  await expect.poll(() => document.activeElement?.tagName).toBe('TEXTAREA')
  await userEvent.keyboard(words)
}

async function openTicket(
  me: Partial<{ onCc: boolean; follows: boolean }> = {},
  state: Partial<StandInState> = {},
  storage = memoryStorage(),
): Promise<OpenedWindow> {
  const row = aTicket()
  const place = { onCc: true, follows: false, ...me }
  const detail = aTicketDetail(row, { me: place, iAmOnCc: place.onCc || place.follows })
  const window = await openWindow(
    { status: aStatus({ workspace: 'real' }), queue: [row], details: new Map([[row.id, detail]]), ...state },
    '/today/ticket/4711',
    storage,
  )
  await screen.findByRole('group', { name: 'Actions' })
  return window
}

function inputsOf(standIn: OpenedWindow['standIn'], path: string): unknown[] {
  return standIn.calls.filter((call) => call.path === path).map((call) => call.input)
}
