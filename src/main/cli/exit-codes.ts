/** The last lines of every help text. */
export const exitCodesHelp = `Exit codes: 0 done, 1 failed, 2 a mistake in the command, 3 another Understudy is in the way.
`
