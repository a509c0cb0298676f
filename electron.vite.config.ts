import { fileURLToPath } from 'node:url'
import { defineConfig } from 'electron-vite'
import windowConfig from './renderer.vite.config.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Builds the desktop app: main process and simulator thread as ES modules, the preload script as CommonJS, the window as for the web. */
export default defineConfig({
  main: {
    build: {
      outDir: here('./out/main'),
      rolldownOptions: {
        input: {
          index: here('./src/main/index.ts'),
          'simulator-worker': here('./src/simulator/worker.ts'),
          'checkpoint-worker': here('./src/main/service/db/checkpoint-worker.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: here('./out/preload'),
      // SECURITY: a sandboxed preload script has no ES modules and no node_modules; it is one file that needs only electron.
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: here('./src/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    ...windowConfig,
    build: {
      ...windowConfig.build,
      rolldownOptions: { input: { index: here('./src/renderer/index.html') } },
    },
  },
})
