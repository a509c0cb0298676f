const metricWords: Readonly<Record<string, string>> = {
  first_reply_time: 'First reply',
  next_reply_time: 'Next reply',
  periodic_update_time: 'Periodic update',
  pausable_update_time: 'Pausable update',
  requester_wait_time: 'Requester wait time',
  agent_work_time: 'Agent work time',
  total_resolution_time: 'Total resolution time',
  group_ownership_time: 'Group ownership time',
}

/** A metric as Zendesk's screens call it; one it did not have when this was written keeps its own name. */
export function metricWord(metric: string): string {
  return metricWords[metric] ?? metric.replaceAll('_', ' ')
}
