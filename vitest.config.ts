import { defineConfig } from 'vitest/config';
import { aliases } from './vitest.aliases.ts';

const packages = [
  'model',
  'expressions',
  'compiler',
  'engine',
  'api',
  'store',
  'server',
  'agent',
  'web',
  'cli',
] as const;

// Modules keep no state of their own, so test files share them: loading them for each file took a third of the time.
const isolate = false;

// Against endless loops only: no test asserts how long something takes, and machines may be busy.
const testTimeout = 120_000;

// The default run: one project per package, no network, no build.
export default defineConfig({
  test: {
    passWithNoTests: true,
    // All cores: by default one is kept free, which is half of a small machine.
    maxWorkers: '100%',
    globalSetup: ['./test/support/temporary-folder.ts'],
    projects: [
      ...packages.map((name) => ({
        resolve: { alias: aliases },
        test: {
          name,
          testTimeout,
          hookTimeout: testTimeout,
          isolate,
          include: [`packages/${name}/test/**/*.test.{ts,tsx}`],
        },
      })),
      {
        resolve: { alias: aliases },
        test: {
          name: 'scripts',
          testTimeout,
          hookTimeout: testTimeout,
          include: ['test/scripts/**/*.test.ts'],
        },
      },
    ],
    coverage: { include: ['packages/*/src/**'] },
  },
});
