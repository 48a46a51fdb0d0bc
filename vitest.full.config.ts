import { defineConfig } from 'vitest/config';
import { aliases } from './vitest.aliases.ts';

// The slow levels: real servers, agents, browsers, databases. Run by `npm run test:full`.
export default defineConfig({
  test: {
    passWithNoTests: true,
    globalSetup: ['./test/support/temporary-folder.ts'],
    projects: [
      ...['e2e', 'chaos', 'conformance'].map((name) => ({
        resolve: { alias: aliases },
        test: {
          name,
          include: [`test/${name}/**/*.test.ts`],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      })),
      {
        resolve: { alias: aliases },
        test: {
          name: 'browser',
          include: ['packages/web/test/browser/**/*.test.ts'],
          env: { SIGNALBOX_BROWSER_TESTS: '1' },
        },
      },
    ],
  },
});
