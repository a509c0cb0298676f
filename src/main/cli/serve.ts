import { serve, serveHelp } from '#main/web/serve.ts'
import type { Command } from './command.ts'

/** `understudy serve`: the web host. */
export const serveCommand: Command = { summary: 'serve the window for a browser', help: serveHelp, run: serve }
