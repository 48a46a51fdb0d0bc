import type { FormStageView } from '@signalbox/api';
import type { ReactElement } from 'react';

interface Props {
  readonly stages: readonly FormStageView[];
  /** The stages that are left out, by name. */
  readonly skipped: ReadonlySet<string>;
  readonly change: (skipped: ReadonlySet<string>) => void;
}

/** Which stages run; one that says `isSkippable: false` always does (YAML-25). */
export function StagePicker({ stages, skipped, change }: Props): ReactElement | null {
  if (stages.length < 2) return null;
  const toggle = (name: string): void => {
    const next = new Set(skipped);
    if (!next.delete(name)) next.add(name);
    change(next);
  };
  return (
    <fieldset className="queue-stages">
      <legend>
        Stages to run ({stages.length - skipped.size} of {stages.length})
      </legend>
      {stages.map(({ name, displayName, skippable }) => (
        <label key={name} className="tick">
          <input
            type="checkbox"
            checked={!skipped.has(name)}
            disabled={!skippable}
            onChange={() => toggle(name)}
          />{' '}
          <bdi>{displayName}</bdi>
          {!skippable && <span className="queue-help"> always runs</span>}
        </label>
      ))}
    </fieldset>
  );
}
