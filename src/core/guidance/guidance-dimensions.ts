/**
 * What the rules distinguish about a ticket, each with the values it takes. One value of each makes a cell of the decision table.
 *
 * | dimension      | means                                                                                                     |
 * | -------------- | --------------------------------------------------------------------------------------------------------- |
 * | `stage`        | whether work on the ticket goes on                                                                        |
 * | `emergency`    | whether it pages the on-call engineer                                                                     |
 * | `account`      | whether its account has an ASE                                                                            |
 * | `preAse`       | opened before the ASE took the account and held by somebody else: what the customer chose, `no` otherwise |
 * | `role`         | who asks: covering engineer, ASE, on-call engineer, any other support engineer                            |
 * | `ase`          | whether the ASE is at work, off until their next working hours, or absent                                 |
 * | `breach`       | the next clock: ends when the ASE can answer (or never), ends before that, has ended                      |
 * | `isNew`        | whether nobody has answered it yet                                                                        |
 * | `held`         | whom it is assigned to                                                                                    |
 * | `contributing` | whose it is while not assigned to the ASE: theirs all the same, or anybody's as the org note says         |
 * | `covered`      | whether somebody covers the account now                                                                   |
 */
export const guidanceDimensions = {
  stage: ['live', 'finished'],
  emergency: ['no', 'yes'],
  account: ['ase', 'none'],
  preAse: ['no', 'not-asked', 'asked', 'ase', 'assignee'],
  role: ['cover', 'ase', 'on-call', 'other'],
  ase: ['here', 'off', 'away'],
  breach: ['later', 'before', 'missed'],
  isNew: ['no', 'yes'],
  held: ['ase', 'nobody', 'another'],
  contributing: ['like-assigned', 'org-note'],
  covered: ['no', 'yes'],
} as const

/** One of them. */
export type GuidanceDimension = keyof typeof guidanceDimensions
/** A value of one of them. */
export type GuidanceValue<D extends GuidanceDimension> = (typeof guidanceDimensions)[D][number]

/** One value of every dimension: all that the rules want to know. */
export type GuidanceCell = { readonly [D in GuidanceDimension]: GuidanceValue<D> }
