import type { ReactElement, ReactNode } from 'react';
import { useId } from 'react';

/** A part of a page with a heading of its own, a note, and what can be done with it. */
export function Panel(props: {
  readonly title: string;
  readonly note?: ReactNode;
  readonly acts?: ReactNode;
  readonly children: ReactNode;
}): ReactElement {
  const { title, note, acts, children } = props;
  const id = useId();
  return (
    <section className="part" aria-labelledby={id}>
      <header className="part-head">
        <h2 id={id}>{title}</h2>
        {acts !== undefined && <div className="part-acts">{acts}</div>}
      </header>
      {note !== undefined && <p className="part-note">{note}</p>}
      {children}
    </section>
  );
}
