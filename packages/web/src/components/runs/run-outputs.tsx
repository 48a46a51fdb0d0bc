import type { ReactElement } from 'react';
import { useOutputs } from '../../data/outputs.ts';
import { outputLines } from '../../view-models/run-outputs.ts';
import '../manage/manage.css';

/** The output variables of a run; nothing where its steps set none. */
export function RunOutputs(props: { readonly run: number; readonly running: boolean }): ReactElement | null {
  const { data = [] } = useOutputs(props.run, props.running);
  if (data.length === 0) return null;
  return (
    <section className="detail-stage outputs">
      <h3>Outputs</h3>
      <div className="table-frame" tabIndex={0} role="group" aria-label="Outputs">
        <table className="table">
          <thead>
            <tr>
              <th>Job</th>
              <th>Variable</th>
              <th>Value</th>
              <th>How later stages read it</th>
            </tr>
          </thead>
          <tbody>
            {outputLines(data).map(({ key, where, name, value, read }) => (
              <tr key={key}>
                <td>
                  <bdi>{where}</bdi>
                </td>
                <td>
                  <code>{name}</code>
                </td>
                <td>{value === undefined ? <em>secret</em> : <bdi className="output-value">{value}</bdi>}</td>
                <td>{read !== undefined && <code>{read}</code>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
