import type { ReactElement, ReactNode } from 'react';

/** A column: its head, and what stands in it for a row. */
export interface Column<T> {
  readonly head: string;
  readonly cell: (row: T) => ReactNode;
  /** Buttons: at the end, with a head for readers of the screen alone. */
  readonly acts?: boolean;
}

/** A table with a caption; on a phone each row is a card, and each cell says its head. */
export function DataTable<T>(props: {
  readonly caption: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string | number;
}): ReactElement {
  const { caption, columns, rows, keyOf } = props;
  return (
    <div className="table-frame">
      <table className="table" role="table">
        <caption className="hidden">{caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map(({ head, acts }) => (
              <th key={head} scope="col" role="columnheader" className={acts ? 'table-acts' : undefined}>
                {acts ? <span className="hidden">{head}</span> : head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <tr key={keyOf(row)} role="row">
              {columns.map(({ head, cell, acts }) => (
                <td
                  key={head}
                  role="cell"
                  className={acts ? 'table-acts' : undefined}
                  data-head={acts ? undefined : head}
                >
                  <div className="table-cell">{cell(row)}</div>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
