import type { Given } from './run-root.ts';

const CYPRESS: Given = { files: ['frontend/testing/cypress/package.json'] };
const NEWER_PYTHON: Given = { tools: { python: 'Python 3.12.1', python3: 'Python 3.12.1' } };
const PYTHON: Given = { tools: { python: 'Python 3.8.20', python3: 'Python 3.8.20' } };
const ENSONO: Given = {
  files: [
    'src/background-worker/src/tests/Functional/any.feature',
    'src/cqrs/src/tests/Functional/any.feature',
  ],
};

/** Root pipelines of the corpus that run here to a good end, by name, with what their definition or machine would have. */
export const ROOTS: Readonly<Record<string, Given>> = {
  'Altinn+altinn-studio/src/Designer/frontend/testing/cypress/use-cases-prod.yaml': CYPRESS,
  'Altinn+altinn-studio/src/Designer/frontend/testing/cypress/use-cases.yaml': CYPRESS,
  'Altinn+altinn-studio/src/test/K6/use-cases-prod.yaml': {},
  'Altinn+altinn-studio/src/test/K6/use-cases.yaml': {},
  'Azure+ALZ-Bicep/accelerator/.azuredevops/pipelines/alz-bicep-pr2-lint.yml': {},
  'Azure+aad-pod-identity/.pipelines/pr.yml': {},
  'Azure+autorest.typescript/.scripts/nightly.yml': { tools: { node: 'v22.12.0' } },
  'Azure+azure-container-networking/.pipelines/failure-agent-teams-bot/notify-pipeline.yml': {},
  'Azure+azure-iot-sdk-csharp/vsts/release.yaml': { tools: { dotnet: '10.0.100 [/usr/share/dotnet/sdk]' } },
  'Azure+iotedge/builds/checkin/api-proxy.yaml': {},
  'Azure+iotedge/builds/misc/addons-publish.yaml': {},
  'Azure+terraform-azurerm-caf-enterprise-scale/tests/pipelines/spn-generator.yml': {},
  'Azure-Samples+modern-data-warehouse-dataops/archive/single_tech_samples/streamanalytics/streamanalytics_ci_cd/samplecicdpipeline.yml':
    {},
  'Azure-Samples+modern-data-warehouse-dataops/fabric/fabric_dataops_sample/devops/templates/pipelines/azure-pipelines-ci-qa-cleanup.yml':
    PYTHON,
  'Azure-Samples+modern-data-warehouse-dataops/fabric/fabric_dataops_sample/devops/templates/pipelines/azure-pipelines-ci-qa.yml':
    PYTHON,
  'Ensono+stacks-dotnet/build/azDevOps/azure/ensono/ci-aca-background-worker.yml': ENSONO,
  'Ensono+stacks-dotnet/build/azDevOps/azure/ensono/ci-aca-cqrs.yml': ENSONO,
  'NHSDigital+dtos-cohort-manager/.azuredevops/pipelines/new_image_triggers_slack_message.yaml': {},
  'NHSDigital+manage-breast-screening-gateway/.azuredevops/pipelines/deploy-app.yml': {},
  'commercialhaskell+stack/doc/azure/azure-simple.yml': {},
  'microsoft+Oryx/vsts/pipelines/agentCleanUp.yml': {},
  'tianocore+edk2/.azurepipelines/Ubuntu-PatchCheck.yml': NEWER_PYTHON,
};
