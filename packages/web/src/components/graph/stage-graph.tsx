import type { ReactElement } from 'react';
import { useEffect, useRef } from 'react';
import { Link } from '../../app/navigation.tsx';
import type { GraphNode, StageGraph as Graph } from '../../view-models/stage-graph.ts';
import { NODE } from '../../view-models/stage-graph.ts';
import { Icon } from '../icon/icon.tsx';

interface Props {
  readonly graph: Graph;
  /** The key of the stage whose inside is shown. */
  readonly selected: string | undefined;
  /** Where a stage leads, by its name. */
  readonly to: (stage: string) => string;
}

/** Room around the graph for outlines. */
const EDGE = 4;

/** The stages of a run as a graph; each is a link to its inside. */
export function StageGraph({ graph, selected, to }: Props): ReactElement {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const node = box.current?.querySelector('[aria-current]');
    node?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [selected]);
  return (
    <nav className="graph" aria-label="Stages" ref={box}>
      <div className="graph-sheet" style={{ width: graph.width + 2 * EDGE, height: graph.height + 2 * EDGE }}>
        <svg
          className="graph-edges"
          width={graph.width + 2 * EDGE}
          height={graph.height + 2 * EDGE}
          viewBox={`${-EDGE} ${-EDGE} ${graph.width + 2 * EDGE} ${graph.height + 2 * EDGE}`}
          aria-hidden="true"
        >
          {graph.edges.map(({ key, path }) => (
            <path key={key} d={path} />
          ))}
        </svg>
        <ol>
          {graph.nodes.map((node) => (
            <Node key={node.key} node={node} selected={node.key === selected} to={to(node.name)} />
          ))}
        </ol>
      </div>
    </nav>
  );
}

function Node(props: {
  readonly node: GraphNode;
  readonly selected: boolean;
  readonly to: string;
}): ReactElement {
  const { node, selected, to } = props;
  const { name, mark, note, explained } = node.pill;
  const quiet = note === '' || note === mark.label;
  return (
    <li style={{ left: node.x + EDGE, top: node.y + EDGE, width: NODE.width, height: NODE.height }}>
      <Link
        to={to}
        className={`node node-${mark.tone} pill-${mark.icon}`}
        aria-current={selected ? 'true' : undefined}
        title={[`${name}: ${mark.label}`, ...explained].join('\n')}
        data-nav=""
      >
        <Icon name={mark.icon} tone={mark.tone} />
        <span className="node-text">
          <bdi className="node-name">{name}</bdi>
          <span className="node-note">
            <span className={quiet ? '' : 'hidden'}>{mark.label}</span>
            {!quiet && note}
            {node.facts.map((fact) => (
              <span key={fact} className="node-fact">
                {fact}
              </span>
            ))}
          </span>
        </span>
      </Link>
    </li>
  );
}
