import { wasm } from '@quantrx/kernels'
import { compileStandalone } from '@quantrx/runtime/run'
import type { StandaloneDescription, StandaloneModule } from '@quantrx/runtime/run'
import { Option } from 'commander'
import type { CommandDefinition } from '../command.ts'
import type { Environment } from '../environment.ts'
import { arithmeticOption } from '../shared/arithmetic-option.ts'
import type { ArithmeticOption } from '../shared/arithmetic-option.ts'
import { readModelFile } from '../shared/model-file.ts'
import { printResult, table } from '../shared/output.ts'
import type { Drawing } from '../shared/output.ts'
import { signatureOf, signatureOption } from '../shared/signature-option.ts'
import type { SignatureOption } from '../shared/signature-option.ts'
import { writeAtomically } from '../shared/write-atomically.ts'

interface CompileOptions extends ArithmeticOption, SignatureOption {
  readonly out: string
  readonly innerLoop: StandaloneDescription['innerLoop']
  readonly json?: boolean
}

/** What `compile` tells, as JSON. */
interface CompileResult extends Omit<StandaloneModule, 'bytes'> {
  readonly out: string
  readonly bytes: number
  /** What an engine must provide: nothing. */
  readonly imports: readonly []
}

/** `quantrx compile MODEL --out F.wasm`: the model as a module that needs nothing else. */
export const compile: CommandDefinition<CompileOptions> = {
  name: 'compile',
  description: 'turn a model into one WebAssembly module that needs nothing else',
  examples: [
    {
      does: 'Write a WebAssembly module that needs nothing else',
      line: 'compile model.int8.tflite --out model.wasm',
    },
    {
      does: 'Likewise, as LiteRT computes',
      line: 'compile model.int8.tflite --out model.wasm --arithmetic xnnpack',
    },
  ],
  define(command, environment) {
    command
      .argument('<model>', '.tflite file')
      .requiredOption('--out <file.wasm>', 'where to write the module')
      .addOption(
        new Option(
          '--inner-loop <name>',
          'how products of integers are summed: i16 (runs everywhere) or usdot (relaxed SIMD, where it is exact)',
        )
          .choices(['i16', 'usdot'] satisfies StandaloneDescription['innerLoop'][])
          .default('i16'),
      )
      .addOption(arithmeticOption())
      .addOption(signatureOption())
      .action(async (path: string, options: CompileOptions) => {
        const result = await run(path, options, environment)
        printResult(environment, options.json, result, () => draw(result))
      })
  },
}

async function run(
  path: string,
  { out, arithmetic, innerLoop, ...others }: CompileOptions,
  environment: Environment,
): Promise<CompileResult> {
  const { model } = await readModelFile(environment, path)
  const { bytes, ...described } = compileStandalone(model, { arithmetic, innerLoop, ...signatureOf(others) })
  await writeAtomically(environment, out, bytes)
  if (innerLoop === 'usdot' && !wasm.runsExactDot()) {
    environment.stderr('quantrx: the dot product is not exact here, so the module refuses to start here\n')
  }
  return { out, bytes: bytes.byteLength, imports: [], ...described }
}

function draw({ out, bytes, arithmetic, innerLoop, memoryBytes, inputs, outputs }: CompileResult): Drawing {
  const row = (role: string) => (tensor: (typeof inputs)[number]) => [
    role,
    tensor.name,
    tensor.type,
    `[${tensor.shape.join(', ')}]`,
    tensor.address,
    tensor.bytes,
  ]
  return [
    `wrote ${out}: ${bytes} bytes, ${memoryBytes} bytes of memory, no imports`,
    `arithmetic ${arithmetic}, inner loop ${innerLoop}`,
    '',
    table(
      ['', 'name', 'type', 'shape', 'address', 'bytes'],
      [...inputs.map(row('input')), ...outputs.map(row('output'))],
    ),
  ]
}
