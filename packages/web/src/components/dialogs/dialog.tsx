import type { ReactElement, ReactNode } from 'react';
import { useEffect, useId, useRef } from 'react';
import { Icon } from '../icon/icon.tsx';

interface Props {
  readonly title: string;
  readonly kind: 'small' | 'log';
  readonly close: () => void;
  readonly before?: ReactNode;
  readonly children: ReactNode;
}

/** A modal dialog of the browser's own: Escape closes it, and focus goes back where it was. */
export function Dialog(props: Props): ReactElement {
  const element = useRef<HTMLDialogElement>(null);
  const title = useId();
  useEffect(() => {
    const dialog = element.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={element}
      className={`dialog dialog-${props.kind}`}
      aria-labelledby={title}
      onCancel={(event) => {
        event.preventDefault();
        props.close();
      }}
    >
      <header className="dialog-head">
        {props.before}
        <h2 id={title}>
          <bdi>{props.title}</bdi>
        </h2>
        <button type="button" className="button button-quiet" onClick={props.close}>
          <Icon name="close" />
          <span className="hidden">Close</span>
        </button>
      </header>
      {props.children}
    </dialog>
  );
}
