import type { Occurrence } from './occurrence.ts';
import type { Told } from './notice.ts';
import type { RunStory, Teller } from './story.ts';
import { nameGuid } from '../guid.ts';
import { tellCheck } from './tell-check.ts';
import { tellLock } from './tell-lock.ts';
import { tellRun, tellStage, type Draft } from './tell-run.ts';

/** What is told of something that happened; nothing when what it is about is gone. */
export async function tell(teller: Teller, occurrence: Occurrence): Promise<readonly Told[]> {
  const drafts = await draftsOf(teller, occurrence);
  return drafts.map((draft) => ({ ...draft, id: nameGuid('told', `${occurrence.id}:${draft.event}`) }));
}

async function draftsOf(
  teller: Teller,
  { project: id, happening, at }: Occurrence,
): Promise<readonly Draft[]> {
  const project = await teller.project(id);
  if (project === undefined) return [];
  if (happening.kind === 'lock') return tellLock(teller, project, { happening, at });
  const parts = await teller.run(happening.run);
  if (parts === undefined) return [];
  const story: RunStory = { app: teller.app, project, parts };
  switch (happening.kind) {
    case 'run':
      return tellRun(story, happening, at);
    case 'stage':
      return tellStage(story, happening, at);
    case 'check':
      return tellCheck(story, happening, at);
  }
}
