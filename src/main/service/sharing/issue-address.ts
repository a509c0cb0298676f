import { Refusal } from '../refusal.ts'

/** An issue as a person names it: the path of its project, and its number there. */
export interface IssueAddress {
  readonly path: string
  readonly iid: number
}

const inPath = /^\/?(.+?)(?:\/-)?\/(?:issues|work_items)\/(\d{1,9})(?:\/.*)?$/
const asReference = /^([\w.-]+(?:\/[\w.-]+)+)?#(\d{1,9})$/

/**
 * Reads which issue a person means: its address in the GitLab that is connected, `group/project#12`, or `#12` of the project in
 * which coverage issues are opened.
 *
 * @param gitlabUrl of the GitLab that is connected, without a slash at its end.
 * @throws {Refusal} that says what to write.
 */
export function readIssueAddress(text: string, gitlabUrl: string, coverageProject: string | null): IssueAddress {
  const typed = text.trim()
  const [, path = coverageProject, number] = asReference.exec(typed) ?? []
  if (number !== undefined) {
    if (path !== null) return { path, iid: Number(number) }
    throw new Refusal('refused', `Write the project before ${typed}, like group/project${typed}.`)
  }
  const home = new URL(gitlabUrl)
  const address = URL.parse(typed)
  if (address === null || !address.protocol.startsWith('http')) throw noIssue()
  if (address.host !== home.host) {
    const words = `This address is at ${address.host}, and the GitLab that is connected is ${home.host}.`
    throw new Refusal('refused', `${words} Take the address of an issue there.`)
  }
  const base = home.pathname.replace(/\/$/, '')
  const below = address.pathname.startsWith(`${base}/`) ? address.pathname.slice(base.length) : ''
  const [, found, iid] = inPath.exec(below) ?? []
  if (found === undefined || iid === undefined) throw noIssue()
  return { path: found, iid: Number(iid) }
}

/** The number of an issue in its address; undefined where that is of nothing else. */
export function issueIidIn(url: string): number | undefined {
  const iid = inPath.exec(URL.parse(url)?.pathname ?? '')?.[2]
  return iid === undefined ? undefined : Number(iid)
}

function noIssue(): Refusal {
  return new Refusal('refused', 'This is no address of an issue. Copy it from the browser, or write group/project#12.')
}
