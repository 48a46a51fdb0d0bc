import type { ReactElement } from 'react';
import { useEffect, useRef } from 'react';
import { START_STEPS } from '../../view-models/start/draft.ts';

/** Where one is on the way; steps that are done lead back to themselves. */
export function StepList(props: {
  /** Which step is shown, from 0. */
  readonly at: number;
  readonly show: (step: string) => void;
}): ReactElement {
  const { at, show } = props;
  return (
    <nav className="start-steps" aria-label="Steps">
      <ol>
        {START_STEPS.map(({ step, title }, index) => (
          <li key={step} aria-current={index === at ? 'step' : undefined}>
            <span className="step-number" aria-hidden="true">
              {index + 1}
            </span>
            {index < at ? (
              <button type="button" className="step-back" onClick={() => show(step)}>
                {title}
              </button>
            ) : (
              title
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** The title of a step. It takes the focus when the step comes after another one, so that it is read out. */
export function StepTitle(props: { readonly children: string }): ReactElement {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (shown > 0) title.current?.focus({ preventScroll: true });
    shown += 1;
  }, []);
  return (
    <h2 ref={title} tabIndex={-1}>
      {props.children}
    </h2>
  );
}

/** Steps that were shown since the page was loaded: the first of them leaves the focus where it is. */
let shown = 0;
