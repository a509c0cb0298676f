import { keepCompiled } from '#service/doors/compile-cache.ts'

keepCompiled()
const { runCommand } = await import('#service/doors/run-command.ts')
const { serve } = await import('./serve.ts')

await runCommand((terminal) => serve(process.argv.slice(2), terminal))
