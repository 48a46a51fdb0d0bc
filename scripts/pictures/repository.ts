import { mkdtempSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gitRepository, nextCommit } from '../../test/support/repository.ts';

/** Builds, tests, and deploys to staging and then to production. */
const SHOP = `trigger: [main]

schedules:
  - cron: '0 3 * * *'
    displayName: Every night
    branches:
      include: [main]

stages:
  - stage: Build
    jobs:
      - job: Compile
        steps:
          - script: |
              echo "Reading 214 files"
              echo "##[group]Compiling"
              for file in basket checkout orders search; do echo "compiled $file"; done
              echo "##[endgroup]"
              mkdir -p out && echo shop > out/shop.txt
              printf '# Shop\\n\\nVersion **1.8**, 4 modules.\\n' > summary.md
              echo "##vso[task.uploadsummary]$(pwd)/summary.md"
              echo "##vso[task.setvariable variable=version;isOutput=true]1.8.$(Build.BuildId)"
              echo "##vso[task.setvariable variable=signature;isOutput=true;isSecret=true]b7f1c2"
            name: make
            displayName: Compile
          - publish: out
            artifact: shop
      - job: Lint
        steps:
          - script: echo "No findings in 214 files"
            displayName: Lint
  - stage: Staging
    jobs:
      - deployment: Roll
        environment: staging
        strategy:
          runOnce:
            deploy:
              steps:
                - script: echo "Staging has the new version"
                  displayName: Roll out
  - stage: Production
    jobs:
      - deployment: Roll
        environment: production
        strategy:
          runOnce:
            deploy:
              steps:
                - script: |
                    echo "Rolling out to production"
                    sleep $(deploySeconds)
                    echo "Production has the new version"
                  displayName: Roll out
`;

/** A stage that waits for people. */
const MOBILE = `trigger: none
stages:
  - stage: Build
    jobs:
      - job: Pack
        steps:
          - script: echo "Packed the app"
            displayName: Pack
  - stage: Store
    displayName: App store
    jobs:
      - deployment: Submit
        environment: app-store
        strategy:
          runOnce:
            deploy:
              steps:
                - script: echo "Submitted"
                  displayName: Submit
`;

/** A deployment that fails. */
const DATABASE = `trigger: none
stages:
  - stage: Migrate
    jobs:
      - deployment: Schema
        environment: database
        strategy:
          runOnce:
            deploy:
              steps:
                - script: |
                    echo "Applying 0042-orders.sql"
                    echo "##[error]column orders.total is used by a view"
                    exit 1
                  displayName: Apply migrations
`;

/** What the wizard is shown with: one mistake. */
const WITH_MISTAKE = `stages:
  - stage: Build
    jobs:
      - job: Compile
        steps:
          - scrpt: make
`;

/** The repository of the world, in a folder that is called \`shop\`. */
export function shopRepository(): string {
  const made = gitRepository({
    'azure-pipelines.yml': SHOP,
    'mobile.yml': MOBILE,
    'database.yml': DATABASE,
    'ci/release.yml': WITH_MISTAKE,
    'docs/book.yml': 'title: The shop\n',
  });
  const folder = join(mkdtempSync(join(tmpdir(), 'team-')), 'shop');
  renameSync(made, folder);
  nextCommit(folder, 'Show the total in the basket');
  return folder;
}
