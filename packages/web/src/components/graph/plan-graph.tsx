import type { PreviewStageView } from '@signalbox/api';
import type { ReactElement } from 'react';
import { NODE, stageLayout } from '../../view-models/stage-graph.ts';
import { Icon } from '../icon/icon.tsx';

/** Room around the graph for outlines. */
const EDGE = 4;

/** The stages that a file would have, as a graph, with the environments that they deploy to. */
export function PlanGraph({ stages }: { readonly stages: readonly PreviewStageView[] }): ReactElement {
  const { width, height, places, edges } = stageLayout(stages);
  const [wide, high] = [width + 2 * EDGE, height + 2 * EDGE];
  return (
    <div className="graph" tabIndex={0} role="group" aria-label="Stages">
      <div className="graph-sheet" style={{ width: wide, height: high }}>
        <svg
          className="graph-edges"
          width={wide}
          height={high}
          viewBox={`${-EDGE} ${-EDGE} ${wide} ${high}`}
          aria-hidden="true"
        >
          {edges.map(({ key, path }) => (
            <path key={key} d={path} />
          ))}
        </svg>
        <ol>
          {places.map(({ key, x, y, stage }) => (
            <li key={key} style={{ left: x + EDGE, top: y + EDGE, width: NODE.width, height: NODE.height }}>
              <div className="node node-quiet">
                <Icon name={stage.environments.length > 0 ? 'environment' : 'notStarted'} />
                <span className="node-text">
                  <bdi className="node-name">{stage.displayName}</bdi>
                  <span className="node-note">{noteOf(stage)}</span>
                </span>
              </div>
            </li>
          ))}
        </ol>
      </div>
    </div>
  );
}

function noteOf({ environments }: PreviewStageView): string {
  return environments.length === 0 ? 'no environment' : `deploys to ${environments.join(', ')}`;
}
