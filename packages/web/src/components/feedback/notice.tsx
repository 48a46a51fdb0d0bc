import type { ReactElement, ReactNode } from 'react';
import { failure } from '../../view-models/failure.ts';
import { Icon } from '../icon/icon.tsx';

/** A place with nothing in it, and what would bring something there. */
export function Empty(props: { readonly title: string; readonly children: ReactNode }): ReactElement {
  return (
    <div className="empty">
      <p className="empty-title">{props.title}</p>
      {props.children}
    </div>
  );
}

/** A failure with what to do next, and a button that tries again. */
export function Trouble(props: { readonly error: unknown; readonly again?: () => void }): ReactElement {
  const { title, advice } = failure(props.error);
  return (
    <div className="trouble" role="alert">
      <Icon name="failed" tone="bad" />
      <div>
        <p className="trouble-title">{title}</p>
        <p>{advice}</p>
      </div>
      {props.again && (
        <button type="button" className="button" onClick={props.again}>
          <Icon name="refresh" /> Try again
        </button>
      )}
    </div>
  );
}

/** Stands where something will be as soon as it is read. */
export function Skeleton(props: { readonly what: string; readonly rows: number }): ReactElement {
  return (
    <div className="skeleton" role="status">
      <span className="hidden">Reading {props.what} …</span>
      {Array.from({ length: props.rows }, (_, row) => (
        <div key={row} className="skeleton-row" />
      ))}
    </div>
  );
}

/** A command to type, in a block of its own. */
export function Command(props: { readonly children: string }): ReactElement {
  return (
    <pre className="command" tabIndex={0} role="group" aria-label="Command">
      <code>{props.children}</code>
    </pre>
  );
}
