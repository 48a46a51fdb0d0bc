import type { ReactElement, ReactNode } from 'react';

/** What is shown before there is a project to show pages of. */
export function Alone(props: { readonly children: ReactNode }): ReactElement {
  return (
    <main className="alone">
      <h1>Signalbox</h1>
      {props.children}
    </main>
  );
}
