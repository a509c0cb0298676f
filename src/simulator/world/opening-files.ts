import { projectsOf, supportProjects } from './gitlab-places.ts'
import type { GitlabProject, GitlabUser } from './issue.ts'
import { engineerUser } from './issues.ts'
import type { Organization } from './organizations.ts'
import { accounts, organizations } from './organizations.ts'
import { me } from './people.ts'

/** What a repository has in it when the world opens; without files it is empty. */
export interface OpeningFiles {
  readonly defaultBranch: string
  readonly pushLevel: number
  readonly author: GitlabUser
  readonly files: readonly (readonly [path: string, text: string])[]
}

const developer = 30
const maintainer = 40

/**
 * The files of a project. Collaboration projects have a README; those in subgroups have nothing yet. Cascadia Freight has a template for
 * calls. Meridian Health lets only maintainers push to its default branch.
 */
export function openingFiles({ id, path }: GitlabProject): OpeningFiles {
  const { coverage, organizations: notes } = supportProjects()
  const plain = { defaultBranch: 'main', pushLevel: developer, author: engineerUser(me.id) }
  if (id === coverage.id) {
    return { ...plain, pushLevel: maintainer, files: [['README.md', coverageReadme], coverageTemplate] }
  }
  if (id === notes.id) {
    const files = organizations.filter(({ notes: note }) => note !== null).map(noteFile)
    return {
      ...plain,
      defaultBranch: 'master',
      pushLevel: maintainer,
      files: [
        ['README.md', '# Organizations\n\nOne file for each organization. Changes go by merge request.\n'],
        ...files,
      ],
    }
  }
  const account = accounts.find((one) => projectsOf(one)[0]?.id === id)
  if (!account) return { ...plain, files: [] }
  return {
    ...plain,
    pushLevel: account.key === 'meridian' ? maintainer : developer,
    author: engineerUser(account.ase?.id ?? me.id),
    files: [
      [
        'README.md',
        `# ${account.name} and GitLab Support\n\nWork that is no ticket is kept in the issues of ${path}.\n`,
      ],
      ...(account.key === 'cascadia' ? [callTemplate(account)] : []),
    ],
  }
}

const coverageReadme = `# Assigned Support Engineers

Ask for coverage with an issue in this project: who is away, when, which accounts, and who may cover them.
`

const coverageTemplate = [
  '.gitlab/issue_templates/Coverage.md',
  '## Away\n\nFrom: \nUntil: \n\n## Accounts and who covers them\n\n## Before\n\n- [ ] Tickets reviewed with everyone who covers\n',
] as const

const callTemplate = ({ label }: Organization): readonly [string, string] => [
  '.gitlab/issue_templates/Call.md',
  `<!-- Title: YYYY-MM-DD Call: Purpose -->

## Present

## Agenda

## Notes

## Action items

- [ ] Task, who, until when

/label ~"${label ?? ''}"
`,
]

/** The file of an organization: its note as a block of YAML. */
function noteFile({ id, key, name, notes }: Organization): readonly [string, string] {
  const block = (notes ?? '').split('\n').map((line) => (line === '' ? '' : `  ${line}`))
  const prefix = (id % 0x1_0000_0000).toString(16).padStart(8, '0')
  const text = `id: ${id}\nname: ${prefix} ${name}\nnotes: |\n${block.join('\n')}\n`
  return [`organizations/${key}.yaml`, text]
}
