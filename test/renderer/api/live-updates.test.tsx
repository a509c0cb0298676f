import { describe, expect, test } from 'vitest'
import type { ChangeEvent } from '#contract/events.ts'
import { createChangeFollower } from '#renderer/api/live-updates.ts'

describe('change notices', () => {
  test('of one kind refresh what that kind touches', () => {
    expect(reactionsTo([notice(1, 'issues')])).toEqual([
      'refresh issues,calls,accounts,desks,handoffs,returns,returnWrapUps',
    ])
  })

  test('of connections and changes refresh what shows them', () => {
    expect(reactionsTo([notice(1, 'connections'), notice(2, 'outbox')])).toEqual([
      'refresh connections,app,sync,accounts,guidance,handoffs,returns',
      'refresh outbox,plans,calls,handoffs,returnWrapUps',
    ])
  })

  test('of coverage and calendars refresh plans, shifts, absences and the load that follows from them', () => {
    expect(reactionsTo([notice(1, 'coverage'), notice(2, 'calendars')])).toEqual([
      'refresh coverage,workload,tickets,accounts,people,plans,onCall,absences,guidance,orgNotes,desks,handoffs,returns,returnWrapUps,returnFigures,customerData',
      'refresh calendars,absences,onCall,coverage,plans,workload,tickets,people,guidance,desks,handoffs',
    ])
  })

  test('in order miss nothing', () => {
    expect(reactionsTo([notice(1, 'issues'), notice(2, 'issues')])).toHaveLength(2)
  })

  test('with a gap refresh everything', () => {
    expect(reactionsTo([notice(1, 'issues'), notice(3, 'issues')]).slice(1)).toEqual(['refresh all', 'look for alerts'])
  })

  test('of another run of the service refresh everything', () => {
    const reactions = reactionsTo([notice(1, 'issues'), { ...notice(2, 'issues'), epoch: 'second' }])
    expect(reactions.slice(1)).toEqual(['refresh all', 'look for alerts'])
  })

  test('that were seen before do nothing', () => {
    expect(reactionsTo([notice(5, 'issues'), notice(5, 'issues'), notice(4, 'issues')])).toHaveLength(1)
  })

  test('of a reset refresh everything, even when they count from the start again', () => {
    expect(reactionsTo([notice(5, 'issues'), notice(0, 'reset'), notice(1, 'issues')])).toEqual([
      'refresh issues,calls,accounts,desks,handoffs,returns,returnWrapUps',
      'refresh all',
      'look for alerts',
      'refresh issues,calls,accounts,desks,handoffs,returns,returnWrapUps',
    ])
  })

  test('that ask for a ticket open it, and only a real one', () => {
    expect(reactionsTo([notice(1, 'open-ticket', ['4711']), notice(2, 'open-ticket', ['x'])])).toEqual(['open 4711'])
    expect(reactionsTo([notice(1, 'open-alerts')])).toEqual(['open alerts'])
  })

  test('of alerts look for alerts to show', () => {
    expect(reactionsTo([notice(1, 'alerts')])).toEqual(['refresh alerts,app', 'look for alerts'])
  })

  test('are asked for from the last one seen', () => {
    const follower = createChangeFollower(silent)
    expect(follower.position()).toEqual({ epoch: null, since: 0 })
    follower.take(notice(7, 'sync'))
    expect(follower.position()).toEqual({ epoch: 'first', since: 7 })
  })
})

const silent = {
  refresh: () => {},
  refreshAll: () => {},
  openTicket: () => {},
  openAlerts: () => {},
  alertsChanged: () => {},
}

function notice(seq: number, kind: ChangeEvent['kind'], ids: string[] = []): ChangeEvent {
  return { epoch: 'first', seq, kind, ids }
}

function reactionsTo(events: readonly ChangeEvent[]): string[] {
  const said: string[] = []
  const follower = createChangeFollower({
    refresh: (areas) => said.push(`refresh ${areas.join(',')}`),
    refreshAll: () => said.push('refresh all'),
    openTicket: (id) => said.push(`open ${id}`),
    openAlerts: () => said.push('open alerts'),
    alertsChanged: () => said.push('look for alerts'),
  })
  for (const event of events) follower.take(event)
  return said
}
