import { keepCompiled } from '#service/doors/compile-cache.ts'

keepCompiled()
const { runCommand } = await import('#service/doors/run-command.ts')
const { dispatch } = await import('./dispatch.ts')

await runCommand((terminal) => dispatch(process.argv.slice(2), terminal))
