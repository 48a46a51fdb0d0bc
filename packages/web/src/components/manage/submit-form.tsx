import type { UseMutationResult } from '@tanstack/react-query';
import type { ReactElement, ReactNode } from 'react';
import { Icon } from '../icon/icon.tsx';
import { Refused } from './refused.tsx';

interface Props<Order, T> {
  readonly change: UseMutationResult<T, Error, Order>;
  /** What is asked when the form is sent; undefined: the form is not ready, and nothing is asked. */
  readonly order: () => Order | undefined;
  readonly label: string;
  readonly children: ReactNode;
  readonly done?: (answer: T) => void;
  /** Said after it was done, where the page stays. */
  readonly said?: string;
  /** Leaves the form. */
  readonly close?: () => void;
  readonly disabled?: boolean;
}

/** A form that asks the server for one change; a refusal stands in it, and what was typed stays. */
export function SubmitForm<Order, T>(props: Props<Order, T>): ReactElement {
  const { change, order, label, children, done, said, close, disabled = false } = props;
  const submit = (): void => {
    const asked = order();
    if (asked !== undefined) change.mutate(asked, { onSuccess: (answer) => done?.(answer) });
  };
  return (
    <form
      className="form manage-form"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {children}
      <Refused error={change.error} />
      <div className="dialog-actions">
        <p className="saved" role="status">
          {change.isSuccess && said !== undefined && (
            <>
              <Icon name="succeeded" tone="good" /> {said}
            </>
          )}
        </p>
        {close !== undefined && (
          <button type="button" className="button" onClick={close}>
            Close
          </button>
        )}
        <button type="submit" className="button button-main" disabled={disabled || change.isPending}>
          {label}
        </button>
      </div>
    </form>
  );
}
