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
          include: ['test/browser/**/*.test.ts'],
          globalSetup: ['./test/browser/support/server.ts'],
          testTimeout: 600_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
