import type { UseMutationResult } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useState } from 'react';
import { Dialog } from '../dialogs/dialog.tsx';
import { Refused } from './refused.tsx';

interface Props<Order, T> {
  readonly change: UseMutationResult<T, Error, Order>;
  readonly order: Order;
  /** What is deleted, as the button and the question say it: `Delete the pool Linux`. */
  readonly about: string;
  /** What has to be typed before anything is deleted. */
  readonly name: string;
  /** What will come of it. */
  readonly text: string;
  readonly done: () => void;
}

/** A button for what takes much with it: nothing happens until its name was typed. */
export function TypedConfirm<Order, T>(props: Props<Order, T>): ReactElement {
  const [asking, ask] = useState(false);
  return (
    <div className="part-row">
      <button type="button" className="button button-danger" onClick={() => ask(true)}>
        {props.about}
      </button>
      {asking && <Question {...props} close={() => ask(false)} />}
    </div>
  );
}

function Question<Order, T>(props: Props<Order, T> & { readonly close: () => void }): ReactElement {
  const { change, order, about, name, text, done } = props;
  const [typed, type] = useState('');
  const close = (): void => {
    change.reset();
    props.close();
  };
  return (
    <Dialog title={`${about}?`} kind="small" close={close}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (typed === name) change.mutate(order, { onSuccess: done });
        }}
      >
        <p>{text}</p>
        <label>
          Type its name to go on: {name}
          <input
            required
            value={typed}
            onChange={({ target }) => type(target.value)}
            autoComplete="off"
            spellCheck={false}
            autoFocus
          />
        </label>
        <Refused error={change.error} />
        <div className="dialog-actions">
          <button type="button" className="button" onClick={close}>
            Leave it
          </button>
          <button
            type="submit"
            className="button button-danger"
            disabled={typed !== name || change.isPending}
          >
            Delete it for good
          </button>
        </div>
      </form>
    </Dialog>
  );
}
