import react from '@vitejs/plugin-react'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { findChromium } from './scripts/chromium.mjs'

const chromium = await findChromium()

/** Every project in which Node runs: the time zone is one with daylight saving, and Electron's package must not fetch its binary. */
const env = { ELECTRON_OVERRIDE_DIST_PATH: '/nonexistent', TZ: 'Europe/Berlin' }

/** Which cases the properties try. */
const setupFiles = ['test/support/property-seed.ts']

/** A property over hundreds of plans takes seconds on an idle machine, and many times that on a busy one; what hangs is seen all the same. */
const patient = { testTimeout: 60_000, hookTimeout: 60_000, expect: { poll: { timeout: 20_000 } } }

/** Tests that start processes or build the app; they take seconds each and are kept out of the inner loop. */
const integration = [
  'test/main/index.test.ts',
  'test/preload/index.test.ts',
  'test/main/cli/dispatch.test.ts',
  'test/main/web/serve.test.ts',
  'test/contract/three-doors.test.ts',
  'test/scripts/{start,understudy}.test.ts',
]

/** Tests that live through whole days, sign-ins and syncs, plan after plan; they too are kept out of the inner loop. */
const long = [
  'test/main/service/*.test.ts',
  'test/main/service/{alerts,calendar,connections,kit,outbox,outbox/work}/*.test.ts',
  'test/main/service/db/store-tickets.test.ts',
  'test/main/service/sync/read-{newest,oldest}-first.test.ts',
  'test/main/service/gitlab/gitlab-writes.test.ts',
  'test/main/service/plans/exchange-plans.test.ts',
  'test/main/service/sharing/{exchange-issue,watch-issues}.test.ts',
  'test/main/service/handoffs/{described-handoffs,handoff-kind}.test.ts',
  'test/main/service/returns/{build-return-list,meeting-rows,order-transfers}.test.ts',
  'test/main/service/customer-data/create-customer-data.test.ts',
  'test/main/service/rpc/handoff-exchange-procedures.test.ts',
  'test/main/service/sync/gitlab-sync.test.ts',
  'test/main/cli/{accounts,calendars,coverage,coverage-issue,gitlab-kit,handoff,org-note,people,return,workload}.test.ts',
  'test/core/coverage/{find-plan-problems,merge-plans}.test.ts',
  'test/simulator/create-simulator.test.ts',
]

/** Found while the tests run, a library makes Vite reload the page in the middle of a test; named here, it is there from the start. */
const windowLibraries = [
  '@base-ui/react/csp-provider',
  '@base-ui/react/dialog',
  '@base-ui/react/menu',
  '@base-ui/react/popover',
  '@base-ui/react/switch',
  '@base-ui/react/toast',
  '@orpc/client',
  '@orpc/client/message-port',
  '@orpc/client/websocket',
  '@orpc/contract',
  '@orpc/server',
  '@orpc/server/message-port',
  '@orpc/tanstack-query',
  '@tanstack/react-query',
  '@tanstack/react-router',
  '@tanstack/react-virtual',
  '@testing-library/react',
  'dompurify',
  'react',
  'react-dom',
  'react-dom/client',
  'react/jsx-dev-runtime',
  'zod',
]

export default defineConfig({
  test: {
    // Vitest leaves one processor idle, which on two of them is half the machine.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'unit',
          setupFiles,
          include: ['test/{core,contract,main,preload,simulator,scripts}/**/*.test.ts'],
          exclude: [...integration, ...long],
          environment: 'node',
          env,
          // Nothing here keeps state in a module, so that files can share what they import: half the time.
          isolate: false,
          ...patient,
        },
      },
      {
        test: {
          name: 'long',
          setupFiles,
          include: long,
          environment: 'node',
          env,
          isolate: false,
          ...patient,
        },
      },
      {
        test: {
          name: 'integration',
          setupFiles,
          include: integration,
          environment: 'node',
          env,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // Some of them build into the same folder.
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'architecture',
          include: ['test/architecture/**/*.test.ts'],
          environment: 'node',
          env,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        plugins: [react()],
        optimizeDeps: { include: windowLibraries },
        test: {
          name: 'browser',
          include: ['test/renderer/**/*.test.{ts,tsx}'],
          setupFiles: ['test/renderer/support/patience.ts'],
          ...patient,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                ...(chromium ? { executablePath: chromium } : {}),
                args: [
                  '--no-sandbox',
                  '--disable-gpu',
                  '--disable-background-networking',
                  '--disable-component-update',
                ],
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          environment: 'node',
          env,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
