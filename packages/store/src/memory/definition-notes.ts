import { fold } from '@signalbox/model';
import type { DefinitionRevision, DefinitionRow } from '../port/catalogue.ts';
import { byText } from './rows.ts';

/** What stands beside pipelines: how they were, and their tags. */
export interface DefinitionNotes {
  /** Keeps it as it is now, and gives it back. */
  note(row: DefinitionRow, by: string): DefinitionRow;
  revisions(id: number): readonly DefinitionRevision[];
  tags(id: number): readonly string[];
  addTags(id: number, added: readonly string[]): readonly string[];
  removeTag(id: number, tag: string): readonly string[];
  /** Forgets all of it; answers what brings it back. */
  forget(id: number): () => void;
}

/** Notes in memory. */
export function definitionNotes(): DefinitionNotes {
  const revisions = new Map<number, readonly DefinitionRevision[]>();
  const tagsOf = new Map<number, Map<string, string>>();
  const tags = (id: number): readonly string[] =>
    byText([...(tagsOf.get(id) ?? [])], ([folded]) => folded).map(([, name]) => name);
  return {
    note(row, by) {
      revisions.set(row.id, [...(revisions.get(row.id) ?? []), { row, by }]);
      return row;
    },
    revisions: (id) => revisions.get(id) ?? [],
    tags,
    addTags(id, added) {
      const known = tagsOf.get(id) ?? new Map<string, string>();
      for (const name of added) if (!known.has(fold(name))) known.set(fold(name), name);
      tagsOf.set(id, known);
      return tags(id);
    },
    removeTag(id, tag) {
      tagsOf.get(id)?.delete(fold(tag));
      return tags(id);
    },
    forget(id) {
      const [kept, named] = [revisions.get(id) ?? [], tagsOf.get(id)];
      revisions.delete(id);
      tagsOf.delete(id);
      return () => {
        revisions.set(id, kept);
        if (named !== undefined) tagsOf.set(id, named);
      };
    },
  };
}
