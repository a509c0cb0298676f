import { defineConfig } from 'vitest/config'

/** `npm run test:electron`: the suite for machines that have Electron's program. No other run includes it. */
export default defineConfig({
  test: {
    name: 'electron',
    include: ['test/electron/**/*.test.ts'],
    environment: 'node',
    globalSetup: ['test/electron/need-electron.ts'],
    env: { TZ: 'Europe/Berlin' },
    testTimeout: 60_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
})
