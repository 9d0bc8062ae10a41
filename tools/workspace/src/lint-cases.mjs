// Lints texts as if they were files of the workspace. In: JSON [{file, text}] on stdin. Out: JSON [[ruleId, …], …].
import { ESLint } from 'eslint';
import { readFileSync } from 'node:fs';

const cases = JSON.parse(readFileSync(0, 'utf8'));
const eslint = new ESLint({
  cwd: process.argv[2],
  // The files do not exist, so no TypeScript project contains them: leave out the rule that needs types.
  overrideConfig: [
    {
      files: ['**/*.ts'],
      languageOptions: { parserOptions: { projectService: false } },
      rules: { '@typescript-eslint/no-floating-promises': 'off' },
    },
  ],
});

const answers = [];
for (const { file, text } of cases) {
  const [result] = await eslint.lintText(text, { filePath: file });
  answers.push(result.messages.map((message) => message.ruleId ?? message.message));
}
process.stdout.write(`\n${JSON.stringify(answers)}\n`);
