/** A page of a list. */
export interface GitlabPage<Row> {
  readonly rows: readonly Row[]
  /** Where the next page is; null on the last one. */
  readonly next: string | null
  /** True: the list is as it was when it was called by the etag that is known; there are no rows then. */
  readonly unchanged: boolean
  /** What was asked and how GitLab calls the state it answered with. */
  readonly asked: { readonly address: string; readonly etag: string | null }
}
