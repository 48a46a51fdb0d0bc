import { Command } from 'commander';

const program = new Command('signalbox')
  .description('A self-hosted deployment queue that runs azure-pipelines.yml.')
  .version('0.1.0');

await program.parseAsync();
