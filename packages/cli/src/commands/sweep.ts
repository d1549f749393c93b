import type { CommandDefinition } from '../command.ts'
import { printResult } from '../shared/output.ts'
import { runSweep } from '../sweep/run-sweep.ts'
import { addSweepOptions } from '../sweep/sweep-options.ts'
import type { SweepOptions } from '../sweep/sweep-options.ts'
import { drawSweep } from '../sweep/sweep-result.ts'

/** `quantrx sweep MODEL --data D --test T`: strategies, schemes and sample counts in one pass over the data. */
export const sweep: CommandDefinition<SweepOptions> = {
  name: 'sweep',
  description: 'compare strategies, schemes and sample counts in one pass over the data',
  examples: [
    {
      does: 'Compare all strategies with the usual schemes, judged by other samples',
      line: 'sweep model.tflite --data samples.arrow --test test.arrow',
    },
    {
      does: 'Two strategies, two sample counts, with every file and a page of plots',
      line: 'sweep model.tflite --data samples.arrow --test test.arrow --observers minmax,mse --schemes int8 --sample-counts 10,40 --out-folder candidates --report sweep.html',
    },
  ],
  define(command, environment) {
    addSweepOptions(command.argument('<model>', 'float .tflite file')).action(
      async (path: string, options: SweepOptions) => {
        const result = await runSweep(path, options, environment)
        printResult(environment, options.json, result, () => drawSweep(result))
      },
    )
  },
}
