import type { UseMutationResult } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useState } from 'react';
import { Dialog } from '../dialogs/dialog.tsx';
import { Refused } from './refused.tsx';

interface Props<Order, T> {
  readonly change: UseMutationResult<T, Error, Order>;
  readonly order: Order;
  readonly label: string;
  /** What the button is about, for who hears it alone: `Revoke the token ci`. */
  readonly about: string;
  /** What will come of it. */
  readonly text: string;
  readonly done?: () => void;
}

/** A button for what cannot be undone: it asks first, and a refusal stands in the question. */
export function ConfirmButton<Order, T>(props: Props<Order, T>): ReactElement {
  const { change, order, label, about, text, done } = props;
  const [asking, ask] = useState(false);
  const close = (): void => {
    change.reset();
    ask(false);
  };
  const act = (): void => {
    change.mutate(order, {
      onSuccess: () => {
        ask(false);
        done?.();
      },
    });
  };
  return (
    <>
      <button type="button" className="button" aria-label={about} onClick={() => ask(true)}>
        {label}
      </button>
      {asking && (
        <Dialog title={`${about}?`} kind="small" close={close}>
          <p>{text}</p>
          <Refused error={change.error} />
          <div className="dialog-actions">
            <button type="button" className="button" onClick={close}>
              Leave it
            </button>
            <button type="button" className="button button-danger" disabled={change.isPending} onClick={act}>
              {label}
            </button>
          </div>
        </Dialog>
      )}
    </>
  );
}
