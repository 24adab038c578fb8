import { Command, CommanderError } from 'commander';
import { commands } from './commands/index.js';
import { CommandFailed } from './command-failed.js';

const DONE = 0;
const FAILED = 1;
const NOT_UNDERSTOOD = 2;

/** Runs one command line of the operator and gives the exit code of the process. */
export async function run(args: readonly string[]): Promise<number> {
  const program = new Command('npm run ledger --')
    .description('共富账本的运维命令 · the operator’s commands of Gongfu Ledger')
    .usage('<命令 command> [选项 options]')
    .helpOption('-h, --help', '显示帮助 · show this help')
    .helpCommand(false)
    .configureHelp({ styleTitle: (title) => TITLES[title] ?? title })
    .configureOutput({ outputError: () => undefined })
    .showHelpAfterError()
    .exitOverride();
  for (const add of commands) add(program);
  try {
    await program.parseAsync(args, { from: 'user' });
    return DONE;
  } catch (error) {
    if (error instanceof CommanderError) return notUnderstood(error);
    if (!(error instanceof CommandFailed)) throw error;
    console.error(error.message);
    return FAILED;
  }
}

const TITLES: Readonly<Record<string, string>> = {
  'Usage:': '用法 Usage:',
  'Options:': '选项 Options:',
  'Commands:': '命令 Commands:',
  'Arguments:': '参数 Arguments:',
};

/** The help has been printed already; the sentence stands below it, where a terminal shows it. */
function notUnderstood({ code, message, exitCode }: CommanderError): number {
  if (exitCode === 0) return DONE;
  const english = code === 'commander.help' ? 'name a command' : message.replace(/^error: |\.$/g, '');
  console.error(
    `\n${CHINESE[code] ?? '命令行有误'}。The command line is not understood: ${english.replaceAll('\n', ' ')}.`,
  );
  return NOT_UNDERSTOOD;
}

/** Commander says in English what is wrong; this is its sentence in Chinese, by its code. */
const CHINESE: Readonly<Record<string, string>> = {
  'commander.help': '请写明要执行的命令',
  'commander.unknownCommand': '没有这个命令',
  'commander.unknownOption': '没有这个选项',
  'commander.missingArgument': '缺少参数',
  'commander.missingMandatoryOptionValue': '缺少必填的选项',
  'commander.optionMissingArgument': '选项缺少值',
  'commander.invalidArgument': '选项或参数的值不符合要求',
  'commander.excessArguments': '参数过多',
};
