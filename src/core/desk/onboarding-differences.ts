import type { OnboardingPolicy } from './onboarding-policy.ts'

/** What one edition says of taking over an account otherwise than another one, a sentence for each matter. */
export function onboardingDifferences(policy: OnboardingPolicy, other: OnboardingPolicy): string[] {
  const steps = ({ steps: all }: OnboardingPolicy) => all.map(({ words, dueBusinessDays }) => [words, dueBusinessDays])
  const agenda = ({ introduction: { minutes, agenda: lines } }: OnboardingPolicy) => [minutes, lines]
  return [
    ...(policy.autoAssign.by === other.autoAssign.by
      ? []
      : [
          policy.autoAssign.by === 'issue'
            ? 'Automatic assignment is asked for by an issue in the Organizations project, no more by a form.'
            : 'Automatic assignment is asked for by a form, no more by an issue.',
        ]),
    ...(isSame(agenda(policy), agenda(other)) ? [] : ['Another introductory meeting.']),
    ...(isSame(steps(policy), steps(other)) ? [] : ['Other steps for taking over an account.']),
  ]
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
