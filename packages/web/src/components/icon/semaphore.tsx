import type { ReactElement } from 'react';
import type { Aspect } from '../../view-models/lock-card.ts';

/** A semaphore signal: the angle of its arm says what its colour says. */
export function Semaphore(props: { readonly aspect: Aspect }): ReactElement {
  return (
    <svg
      className={`semaphore semaphore-${props.aspect}`}
      viewBox="0 0 44 44"
      aria-hidden="true"
      focusable="false"
    >
      <path className="mast" d="M12 3v39M7 42h10" />
      <path className="finial" d="M12 0l2.6 4h-5.2z" />
      <g className="arm">
        <path className="blade" d="M7 20h33v8H7l2.5-4z" />
        <path className="stripe" d="M33 20.4v7.2" />
      </g>
      <circle className="lamp" cx="12" cy="24" r="3.2" />
    </svg>
  );
}

/** The product's mark: a signal at clear. */
export function ProductMark(): ReactElement {
  return (
    <svg className="product-mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path className="product-mast" d="M9 5v24M4.5 29h9" />
      <path className="product-blade" d="m7 16.5 4.2 4.2L27 5 22.8.8z" />
      <path className="product-stripe" d="m18.6 5 4.2 4.2" />
      <circle className="product-lamp" cx="9" cy="18.7" r="2.6" />
    </svg>
  );
}
