import { accountLabel } from '#core/issues/account-label.ts'
import type { ZendeskOrganization } from '../zendesk/zendesk-api.ts'

/** What a customer's record suggests for the account, as it is written there. */
export interface Suggestions {
  /** What names the ASE: an id, an address, a name, or a word. */
  readonly ase: string | null
  readonly label: string
  /** Number or path of the collaboration project. */
  readonly gitlabProject: string | null
  readonly region: string | null
  readonly supportLevel: string | null
}

/** Organization fields by what they mean; the first that is filled in counts. */
const fields = {
  ase: ['assigned_se', 'assigned_support_engineer', 'ase'],
  gitlabProject: ['am_project_id'],
  region: ['org_region'],
  supportLevel: ['support_level'],
} as const

const aseInNote =
  /^[^\p{L}\n]*(?:The )?(?:ASE|Assigned Support Engineer)\b[^\p{L}\n]*(?:is )?(\p{Lu}[\p{L}'’-]+(?: \p{Lu}(?:\.|[\p{L}'’-]+)){1,3})/mu
const regionInNote = /\bregion:?\s+(AMER|EMEA|APAC)\b/i
const projectInNote = /https:\/\/[^\s/]+\/((?:[\w.-]+\/)*account-management\/[\w./-]*\w)/

/** Reads what the fields and the note of an organization suggest. Fields go before the note. */
export function suggestionsOf({
  name,
  notes,
  fields: values,
}: Pick<ZendeskOrganization, 'name' | 'notes' | 'fields'>): Suggestions {
  const field = (meaning: keyof typeof fields): string | null => {
    const key = fields[meaning].find((one) => isFilled(values[one]))
    return key === undefined ? null : String(values[key]).trim()
  }
  const inNote = (pattern: RegExp): string | null => pattern.exec(notes ?? '')?.[1] ?? null
  return {
    ase: field('ase') ?? inNote(aseInNote),
    label: accountLabel(name),
    gitlabProject: field('gitlabProject') ?? inNote(projectInNote)?.replace(/\/-\/.*$/, '') ?? null,
    region: field('region') ?? inNote(regionInNote)?.toUpperCase() ?? null,
    supportLevel: field('supportLevel'),
  }
}

/** A box that is not ticked and a number of nothing say nothing. */
function isFilled(value: string | number | boolean | undefined): boolean {
  return value !== undefined && typeof value !== 'boolean' && value !== 0 && value !== '0'
}
