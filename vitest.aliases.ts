import { fileURLToPath } from 'node:url';

const libraries = ['model', 'expressions', 'compiler', 'engine', 'api', 'store', 'server', 'agent'] as const;

/** Resolves every workspace package to its TypeScript source, so that tests need no build. */
export const aliases = libraries.map((name) => ({
  find: new RegExp(`^@signalbox/${name}$`),
  replacement: fileURLToPath(new URL(`packages/${name}/src/index.ts`, import.meta.url)),
}));
