import type { Client } from '@signalbox/api';
import type { PolicyLock } from '@signalbox/compiler';
import { pipelineName } from './pipeline-name.ts';

/**
 * What is odd about the spans of a file, a sentence each: a pipeline that is not there. It is no mistake, for it may
 * come later; until then its runs hold the lock for one stage.
 */
export async function spanWarnings(
  client: Client,
  project: string,
  locks: readonly PolicyLock[],
): Promise<readonly string[]> {
  const warnings: string[] = [];
  for (const { policy, at } of locks) {
    if (typeof policy.span === 'string') continue;
    for (const written of Object.keys(policy.span.through)) {
      if (await exists(client, project, written)) continue;
      const place = `${at.file}(${at.line},${at.column})`;
      warnings.push(
        `${place}: warning: there is no pipeline ${written} in ${project}, so its span is one stage.`,
      );
    }
  }
  return warnings;
}

async function exists(client: Client, project: string, written: string): Promise<boolean> {
  const name = written.slice(written.lastIndexOf('/') + 1);
  const { items } = await client.listDefinitions(project, { name });
  const wanted = written.toLowerCase();
  return items.some((one) => one.name.toLowerCase() === wanted || pipelineName(one).toLowerCase() === wanted);
}
