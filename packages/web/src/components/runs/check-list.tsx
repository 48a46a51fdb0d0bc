import type { ReactElement } from 'react';
import type { CheckRow } from '../../view-models/check.ts';
import { Icon, MarkIcon } from '../icon/icon.tsx';

/** What can be opened from a check. */
export interface CheckActions {
  readonly openLog: (log: number) => void;
  readonly act: (check: string) => void;
  readonly review: () => void;
}

/** The checks of a stage in the order of evaluation: how each stands, its log, and what can be done about it. */
export function CheckList(props: {
  readonly checks: readonly CheckRow[];
  readonly actions: CheckActions;
}): ReactElement {
  return (
    <ol className="check-list" aria-label="Checks">
      {props.checks.map((check) => (
        <li key={check.id}>
          <MarkIcon mark={check.mark} />
          <span className="check-text">{check.text}</span>
          <CheckButtons check={check} actions={props.actions} />
        </li>
      ))}
    </ol>
  );
}

function CheckButtons(props: { readonly check: CheckRow; readonly actions: CheckActions }): ReactElement {
  const { check, actions } = props;
  const { log } = check;
  return (
    <span className="check-acts">
      {log !== undefined && (
        <button type="button" className="button button-quiet" onClick={() => actions.openLog(log)}>
          <Icon name="log" /> Log<span className="hidden"> of {check.name}</span>
        </button>
      )}
      {check.asks && (
        <button type="button" className="button button-quiet" onClick={actions.review}>
          <Icon name="approval" /> Review<span className="hidden"> {check.name}</span>
        </button>
      )}
      {check.canAct && (
        <button type="button" className="button button-quiet" onClick={() => actions.act(check.id)}>
          <Icon name="more" /> Act<span className="hidden"> on {check.name}</span>
        </button>
      )}
    </span>
  );
}
