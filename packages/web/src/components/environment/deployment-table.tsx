import type { ReactElement } from 'react';
import { Link } from '../../app/navigation.tsx';
import type { DeploymentLine } from '../../view-models/environment/deployments.ts';
import { When } from '../feedback/when.tsx';
import { MarkIcon } from '../icon/icon.tsx';

/** Deployments as rows: what, from where, how it went, when, and how long it took. */
export function DeploymentTable(props: {
  readonly lines: readonly DeploymentLine[];
  readonly caption: string;
}): ReactElement {
  return (
    <ul className="deployments" aria-label={props.caption}>
      {props.lines.map((line) => (
        <li key={line.key}>
          <MarkIcon mark={line.mark} />
          <span className="deployment-what">
            <Link to={`runs/${line.run}`} data-nav="">
              <bdi>{line.pipeline}</bdi> {line.runNumber}
            </Link>
            <span className="environment-about">
              {line.where}
              {line.who !== '' && <bdi>, for {line.who}</bdi>}
            </span>
          </span>
          <span className="deployment-when">
            <When at={line.when} />
            <span className="environment-about">took {line.took}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
