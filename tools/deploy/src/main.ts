import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { APPS } from './apps';
import { type Asked, UsageError, parseArguments } from './arguments';
import { PROJECT_VARIABLE, imageName, planDeployment, planImage, renderCommand } from './deploying/plan-deployment';
import { runCommands, runProcess } from './deploying/run-commands';
import { NAMES_FILE, renderNames } from './names/names-file';
import { contentTag, packageApp, packageFolder } from './packaging/package-app';
import { showCosts } from './costs/show-costs';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const tell = (line: string): void => void process.stderr.write(`${line}\n`);

async function run(asked: Asked, root: string): Promise<void> {
  switch (asked.command) {
    case 'names':
      if (asked.isWritten) writeFileSync(join(root, NAMES_FILE), renderNames());
      return say(asked.isWritten ? `Written to ${NAMES_FILE}.` : renderNames().trimEnd());
    case 'package':
      await packageApp(root, asked.app);
      return say(`${packageFolder(asked.app)} (${contentTag(join(root, packageFolder(asked.app)))})`);
    case 'images':
      return say(JSON.stringify({ images: Object.fromEntries(APPS.map((app) => [app, imageName(app, asked, contentTag(join(root, packageFolder(app))))])) }, null, 2));
    case 'deploy':
      return deploy(asked, root);
    case 'costs':
      return showCosts(asked, say);
  }
}

function deploy({ app, project, region, isReal, isImageOnly }: Extract<Asked, { command: 'deploy' }>, root: string): void {
  const target = { project: project ?? PROJECT_VARIABLE, region };
  const tag = contentTag(join(root, packageFolder(app)));
  const commands = isImageOnly ? [planImage(app, target, tag)] : planDeployment(app, target, tag);
  if (isReal) return runCommands(commands, runProcess, tell);
  for (const command of commands) say(renderCommand(command));
  tell(`# ${app}: nothing has been deployed; --project=ID --yes does it.`);
}

async function main(): Promise<void> {
  try {
    await run(parseArguments(process.argv.slice(2), process.env), process.cwd());
  } catch (fault) {
    tell(fault instanceof Error ? fault.message : String(fault));
    process.exitCode = fault instanceof UsageError ? 2 : 1;
  }
}

void main();
