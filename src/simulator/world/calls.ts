import type { DescribedCall } from '../description.ts'
import { DAY, HOUR, localDay } from '../time.ts'
import { organizationByKey } from './organizations.ts'
import { callum, dana, me } from './people.ts'

/** Calls as I wrote them down: one of last week that was filed, and one of this morning of which a part is typed. */
export function describeCalls(anchor: number): readonly DescribedCall[] {
  return [begunWithCascadia(anchor), filedWithBrandt(anchor)]
}

function begunWithCascadia(anchor: number): DescribedCall {
  const cascadia = organizationByKey('cascadia')
  const [marcus, yuki] = cascadia.contacts
  return {
    id: 'call-cascadia-handover',
    accountId: cascadia.id,
    createdAt: anchor - 2 * HOUR,
    updatedAt: anchor - HOUR,
    filedAt: null,
    became: '',
    document: {
      about: 'other',
      day: localDay(me.timeZone, anchor, 0),
      purpose: 'Who to ask while Dana is away',
      tickets: [],
      customer: [marcus?.name ?? '', yuki?.name ?? ''],
      ours: [me.name],
      topics: [
        { title: 'Geo', notes: 'The secondary lags since Monday. Yuki sends the cursor table this afternoon.' },
        { title: 'Maintenance window', notes: '' },
      ],
      decisions: ['No failover practice before Dana is back'],
      actions: [{ what: 'Read the cursor table and answer in the ticket', dri: me.name, dueOn: '', done: false }],
      prioritiesChanged: '',
      priorities: [],
    },
  }
}

function filedWithBrandt(anchor: number): DescribedCall {
  const brandt = organizationByKey('brandt')
  const [katrin, stefan] = brandt.contacts
  const day = (days: number) => localDay(me.timeZone, anchor, days)
  return {
    id: 'call-brandt-gitaly',
    accountId: brandt.id,
    createdAt: anchor - 6 * DAY,
    updatedAt: anchor - 6 * DAY + HOUR,
    filedAt: anchor - 6 * DAY + HOUR,
    became: 'Markdown of the issue, to copy',
    document: {
      about: 'other',
      day: day(-6),
      purpose: 'Splitting Gitaly over three nodes',
      tickets: [],
      customer: [katrin?.name ?? '', stefan?.name ?? ''],
      ours: [me.name, callum.name],
      topics: [
        { title: 'Where the load comes from', notes: 'Two thirds are clones of one repository by CI.' },
        { title: 'Order of the move', notes: 'Smallest storage first, on a Saturday.' },
      ],
      decisions: ['Cache clones in CI before anything is moved', `${dana.name} reviews the plan before the first move`],
      actions: [
        { what: 'Measure clones a day by project', dri: stefan?.name ?? '', dueOn: day(-3), done: true },
        { what: 'Send the settings of the pack-objects cache', dri: me.name, dueOn: day(-2), done: false },
        { what: 'Name two Saturdays for the first move', dri: katrin?.name ?? '', dueOn: day(8), done: false },
      ],
      prioritiesChanged: 'The upgrade to 18.6 waits until Gitaly is split.',
      priorities: ['Cache for clones in CI', 'Gitaly on three nodes', 'Upgrade to 18.6'],
    },
  }
}
