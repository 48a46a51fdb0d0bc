import type { ReactElement } from 'react';
import type { Moment } from '../../view-models/time.ts';

/** A time in short words; the exact one on hover and for machines. */
export function When(props: { readonly at: Moment; readonly className?: string }): ReactElement {
  const { text, iso, exact } = props.at;
  return (
    <time className={props.className} dateTime={iso} title={exact}>
      {text}
    </time>
  );
}
