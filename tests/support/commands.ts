import ace from '@adonisjs/core/services/ace'

/** Runs a command of `node ace.js` in this process: its exit code, and everything it printed. */
export async function runCommand(name: string, ...options: string[]) {
  ace.ui.switchMode('raw')
  try {
    const command = await ace.exec(name, options)
    const lines = command.logger.getLogs().map(({ message }) => message)
    return { exitCode: command.exitCode ?? 0, said: lines.join('\n') }
  } finally {
    ace.ui.switchMode('normal')
  }
}
