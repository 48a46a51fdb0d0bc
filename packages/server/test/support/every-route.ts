import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { ANSWERED_FOLDER, unanswered } from './shapes/answered-routes.ts';

/**
 * Counts which routes answer a success anywhere in the server's suite. A run of the whole suite fails in the end when
 * one of the route table did not; a run of some of its tests says nothing.
 */
export function setup(project: TestProject): () => Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-answered-'));
  process.env[ANSWERED_FOLDER] = folder;
  return async () => {
    const isWhole = await ranWhole(project);
    const missing = unanswered(folder);
    rmSync(folder, { recursive: true, force: true });
    delete process.env[ANSWERED_FOLDER];
    if (!isWhole || missing.length === 0) return;
    throw new Error(`No test has these routes answer a success: ${missing.join(', ')}.`);
  };
}

async function ranWhole(project: TestProject): Promise<boolean> {
  const { config, state } = project.vitest;
  if (config.testNamePattern !== undefined || config.shard !== undefined) return false;
  const { testFiles } = await project.globTestFiles();
  const passed = state
    .getTestModules()
    .filter((one) => one.project.name === project.name && one.ok())
    .map(({ moduleId }) => moduleId);
  return testFiles.every((file) => passed.includes(file));
}
