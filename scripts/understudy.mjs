#!/usr/bin/env node
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { nodeTooOld } from './node-version.mjs'

/** The line of Node that the app is made for; it can run in this very process. */
const ownMajor = 24

const tooOld = nodeTooOld(process.versions.node)
const entry = new URL('../src/main/cli/index.ts', import.meta.url)

if (tooOld) fail(tooOld)
else if (!existsSync(new URL('../node_modules/.package-lock.json', import.meta.url))) {
  fail(
    `Understudy's packages are not installed. Run "npm run setup" in ${fileURLToPath(new URL('..', import.meta.url))} first.`,
  )
} else if (Number(process.versions.node.split('.')[0]) >= ownMajor) void import(entry.href)
else void spawnOwnNode()

async function spawnOwnNode() {
  const { runChild } = await import('./child.mjs')
  const { nodeBinary, projectRoot } = await import('./project.mjs')
  process.exitCode = await runChild(nodeBinary(projectRoot), [fileURLToPath(entry), ...process.argv.slice(2)])
}

/** @param {string} reason */
function fail(reason) {
  console.error(reason)
  process.exitCode = 1
}
