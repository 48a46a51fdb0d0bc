import type { ReactElement } from 'react';
import { useGo } from '../../app/navigation.tsx';
import { Heading } from '../../components/chrome/heading.tsx';
import { NotFound } from '../../components/chrome/not-found.tsx';
import { When } from '../../components/feedback/when.tsx';
import { ConfirmButton } from '../../components/manage/confirm-button.tsx';
import { Loaded } from '../../components/manage/loaded.tsx';
import { useNow } from '../../data/clock.ts';
import { useSession } from '../../data/context.tsx';
import { useDeleteFile, useSecureFiles } from '../../data/library.ts';
import { sizeText } from '../../view-models/artifact-list.ts';
import { ago, moment } from '../../view-models/time.ts';
import { ResourceAccess } from './resource-access.tsx';

/** One secure file: who added it, and which pipelines may use it. */
export function FilePage({ id }: { readonly id: string }): ReactElement {
  const files = useSecureFiles();
  const remove = useDeleteFile();
  const go = useGo();
  const now = useNow();
  const { me } = useSession();
  return (
    <Loaded query={files} what="the secure file" title="Library">
      {(list) => {
        const file = list.find((one) => one.id === id);
        if (file === undefined) return <NotFound what={`The secure file ${id}`} />;
        return (
          <>
            <Heading
              title={file.name}
              trail={[
                { label: 'Library', to: 'library' },
                { label: 'Secure files', to: 'library/files' },
              ]}
              acts={
                me.permissions.includes('manageLibrary') && (
                  <ConfirmButton
                    change={remove}
                    order={file.id}
                    label="Delete"
                    about={`Delete the secure file ${file.name}`}
                    text="Its content and its checks go with it. Jobs that read it fail."
                    done={() => go('library/files')}
                  />
                )
              }
            />
            <div className="manage">
              <p className="part-note">
                {sizeText(file.size)}, added <When at={moment(ago(file.createdOn, now), file.createdOn)} /> by{' '}
                <bdi>{file.createdBy.displayName}</bdi>. To replace it, add a file of the same name after you
                deleted this one.
              </p>
              <ResourceAccess type="securefile" id={file.id} />
            </div>
          </>
        );
      }}
    </Loaded>
  );
}
