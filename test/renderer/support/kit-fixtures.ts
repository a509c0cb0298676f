import type { AccountKit, KitStep } from '#contract/account-kit.ts'
import type { WorkIntent } from '#contract/work-intent.ts'
import type { WorkProject } from '#contract/work-project.ts'
import { minuteMs, now } from './fixtures.ts'

const label = 'ASE Work - Northwind'

/** The collaboration project of Northwind Logistics. */
export function aWorkProject(changes: Partial<WorkProject> = {}): WorkProject {
  return {
    id: 71,
    path: 'collab/northwind/collaboration',
    url: 'https://gitlab.example.com/collab/northwind/collaboration',
    customerSees: { visible: true, words: 'Everything in this project can be seen by Northwind Logistics.' },
    mayWrite: true,
    ...changes,
  }
}

const intents: Readonly<Record<KitStep['id'], WorkIntent>> = {
  label: { kind: 'create-label', projectId: 71, name: label, color: '#6699cc', description: 'Work of the ASE' },
  subscription: { kind: 'subscribe-label', projectId: 71, name: label },
  board: { kind: 'create-board', projectId: 71, name: label, label },
  template: {
    kind: 'file-change',
    projectId: 71,
    path: '.gitlab/issue_templates/Call.md',
    content: '## Who was present\n',
    by: 'commit',
    title: 'Add an issue template for calls',
    description: '',
    assigneeIds: [],
  },
}

/** A part of the project; missing ones can be made. */
export function aKitStep(id: KitStep['id'], changes: Partial<KitStep> = {}): KitStep {
  const { state = 'missing' } = changes
  const intent = intents[id]
  return {
    id,
    state,
    words: state === 'missing' ? `The ${id} is missing.` : `The ${id} is there.`,
    url: state === 'done' ? `https://gitlab.example.com/collab/northwind/collaboration/-/${id}` : null,
    preview:
      state === 'missing'
        ? {
            intent,
            subject: 'collab/northwind/collaboration',
            words: `Make the ${id} in collab/northwind/collaboration.`,
            customerSees:
              id === 'subscription'
                ? { visible: false, words: 'Only you hear of it.' }
                : { visible: true, words: 'Northwind Logistics sees it in the project.' },
            warnings: [],
            refusal: null,
            stamp: now - minuteMs,
          }
        : null,
    ...changes,
  }
}

/** What Northwind's project has and lacks: nothing is there yet. */
export function aKit(changes: Partial<AccountKit> = {}): AccountKit {
  return {
    accountId: 1,
    accountName: 'Northwind Logistics',
    project: aWorkProject(),
    projects: [aWorkProject()],
    label: { name: label, ofAccount: true, words: 'The label of the account.' },
    steps: [aKitStep('label'), aKitStep('subscription'), aKitStep('board'), aKitStep('template')],
    announcements: [
      { to: 'Your contacts at Northwind Logistics', subject: 'Planned work in GitLab', text: `Use ${label}.` },
      { to: 'The account team of Northwind Logistics', subject: 'Planned work', text: `They use ${label}.` },
    ],
    asOf: now,
    ...changes,
  }
}
