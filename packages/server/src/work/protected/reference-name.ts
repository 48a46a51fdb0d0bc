import {
  fold,
  isGroup,
  isRuntime,
  type FoldedName,
  type StagePlan,
  type Value,
  type VariableEntry,
} from '@signalbox/model';

/** Texts of variables by folded name; undefined: what it will be is not known when the run is queued. */
export type KnownTexts = ReadonlyMap<FoldedName, string | undefined>;

/** The texts that a name in a stage may use: outer ones first, then the stage's, then those of its jobs. */
export function textsOfStage(outer: KnownTexts, stage: StagePlan): KnownTexts {
  const own = withEntries(outer, stage.variables);
  const texts = new Map(own);
  const seen = new Set<FoldedName>();
  for (const job of stage.jobs) {
    for (const [name, text] of withEntries(new Map(), job.variables)) {
      // Two jobs that mean different things by one name: the reference does not say whose it is.
      const differs = seen.has(name) && texts.get(name) !== text;
      texts.set(name, differs ? undefined : text);
      seen.add(name);
    }
  }
  return texts;
}

/** Adds a level of variables over the outer ones (VARD-3); later ones win (VARD-5). */
export function withEntries(outer: KnownTexts, entries: readonly VariableEntry[]): KnownTexts {
  const texts = new Map(outer);
  for (const entry of entries) {
    if (isGroup(entry)) continue;
    texts.set(fold(entry.name), isRuntime(entry.value) ? undefined : entry.value);
  }
  return texts;
}

// Macros inside values of macros; what goes round in a circle stays as it is.
const ROUNDS = 10;

/** A name with its macros replaced; undefined when it is known only while the run goes on. */
export function knownName(name: Value, texts: KnownTexts): string | undefined {
  if (isRuntime(name)) return undefined;
  let text = name;
  for (let round = 0; round < ROUNDS && hasMacro(text); round += 1) text = replaced(text, texts);
  return hasMacro(text) ? undefined : text.trim();
}

function hasMacro(text: string): boolean {
  return /\$\([^()$]+\)/.test(text);
}

function replaced(text: string, texts: KnownTexts): string {
  return text.replaceAll(
    /\$\(([^()$]+)\)/g,
    (macro, inner: string) => texts.get(fold(inner.trim())) ?? macro,
  );
}
