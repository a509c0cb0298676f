import { sanitiseHtml } from '#renderer/features/today/sanitise-html.ts'
import { strangerCorpus } from './stranger-corpus.ts'

/** Runs in a frame with the page's policy: sanitises and shows the whole corpus, and says what the policy reported. */
const reports: string[] = []
document.addEventListener('securitypolicyviolation', (event) => {
  reports.push(event.effectiveDirective)
  if (event.effectiveDirective === 'img-src') {
    parent.postMessage({ sanitised: strangerCorpus.length, reports }, '*')
  }
})

for (const html of strangerCorpus) {
  const holder = document.createElement('div')
  holder.append(sanitiseHtml(html))
  document.body.append(holder)
}
// Two violations on purpose, last: they prove that the policy is in force, and that all reports before them have come in.
document.body.setAttribute('style', 'color: red')
new Image().src = 'https://images.invalid/on-purpose.png'
