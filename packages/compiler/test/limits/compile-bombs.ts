import { compile } from '../../src/index.ts';
import { BOMBS } from './bombs.ts';

// A program of its own, so that it can be given little memory: one line of JSON for each bomb.
for (const { name, text } of BOMBS) {
  const content = text();
  const began = process.cpuUsage();
  const result = await compile({
    files: { read: async (path) => (path === 'p.yml' ? content : undefined) },
    path: 'p.yml',
  });
  const { user, system } = process.cpuUsage(began);
  const codes = result.ok ? [] : [...new Set(result.diagnostics.map(({ code }) => code))];
  process.stdout.write(`${JSON.stringify({ name, codes, ms: (user + system) / 1_000 })}\n`);
}
