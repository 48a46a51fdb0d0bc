import type { ReactElement } from 'react';
import { useState } from 'react';
import { Link } from '../../app/navigation.tsx';
import { Empty } from '../../components/feedback/notice.tsx';
import { When } from '../../components/feedback/when.tsx';
import { DataTable } from '../../components/manage/data-table.tsx';
import { Loaded } from '../../components/manage/loaded.tsx';
import { Panel } from '../../components/manage/panel.tsx';
import { SubmitForm } from '../../components/manage/submit-form.tsx';
import { useNow } from '../../data/clock.ts';
import { useSession } from '../../data/context.tsx';
import { useSecureFiles, useUploadFile } from '../../data/library.ts';
import { sizeText } from '../../view-models/artifact-list.ts';
import { ago, moment } from '../../view-models/time.ts';

/** The secure files of the project, and the way to add one. */
export function FileList(): ReactElement {
  const files = useSecureFiles();
  const now = useNow();
  const { me } = useSession();
  return (
    <>
      <Panel
        title="Secure files"
        note="What is in them is never shown: a job that may use one reads it on its agent."
      >
        <Loaded query={files} what="the secure files">
          {(list) =>
            list.length === 0 ? (
              <Empty title="No secure file yet">
                <p>
                  Certificates and keys that jobs need; the step <code>DownloadSecureFile@1</code> reads them.
                </p>
              </Empty>
            ) : (
              <DataTable
                caption="Secure files"
                rows={list}
                keyOf={({ id }) => id}
                columns={[
                  {
                    head: 'Name',
                    cell: ({ id, name }) => (
                      <Link to={`library/files/${id}`} data-nav="">
                        <bdi>{name}</bdi>
                      </Link>
                    ),
                  },
                  { head: 'Size', cell: ({ size }) => sizeText(size) },
                  {
                    head: 'Added',
                    cell: ({ createdBy, createdOn }) => (
                      <>
                        <When at={moment(ago(createdOn, now), createdOn)} /> by{' '}
                        <bdi>{createdBy.displayName}</bdi>
                      </>
                    ),
                  },
                ]}
              />
            )
          }
        </Loaded>
      </Panel>
      {me.permissions.includes('manageLibrary') && <Upload />}
    </>
  );
}

function Upload(): ReactElement {
  const upload = useUploadFile();
  const [file, setFile] = useState<File>();
  const [name, setName] = useState('');
  return (
    <Panel title="Add a file">
      <SubmitForm
        change={upload}
        order={() => (file === undefined ? undefined : { file, name: name.trim() || file.name })}
        label="Keep the file"
        said="Kept."
        disabled={file === undefined}
      >
        <label>
          File
          <input type="file" onChange={({ target }) => setFile(target.files?.[0])} />
        </label>
        <label>
          Name
          <input
            value={name}
            placeholder={file?.name ?? 'as the file is called'}
            onChange={({ target }) => setName(target.value)}
            autoComplete="off"
          />
        </label>
      </SubmitForm>
    </Panel>
  );
}
