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

// The default run: one project per package, no network, no build.
export default defineConfig({
  test: {
    passWithNoTests: true,
    globalSetup: ['./test/support/temporary-folder.ts'],
    projects: [
      ...packages.map((name) => ({
        resolve: { alias: aliases },
        test: { name, include: [`packages/${name}/test/**/*.test.{ts,tsx}`] },
      })),
      { resolve: { alias: aliases }, test: { name: 'scripts', include: ['test/scripts/**/*.test.ts'] } },
    ],
    coverage: { include: ['packages/*/src/**'] },
  },
});
