import type { ReactElement } from 'react';
import { Link } from '../../app/navigation.tsx';

/** A part of a page: its word in the address, and its label. */
export interface Tab {
  /** As `Link` takes it. */
  readonly to: string;
  readonly label: string;
  readonly current: boolean;
}

/** The ways to the parts of a page. */
export function Tabs(props: { readonly label: string; readonly tabs: readonly Tab[] }): ReactElement {
  return (
    <nav className="tabs" aria-label={props.label}>
      {props.tabs.map(({ to, label, current }) => (
        <Link key={to} to={to} aria-current={current ? 'page' : undefined}>
          {label}
        </Link>
      ))}
    </nav>
  );
}
