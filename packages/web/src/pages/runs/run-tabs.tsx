import type { ReactElement } from 'react';
import { Link } from '../../app/navigation.tsx';

/** The parts of the page of a run, by the word in the address. */
const PARTS: readonly { readonly part: string; readonly label: string; readonly also: readonly string[] }[] =
  [
    { part: 'stages', label: 'Stages and logs', also: ['log'] },
    { part: 'timeline', label: 'Timeline', also: [] },
    { part: 'results', label: 'Results', also: ['tests', 'artifacts', 'outputs'] },
    { part: 'changes', label: 'Changes', also: [] },
    { part: 'yaml', label: 'YAML', also: [] },
  ];

/** The ways to the parts of a run. */
export function RunTabs(props: { readonly run: number; readonly part: string }): ReactElement {
  const { run, part } = props;
  return (
    <nav className="tabs" aria-label="Parts of the run">
      {PARTS.map(({ part: name, label, also }) => (
        <Link
          key={name}
          to={name === 'stages' ? `runs/${run}` : `runs/${run}/${name}`}
          aria-current={part === name || also.includes(part) ? 'page' : undefined}
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
