/** Where a piece of work belongs: `reactive` in a ticket, `proactive` in an issue or epic, `interactive` in Slack or a call. */
export type WorkPlace = 'reactive' | 'proactive' | 'interactive'

/** What a description can be a sign of. */
export type WorkSignId =
  | 'emergency'
  | 'problem'
  | 'licence'
  | 'question'
  | 'planning'
  | 'practice'
  | 'care'
  | 'call-record'
  | 'asking'
  | 'priority'
  | 'meeting'
  | 'urgent'

/** Words by which a kind of work is known, and what is said of it. */
export interface WorkSign {
  readonly id: WorkSignId
  readonly belongs: WorkPlace
  /** What holds for it, in plain words. */
  readonly rule: string
  readonly source: string
  /** For a text as `plainWords` gives it. */
  readonly words: RegExp
}

const notAble = '(?:cannot|can not|cant|could not|couldnt|unable to|not able to|can no longer)'
const afterwards = '(?<! (?:after|since|following) (?:the |our |an |a |their |last )?)'
const askFor = '(?:how|where|whether|should|who|which|what)(?: [^ ]+){0,5}'
const noun = '(?:tickets?|issues?|epics?|cases?)'

const ticketsOrIssues = 'Handbook, Tickets vs. issues'
const slack = 'Handbook, Interactive work: Slack'

/**
 * The signs, in the order in which they are told. They follow the handbook's page “Where to document and manage work for accounts”;
 * what it does not name says so in its source.
 */
export const workSigns: readonly WorkSign[] = [
  {
    id: 'emergency',
    belongs: 'reactive',
    rule: 'An emergency is worked in its ticket, wherever it is talked about.',
    source: slack,
    words: anyOf(
      'emergenc(?:y|ies)',
      'outage',
      'sev(?:erity)? ?1',
      '(?:is|are|was|went|goes|completely|totally|entirely) (?:all |completely |totally |entirely )?down',
      'down for (?:everyone|everybody|all)',
      'nobody can work',
    ),
  },
  {
    id: 'problem',
    belongs: 'reactive',
    rule: 'Problems of the product belong in support tickets.',
    source: ticketsOrIssues,
    words: anyOf(
      'errors?(?: 50[0-4])?',
      '(?:http|status|code|an?|gets?|getting|got|with) 50[0-4]',
      '50[0-4]s',
      '50[0-4] (?:errors?|internal|bad|on|when|pages?|responses?)',
      'crash(?:es|ed|ing)?',
      'regressions?',
      'bugs?',
      'broken',
      'breaks',
      'broke',
      'fail(?:s|ed|ing|ures?)?',
      'stuck',
      'hangs',
      'hung',
      'time ?outs?',
      'timed out',
      'times out',
      '(?:not|doesnt|isnt|stopped|stops) (?:be )?work(?:ing)?',
      `${notAble} (?:[^ ]+ )?(?:log ?in|sign ?in|push|pull|clone|merge|deploy|access|reach|connect|open|start|upload|download|install)`,
      'locked out',
      'stack ?trace',
      'exceptions?',
      'out of memory',
      'pil(?:e|es|ed|ing) up',
      'data (?:loss|(?:is|was|are|were) (?:lost|gone))',
      'lost (?:our |their |all |some )?data',
      'corrupt(?:ed|ion)?',
      'slow(?:ness|er)?',
      'degraded',
    ),
  },
  {
    id: 'licence',
    belongs: 'reactive',
    rule: 'Problems and questions about licences belong in support tickets.',
    source: ticketsOrIssues,
    words: anyOf('licen[cs](?:es?|ing)', 'seats?', 'activation codes?', 'true ups?', 'subscriptions?'),
  },
  {
    id: 'question',
    belongs: 'reactive',
    rule: 'Questions about the product belong in support tickets.',
    source: ticketsOrIssues,
    words: anyOf(
      'how (?:do|does|can|to)',
      'why (?:do|does|is|are|did)',
      'does gitlab',
      'can gitlab',
      'is it possible',
      'questions? about',
    ),
  },
  {
    id: 'planning',
    belongs: 'proactive',
    rule: 'Changes of the architecture, migrations and upgrades are planned in issues and epics.',
    source: ticketsOrIssues,
    words: anyOf(
      '(?:reference )?architectur(?:es?|al)',
      'sizing',
      'capacity',
      'scal(?:ing|e (?:up|out))',
      'high availability',
      'disaster recovery',
      `${afterwards}migrat(?:ions?|es?|ing)`,
      `${afterwards}upgrad(?:es?|ing)`,
      'cut ?overs?',
      'plan(?:s|ned|ning)?',
      'road ?maps?',
      'strategy',
      'prepar(?:e|es|ing|ation)',
      'roll ?outs?',
      'evaluat(?:e|es|ing|ion)',
      'proof of concept',
      'next (?:quarter|year)',
    ),
  },
  {
    id: 'practice',
    belongs: 'proactive',
    rule: 'Best practices, and how to structure workflows, are discussed in issues and epics.',
    source: ticketsOrIssues,
    words: anyOf(
      'best practi[cs]es?',
      'recommend(?:s|ed|ations?)?',
      'best way',
      'work ?flows?',
      'guidelines?',
      'conventions?',
      'adopt(?:ion|ing)?',
      'structur(?:e|ing) (?:(?:our|their|the|of) )?(?:groups?|projects?|repositor(?:y|ies))',
      'advice',
    ),
  },
  {
    id: 'care',
    belongs: 'proactive',
    rule: 'Health checks, reviews and training are proactive work: issues and epics.',
    source: 'Understudy: the handbook names planning and best practices only; this is work of the same kind',
    words: anyOf(
      'health ?checks?',
      'audits?',
      'hardening',
      'tuning',
      'optimi[sz](?:e|ing|ations?)',
      'reviews? of (?:the|our|their) (?:setup|configuration|instance|installation|pipelines?)',
      'trainings?',
      'workshops?',
      'enablement',
      'onboarding',
      'webinars?',
    ),
  },
  {
    id: 'call-record',
    belongs: 'proactive',
    rule: 'A call that was not about tickets is written down as an issue. One about tickets is summed up in each of them.',
    source: 'Handbook, Calls, and All other calls',
    words: anyOf(
      '(?:call|meeting) (?:notes|summar(?:y|ies)|minutes)',
      '(?:notes|summary|minutes) (?:of|from) (?:the|our|a) (?:call|meeting)',
      'agenda',
      '(?:cadence|regular|weekly|monthly) (?:calls?|meetings?)',
      'action items?',
    ),
  },
  {
    id: 'asking',
    belongs: 'interactive',
    rule: 'Questions about making tickets or issues are asked and answered in Slack.',
    source: slack,
    words: anyOf(
      `${askFor} (?:open|create|file|raise|submit|log|make|write|making|creating|opening)(?: [^ ]+){0,3} ${noun}`,
      `about (?:making|creating|opening|filing|raising)(?: [^ ]+){0,2} ${noun}`,
      '(?:ticket or (?:an )?(?:issue|epic)|issue or (?:a )?ticket)',
    ),
  },
  {
    id: 'priority',
    belongs: 'interactive',
    rule: 'Which work comes first is settled in Slack.',
    source: slack,
    words: anyOf(
      '(?:re ?|de ?)?prioriti[sz](?:e|es|ed|ing|ation)',
      'priorities',
      '(?:change|changing|adjust|raise|lower|bump|increase|decrease)(?: [^ ]+){0,3} priority',
      '(?:which|what)(?: [^ ]+){0,7} (?:first|next)',
      'more important than',
    ),
  },
  {
    id: 'meeting',
    belongs: 'interactive',
    rule: 'The link for an unplanned meeting is sent in Slack.',
    source: slack,
    words: anyOf(
      '(?:zoom|meet|teams|meeting|call|video) (?:link|invite|url)',
      '(?:link|invite) (?:to|for) (?:the |a |our |an )?(?:unplanned |quick )?(?:zoom|meeting|call)',
      '(?:hop|jump|get) on a (?:quick )?(?:call|zoom)',
      '(?:unplanned|quick|ad ?hoc|spontaneous) (?:call|meeting)',
      'huddle',
    ),
  },
  {
    id: 'urgent',
    belongs: 'interactive',
    rule: 'That something is urgent and important is said in Slack.',
    source: slack,
    words: anyOf('urgent(?:ly)?', 'urgency', 'asap', 'time sensitive', '(?:high|top|highest) priority', 'heads up'),
  },
]

/** Parts of the product: a question that names one is a question about it. */
export const productWords = anyOf(
  '(?:gitlab|runners?|pipelines?|ci|gitaly|praefect|geo|registry|merge requests?|saml|ldap|sso|scim|tokens?|pages|backups?|api)',
  '(?:webhooks?|projects?|groups?|repositor(?:y|ies)|branch(?:es)?|jobs?|artifacts?|cache|variables?|kubernetes|omnibus|helm|sidekiq)',
)

/** What says that something is not so: “no errors” is no sign of an error. */
const denials = anyOf(
  '(?:no|not an?|without(?: any)?|isnt an?) (?:errors?|emergency|outages?|bugs?|problems?|failures?|regressions?)',
  'nothing (?:is |was )?(?:broken|failing|stuck|down)',
)

/** A text as words only, and without what it says is not so: lower case, one space before, between and after them, no punctuation. */
export function plainWords(text: string): string {
  const words = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/['’‘`´]/g, '')
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
  return ` ${words.trim()} `.replaceAll(denials, '')
}

/** Finds whole words or phrases in what `plainWords` gives. */
function anyOf(...phrases: readonly string[]): RegExp {
  return new RegExp(`(?<= )(?:${phrases.join('|')})(?= )`, 'g')
}
