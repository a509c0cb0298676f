import { templateLabelLine } from '../issues/call-template.ts'
import { fillIn } from '../policy/fill-in.ts'
import type { ProactivePolicy } from '../policy/policy.ts'
import { actionText, shownAsText } from './action-item.ts'
import { withoutEmpty, type CallDocument } from './call-document.ts'
import { safeNotes } from './safe-notes.ts'

/** Whose call it is, and the label of the account's work; null: it has none. */
export interface CallOf {
  readonly account: string
  readonly label: string | null
}

/** What the issue of a call is named: `2026-12-04 Call: Upgrade plan`. */
export function callTitle(call: CallDocument): string {
  return `${call.day} Call: ${withoutEmpty(call).purpose}`
}

/**
 * The description of a call's issue: the sections of the policy's template for calls, in its order, filled in. A section of the template
 * that is not known here stays as it is there; one that it lacks comes last. Priorities are left out where none changed.
 */
export function callMarkdown(given: CallDocument, policy: ProactivePolicy, { account, label }: CallOf): string {
  const contents = contentsOf(withoutEmpty(given), account)
  const template = sectionsOf(policy.callTemplate.lines.map((line) => fillIn(line, { account, label: label ?? '' })))
  const known = new Set(template.map(({ heading }) => heading.toLowerCase()))
  const missing = [...contents].filter(([name]) => !known.has(name.toLowerCase()))
  const all = [
    ...template.map(({ heading, lines }): [string, string] => [
      heading,
      contentOf(contents, heading) ?? lines.join('\n').trim(),
    ]),
    ...missing,
  ]
  return all
    .filter(([heading, content]) => content !== '' || contentOf(contents, heading) === undefined)
    .map(([heading, content]) => `## ${heading}\n\n${content}`.trim())
    .join('\n\n')
}

/** The same to be pasted by hand: title, text, and the quick action that sets the label. */
export function callToCopy(call: CallDocument, policy: ProactivePolicy, of: CallOf): string {
  const label = of.label === null ? '' : `\n\n${templateLabelLine(of.label)}`
  return `${callTitle(call)}\n\n${callMarkdown(call, policy, of)}${label}`
}

/** The summary of a call for a ticket: plain text, as one writes it there. */
export function callSummary(given: CallDocument, account: string): string {
  const call = withoutEmpty(given)
  const listed = (name: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [`${name}\n${lines.map((line) => `- ${line}`).join('\n')}`]
  const order = call.priorities.map((line, index) => `${index + 1}. ${line}`)
  return [
    `Call summary: ${call.purpose} (${call.day})`,
    ...listed('Present', presentLines(call, account)),
    ...listed('Discussed', call.topics.map(topicText)),
    ...listed('Decisions', call.decisions),
    ...listed('Action items', call.actions.map(summarised)),
    ...(call.prioritiesChanged === '' ? [] : [`Priorities\n${call.prioritiesChanged}`]),
    ...(order.length === 0 ? [] : [`New order of priorities\n${order.join('\n')}`]),
  ].join('\n\n')
}

function summarised(item: CallDocument['actions'][number]): string {
  return `${actionText(item)}${item.done ? ' – done' : ''}`
}

function topicText({ title, notes }: CallDocument['topics'][number]): string {
  const lines = notes === '' ? [] : notes.split('\n')
  const [first = title, ...rest] = title === '' ? lines : [title, ...lines]
  return [first, ...rest.map((line) => `  ${line}`)].join('\n')
}

/** What each section says, by its heading; empty where it is to be left out. */
function contentsOf(call: CallDocument, account: string): Map<string, string> {
  const { topics, decisions, actions, priorities } = call
  const none = 'None.'
  const changed = safeNotes(call.prioritiesChanged)
  return new Map([
    ['Who was present', bullets(presentLines(call, account)) || 'Not written down.'],
    ['Purpose', safeNotes(call.purpose)],
    ['Agenda', numbers(topics.flatMap(({ title }) => (title === '' ? [] : [title])))],
    ['Notes', topics.map(topicMarkdown).join('\n\n')],
    ['Decisions', bullets(decisions) || none],
    ['Action items', actions.map((item) => `- [${item.done ? 'x' : ' '}] ${actionText(item)}`).join('\n') || none],
    [
      'Priorities',
      [
        ...(changed === '' ? [] : [`What changed:\n\n${changed}`]),
        ...(priorities.length === 0 ? [] : [`The new order:\n\n${numbers(priorities)}`]),
      ].join('\n\n'),
    ],
  ])
}

function contentOf(contents: ReadonlyMap<string, string>, heading: string): string | undefined {
  return [...contents].find(([name]) => name.toLowerCase() === heading.toLowerCase())?.[1]
}

function presentLines({ customer, ours }: CallDocument, account: string): string[] {
  return [
    ...(customer.length === 0 ? [] : [`${account}: ${customer.join(', ')}`]),
    ...(ours.length === 0 ? [] : [`GitLab: ${ours.join(', ')}`]),
  ]
}

function topicMarkdown({ title, notes }: CallDocument['topics'][number]): string {
  return [...(title === '' ? [] : [`### ${shownAsText(title)}`]), ...(notes === '' ? [] : [safeNotes(notes)])].join(
    '\n\n',
  )
}

function bullets(lines: readonly string[]): string {
  return lines.map((line) => `- ${shownAsText(line)}`).join('\n')
}

function numbers(lines: readonly string[]): string {
  return lines.map((line, index) => `${index + 1}. ${shownAsText(line)}`).join('\n')
}

/** The sections of a template, without its instructions and quick actions. */
function sectionsOf(lines: readonly string[]): { readonly heading: string; readonly lines: readonly string[] }[] {
  const text = lines.join('\n').replaceAll(/<!--.*?-->/gs, '')
  return text
    .split(/^## /m)
    .slice(1)
    .map((part) => {
      const [heading = '', ...rest] = part.split('\n')
      return { heading: heading.trim(), lines: rest.filter((line) => !/^\s*\/\w/.test(line)) }
    })
}
