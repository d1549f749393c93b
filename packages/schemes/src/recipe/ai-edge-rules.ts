import type { OperatorSelector, SchemeRule } from '../plan/selector.ts'
import type { Granularity, IntegerWeights, Treatment } from '../plan/treatment.ts'
import {
  booleanOf,
  choiceOf,
  countOf,
  fieldOf,
  itemsOf,
  onlyFields,
  patternOf,
  recipeFault,
  textOf,
} from './json-value.ts'
import type { JsonValue } from './json-value.ts'
import { operatorKindOf } from './operator-kinds.ts'

const algorithms = ['min_max_uniform_quantize', 'float_casting', 'no_quantize'] as const

const granularities: Readonly<Record<string, Granularity>> = {
  TENSORWISE: { kind: 'tensor' },
  CHANNELWISE: { kind: 'channel' },
  ...Object.fromEntries(
    [32, 64, 128, 256].map((size) => [`BLOCKWISE_${size}`, { kind: 'block', size } as const]),
  ),
}

/**
 * The rules of a recipe of ai-edge-quantizer (its `qtyping.py` names the fields): a list of `regex`, `operation`,
 * `algorithm_key` and `op_config`. Read are static, dynamic and weight-only quantization by minimum and maximum, and weights
 * cast to float16; the older form with `execution_mode` and `channel_wise` too. The last rule that is for an operator
 * decides there as well.
 *
 * @throws UsageError naming the place of what is not known here.
 */
export function aiEdgeRules(place: JsonValue): readonly SchemeRule[] {
  const items = itemsOf(place)
  if (items.length === 0) throw recipeFault(place, 'at least one rule')
  return items.map((item) => {
    onlyFields(item, ['regex', 'operation', 'algorithm_key', 'op_config'])
    return { where: [selectorOf(item)], treatment: treatmentOf(item) }
  })
}

function required(place: JsonValue, name: string): JsonValue {
  const field = fieldOf(place, name)
  if (field === undefined) throw recipeFault(place, `an object with "${name}"`)
  return field
}

function selectorOf(place: JsonValue): OperatorSelector {
  const [regex, operation] = [required(place, 'regex'), required(place, 'operation')]
  const tensors = patternOf(regex)
  if (textOf(operation) === '*') return { tensors }
  const kind = operation.value === 'CUSTOM_OP' ? 'CUSTOM' : operatorKindOf(operation)
  return { tensors, operators: [kind] }
}

function treatmentOf(place: JsonValue): Treatment {
  const algorithm = choiceOf(required(place, 'algorithm_key'), algorithms)
  if (algorithm === 'no_quantize') {
    return { kind: 'float', reason: `rule ${place.path} of the recipe says so` }
  }
  const config = required(place, 'op_config')
  const weights = required(config, 'weight_tensor_config')
  const minimum = fieldOf(config, 'min_weight_elements')
  const minimumElements = minimum === undefined ? 0 : countOf(minimum)
  if (algorithm === 'float_casting') {
    choiceOf(required(weights, 'num_bits'), [16])
    return { kind: 'stored', weights: 'float16', minimumElements }
  }
  switch (modeOf(config)) {
    case 'static':
      return { kind: 'integer', activations: activationsOf(config), weights: weightsOf(weights) }
    case 'dynamic':
      return { kind: 'hybrid', weights: weightsOf(weights), minimumElements }
    case 'weight-only':
      return { kind: 'stored', weights: weightsOf(weights), minimumElements }
  }
}

/** How an operator computes; newer recipes say with what precision, older ones name the mode. */
function modeOf(config: JsonValue): 'static' | 'dynamic' | 'weight-only' {
  const mode = fieldOf(config, 'execution_mode')
  if (mode !== undefined) {
    const modes = { SRQ: 'static', DRQ: 'dynamic', WEIGHT_ONLY: 'weight-only' } as const
    return modes[choiceOf(mode, ['SRQ', 'DRQ', 'WEIGHT_ONLY'])]
  }
  const precision = choiceOf(required(config, 'compute_precision'), ['INTEGER', 'FLOAT'])
  const [activations, explicit] = [
    fieldOf(config, 'activation_tensor_config'),
    fieldOf(config, 'explicit_dequantize'),
  ]
  const dequantizes = explicit !== undefined && booleanOf(explicit)
  if (precision === 'FLOAT' && !dequantizes) {
    throw recipeFault(explicit ?? config, 'explicit_dequantize true where compute_precision is FLOAT')
  }
  if (precision === 'INTEGER' && explicit !== undefined && dequantizes) {
    throw recipeFault(explicit, 'false where compute_precision is INTEGER')
  }
  if (precision === 'FLOAT') return 'weight-only'
  return activations === undefined ? 'dynamic' : 'static'
}

function activationsOf(config: JsonValue): 'int8' | 'int16' {
  const tensor = required(config, 'activation_tensor_config')
  const bits = choiceOf(required(tensor, 'num_bits'), [8, 16])
  const symmetric = fieldOf(tensor, 'symmetric')
  if (symmetric !== undefined && booleanOf(symmetric) !== (bits === 16)) {
    throw recipeFault(symmetric, bits === 16 ? 'true for 16 bits' : 'false for 8 bits')
  }
  return bits === 8 ? 'int8' : 'int16'
}

function weightsOf(tensor: JsonValue): IntegerWeights {
  const [symmetric, dtype] = [fieldOf(tensor, 'symmetric'), fieldOf(tensor, 'dtype')]
  if (symmetric !== undefined && !booleanOf(symmetric)) {
    throw recipeFault(symmetric, 'true: kernels have symmetric weights only')
  }
  if (dtype !== undefined) choiceOf(dtype, ['INT'])
  return { bits: choiceOf(required(tensor, 'num_bits'), [8, 4]), granularity: granularityOf(tensor) }
}

function granularityOf(tensor: JsonValue): Granularity {
  const [granularity, channelWise] = [fieldOf(tensor, 'granularity'), fieldOf(tensor, 'channel_wise')]
  if (granularity !== undefined) {
    return granularities[choiceOf(granularity, Object.keys(granularities))]!
  }
  return channelWise !== undefined && booleanOf(channelWise) ? { kind: 'channel' } : { kind: 'tensor' }
}
