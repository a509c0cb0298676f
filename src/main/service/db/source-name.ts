/** Which source a stream is read from. */
export type SourceName = 'zendesk' | 'gitlab'
