import type { GuidanceSituation } from '../policy/policy.ts'
import type { GuidanceCell, GuidanceDimension, GuidanceValue } from './guidance-dimensions.ts'

/** The cells in which each dimension named has the value, or one of the values; the others have any. */
type Cells = {
  readonly [D in GuidanceDimension]?: GuidanceValue<D> | readonly GuidanceValue<D>[]
}

/** One row of the decision table: in these cells the situation is this one. */
export interface GuidanceRow {
  readonly situation: GuidanceSituation
  readonly when: Cells
}

/** A situation over some sets of cells, each narrowed by what all of them have in common. */
function rows(situation: GuidanceSituation, common: Cells, among: readonly Cells[] = [{}]): readonly GuidanceRow[] {
  return among.map((cells) => ({ situation, when: { ...common, ...cells } }))
}

const live = { stage: 'live' } as const satisfies Cells
const emergency = { ...live, emergency: 'yes', account: 'ase' } as const satisfies Cells
const ordinary = { ...live, emergency: 'no', account: 'ase' } as const satisfies Cells
const decided = { ...ordinary, preAse: 'no' } as const satisfies Cells
const covering = { ...decided, role: 'cover' } as const satisfies Cells
const own = { ...decided, role: 'ase', ase: ['here', 'off'] } as const satisfies Cells
const others = { ...decided, role: ['on-call', 'other'] } as const satisfies Cells
const othersAway = { ...others, ase: 'away' } as const satisfies Cells
const runsOut = ['before', 'missed'] as const

/** Assigned away from the ASE of an account all of whose tickets are the ASE's. */
const elsewhere: Cells = { held: 'another', contributing: 'like-assigned' }
/** Where a covering engineer just goes on. */
const toCover: readonly Cells[] = [{ held: ['ase', 'nobody'] }, { held: 'another', contributing: 'org-note' }]
/** Assigned to the ASE, or as good as that. */
const forAse: readonly Cells[] = [{ held: 'ase' }, { held: 'nobody', contributing: 'like-assigned' }]
const counted: readonly Cells[] = [{ held: 'ase' }, { held: ['nobody', 'another'], contributing: 'like-assigned' }]
/** A new ticket that should be the ASE's and that nobody has. */
const unheld: Cells = { held: 'nobody', contributing: 'like-assigned', isNew: 'yes' }
/** All of `counted` but `unheld`. */
const settled: readonly Cells[] = [{ held: 'ase' }, elsewhere, { ...unheld, isNew: 'no' }]
const byOrgNote: Cells = { held: ['nobody', 'another'], contributing: 'org-note' }

/**
 * Rules 3 to 12 as one table. Every cell is in exactly one row, so the order of the rows means nothing.
 */
export const decisionTable: readonly GuidanceRow[] = [
  ...rows('finished', { stage: 'finished' }),
  ...rows('emergency-without-ase', { ...live, emergency: 'yes', account: 'none' }),
  ...rows('emergency', { ...emergency, role: 'other', covered: 'no' }),
  ...rows('emergency-covered', { ...emergency, role: 'other', covered: 'yes' }),
  ...rows('emergency-on-call', { ...emergency, role: 'on-call', covered: 'no' }),
  ...rows('emergency-on-call-covered', { ...emergency, role: 'on-call', covered: 'yes' }),
  ...rows('emergency-covering', { ...emergency, role: 'cover' }),
  ...rows('emergency-own', { ...emergency, role: 'ase' }),
  ...rows('unassigned-account', { ...live, emergency: 'no', account: 'none' }),

  ...rows('pre-ase', { ...ordinary, preAse: 'not-asked' }),
  ...rows('pre-ase-asked', { ...ordinary, preAse: 'asked' }),
  ...rows('pre-ase-chosen', { ...ordinary, preAse: 'ase' }),
  ...rows('pre-ase-kept', { ...ordinary, preAse: 'assignee' }),

  ...rows('covering-elsewhere', { ...covering, ...elsewhere }),
  ...rows('covering-new', { ...covering, isNew: 'yes' }, toCover),
  ...rows('covering-breach', { ...covering, isNew: 'no', breach: runsOut }, toCover),
  ...rows('covering', { ...covering, isNew: 'no', breach: 'later' }, toCover),

  ...rows('own-away', { ...decided, role: 'ase', ase: 'away', covered: 'yes' }),
  ...rows('own-uncovered', { ...decided, role: 'ase', ase: 'away', covered: 'no' }),
  ...rows('own-elsewhere', { ...own, ...elsewhere }),
  ...rows('own-by-priority', { ...own, ...byOrgNote }),
  ...rows('own-breach', { ...own, breach: runsOut }, forAse),
  ...rows('own', { ...own, breach: 'later' }, forAse),

  ...rows('org-note', { ...others, ...byOrgNote }),
  ...rows('new-unassigned', { ...others, ...unheld }, [{ ase: 'here' }, { ase: ['off', 'away'], breach: 'later' }]),
  ...rows('ase-away', { ...othersAway, covered: 'yes', breach: 'later' }, settled),
  ...rows('ase-away-breach', { ...othersAway, covered: 'yes', breach: runsOut }, counted),
  ...rows('uncovered', { ...othersAway, covered: 'no', breach: 'later' }, settled),
  ...rows('uncovered-breach', { ...othersAway, covered: 'no', breach: runsOut }, counted),
  ...rows('breach-before-online', { ...others, ase: 'off', breach: 'before' }, counted),
  ...rows('missed', { ...others, ase: 'off', breach: 'missed' }, counted),
  ...rows('ase-online', { ...others, ase: 'here' }, settled),
  ...rows('ase-online', { ...others, ase: 'off', breach: 'later' }, settled),
]

/** Whether a row speaks of a cell. */
export function isInRow({ when }: GuidanceRow, cell: GuidanceCell): boolean {
  for (const dimension in when) {
    const wanted: string | readonly string[] | undefined = when[dimension as GuidanceDimension]
    const value: string = cell[dimension as GuidanceDimension]
    if (wanted !== undefined && (typeof wanted === 'string' ? wanted !== value : !wanted.includes(value))) return false
  }
  return true
}

/** The situation that a cell is in. */
export function decideSituation(cell: GuidanceCell): GuidanceSituation {
  const row = decisionTable.find((candidate) => isInRow(candidate, cell))
  if (!row) throw new Error(`The decision table has no row for ${JSON.stringify(cell)}`)
  return row.situation
}
