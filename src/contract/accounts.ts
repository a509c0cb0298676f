import { oc } from '@orpc/contract'
import { z } from 'zod'
import { errors } from './errors.ts'
import { instantMs, timeZone, zendeskId } from './values.ts'

/** How fresh what is known of an account is. `syncedAt` is null before the first complete pass. */
export const freshness = z.object({
  ticketsSyncedAt: instantMs.nullable(),
  issuesSyncedAt: instantMs.nullable(),
  /** What the last attempt failed with, in words, or null when it went well. */
  problem: z.string().nullable(),
})

const why = z.string().trim().min(1).max(280)
/** A share of an engineer's other ticket work, 0 to 1. */
const reductionPerAccount = z.number().min(0).max(1)
const notAssignedToAse = z.enum(['like-assigned', 'org-note'])

/** A value of the policy: what the policy says, and what holds for the account instead, with who said so and why. */
const overridable = <Value extends z.ZodType>(value: Value) =>
  z.object({
    policyValue: value,
    own: z.object({ value, why, byName: z.string().nullable(), setAt: instantMs }).nullable(),
  })

/** Another value than the policy's, and why; null goes back to the policy's, what is left out stays. */
const override = <Value extends z.ZodType>(value: Value) => z.strictObject({ value, why }).nullable().optional()

/** Values of the policy that can be other ones for an account. */
export const accountPolicy = z.object({
  reductionPerAccount: overridable(reductionPerAccount),
  notAssignedToAse: overridable(notAssignedToAse),
})
export type AccountPolicy = z.infer<typeof accountPolicy>

/** The values of an account's policy that are to be other ones. */
export const policyOverrides = z.strictObject({
  reductionPerAccount: override(reductionPerAccount),
  notAssignedToAse: override(notAssignedToAse),
})
export type PolicyOverrideChanges = z.infer<typeof policyOverrides>

export const accountRow = z.object({
  id: zendeskId,
  name: z.string(),
  aseId: zendeskId.nullable(),
  aseName: z.string().nullable(),
  aseSince: instantMs.nullable(),
  label: z.string().nullable(),
  gitlabGroup: z.string().nullable(),
  relation: z.enum(['covering', 'own', 'other']),
  /** The rules that can be other ones for this account. */
  policy: accountPolicy,
  openTickets: z.number().int(),
  openIssues: z.number().int(),
  freshness,
})
export type AccountRow = z.infer<typeof accountRow>

/** A customer as Zendesk has it, before it is followed. */
export const organizationMatch = z.object({ id: zendeskId, name: z.string(), followed: z.boolean() })
export type OrganizationMatch = z.infer<typeof organizationMatch>

/** An organization with what its record suggests for the account. A suggestion is shown as one, for a person to keep or change. */
export const organizationDetails = z.object({
  id: zendeskId,
  name: z.string(),
  followed: z.boolean(),
  note: z.string().nullable(),
  tags: z.array(z.string()),
  /** Organization fields that are filled in, by Zendesk's key. */
  fields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  suggested: z.object({
    /** From a field that names the ASE. */
    ase: z.object({ id: zendeskId.nullable(), words: z.string() }).nullable(),
    /** Canonical label of the account's proactive work. */
    label: z.string(),
    gitlabProject: z.string().nullable(),
    region: z.string().nullable(),
    supportLevel: z.string().nullable(),
  }),
})
export type OrganizationDetails = z.infer<typeof organizationDetails>

const link = {
  /** Zendesk user id of the ASE; null when nobody is assigned. */
  aseId: zendeskId.nullable(),
  /** Since when, for telling tickets that predate the ASE. */
  aseSince: instantMs.nullable(),
  label: z.string().max(255).nullable(),
  gitlabGroup: z.string().max(500).nullable(),
}

const refusable = { NOT_FOUND: errors.NOT_FOUND, REFUSED: errors.REFUSED }

export const accounts = {
  /** Every account of this workspace: covered ones first, then own, then the others, each by name. */
  list: oc.input(z.object({})).output(z.object({ accounts: z.array(accountRow), now: instantMs })),
  /** Organizations whose name begins like this, asked from Zendesk. */
  find: oc
    .errors({ REFUSED: errors.REFUSED })
    .input(z.object({ name: z.string().trim().min(2).max(100) }))
    .output(z.object({ organizations: z.array(organizationMatch) })),
  /** One organization's record, asked from Zendesk. */
  organization: oc
    .errors(refusable)
    .input(z.object({ id: zendeskId }))
    .output(organizationDetails),
  /** Agents whose name or address begins like this, to choose an ASE from. */
  findAgents: oc
    .errors({ REFUSED: errors.REFUSED })
    .input(z.object({ name: z.string().trim().min(2).max(100) }))
    .output(
      z.object({ agents: z.array(z.object({ id: zendeskId, name: z.string(), timeZone: timeZone.nullable() })) }),
    ),
  /** Follows an organization: its tickets are read from now on. What is left out is empty. */
  add: oc
    .errors(refusable)
    .input(
      z.object({
        organizationId: zendeskId,
        aseId: link.aseId.default(null),
        aseSince: link.aseSince.default(null),
        label: link.label.default(null),
        gitlabGroup: link.gitlabGroup.default(null),
      }),
    )
    .output(accountRow),
  /** Changes what is named. */
  change: oc
    .errors(refusable)
    .input(
      z.object({
        id: zendeskId,
        ...z.object(link).partial().shape,
        policyOverrides: policyOverrides.optional(),
      }),
    )
    .output(accountRow),
  /** Stops following: what is stored of the account is deleted from this machine. Nothing changes in Zendesk. */
  remove: oc
    .errors(refusable)
    .input(z.object({ id: zendeskId }))
    .output(z.object({})),
}
