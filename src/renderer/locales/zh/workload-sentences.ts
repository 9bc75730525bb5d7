/** The workload model's sentences in Chinese: why a number of accelerators, why a band, and what of a job does not hold. */

export type Rule = readonly [shape: RegExp, chinese: (...parts: string[]) => string];

const LIMITS: Readonly<Record<string, string>> = {
  throughput: '吞吐',
  memory: '显存',
  'whole supernodes': '整数个超节点',
  divisibility: '整除关系',
};
const PARTS: Readonly<Record<string, string>> = { compute: '计算', communication: '通信', 'pipeline bubble': '流水线气泡' };

/** The reasons that a demand gives, which also stand inside a longer sentence. */
function demandReason(reason: string): string {
  const whole = /^([\d,]+) accelerators would do; whole supernodes of ([\d,]+) make ([\d,]+)$/.exec(reason);
  if (whole) return `${whole[1]} 个加速器即可，但每个超节点 ${whole[2]} 个，取整为 ${whole[3]} 个`;
  const memory = /^([\d,]+) accelerators hold no plan of this model and batch$/.exec(reason);
  if (memory) return `${memory[1]} 个加速器的显存放不下此模型与批次的任何并行方案`;
  const divisors = /^no degrees divide ([\d,]+) accelerators, the model and the global batch$/.exec(reason);
  if (divisors) return `没有并行度能同时整除 ${divisors[1]} 个加速器、模型与全局批次`;
  const rate = /^(?:([\d,]+) take ([\d.,]+) days; )?(compute|communication|pipeline bubble) takes (\d+) % of the step$/.exec(reason);
  if (rate) return `${rate[1] === undefined ? '' : `${rate[1]} 个需要 ${rate[2]} 天；`}${PARTS[rate[3]!]}占步时的 ${rate[4]}%`;
  return reason;
}

const GROUPS: Readonly<Record<string, string>> = {
  tensor: '张量',
  sequence: '序列',
  context: '上下文',
  expert: '专家',
  pipeline: '流水线',
  data: '数据',
};
const DOMAINS: Readonly<Record<string, string>> = { 'scale-up': '纵向扩展', 'scale-out': '横向扩展', 'scale-across': '跨站点' };

/** "a, b or c" with Chinese commas. */
const enumerated = (text: string) =>
  text
    .split(/, | or | and /)
    .filter((item) => item !== '')
    .join('、');

export const WORKLOAD_RULES: readonly Rule[] = [
  [/^Parameters$/, () => '参数量'],
  [/^Operations per token$/, () => '每词元运算量'],
  [/^Weights, gradients, optimizer$/, () => '权重、梯度与优化器状态'],
  [/^Activations$/, () => '激活值'],
  [/^Step time$/, () => '步时'],
  [/^Pipeline bubble$/, () => '流水线气泡'],
  [/^Model FLOP utilisation$/, () => '模型算力利用率'],
  [/^(\w+) parallelism, (scale-\w+)$/, (group, domain) => `${GROUPS[group!] ?? group}并行，${DOMAINS[domain!] ?? domain}`],
  [
    /^the fewest that train within ([\d.,]+) days, limited by (throughput|memory|whole supernodes|divisibility): (.+)$/,
    (days, limit, reason) => `能在 ${days} 天内完成训练的最少数量，受限于${LIMITS[limit!]}：${demandReason(reason!)}`,
  ],
  [
    /^((?:[\d,]+ accelerators (?:would do|hold no plan)|no degrees divide|(?:[\d,]+ take [\d.,]+ days; )?(?:compute|communication|pipeline bubble) takes ).*)$/,
    (reason) => demandReason(reason!),
  ],
  [/^is ([\d,-]+), but must be a whole number of at least 1; raise it$/, (given) => `为 ${given}，但必须为不小于 1 的整数；请调高`],
  [/^Accelerators for the deadline$/, () => '满足期限所需的加速器'],
  [
    /^is missing, and so is accelerators; give the number of accelerators, or tokens and deadlineDays to find the least one$/,
    () => '未填写，加速器数量也未填写；请填写加速器数量，或填写 tokens 与 deadlineDays 以求最少数量',
  ],
  [
    /^is missing; give the number of accelerators, a whole number of at least 1, or a workload with tokens and deadlineDays$/,
    () => '未填写；请填写加速器数量（不小于 1 的整数），或填写含 tokens 与 deadlineDays 的负载',
  ],
  [
    /^gives degrees, but the deadline is to set the number of accelerators; set it to "auto", or give accelerators$/,
    () => '给定了并行度，但加速器数量要由期限决定；请设为 "auto"，或填写加速器数量',
  ],
  [
    /^no multiple of ([\d,]+) from ([\d,]+) to ([\d,]+) accelerators trains (\S+) tokens in ([\d.,]+) days with a global batch of ([\d,]+)(?:; the last takes ([\d.,]+) days)?; allow more days or a larger global batch$/,
    (unit, from, to, tokens, days, batch, last) =>
      `从 ${from} 到 ${to} 个加速器（${unit} 的倍数）都不能以全局批次 ${batch} 在 ${days} 天内训练 ${tokens} 个 token${last === undefined ? '' : `；最后一个需要 ${last} 天`}；请放宽天数或增大全局批次`,
  ],
  [/^double globalBatch to ([\d,]+)$/, (batch) => `将 globalBatch 加倍为 ${batch}`],
  [/^allow ([\d,]+) days$/, (days) => `放宽到 ${days} 天`],
  [
    /^(.+); the deadline asks for ([\d,]+) accelerators; the hall holds ([\d,]+), which take ([\d.,]+) days$/,
    (before, asked, held, days) => `${before}；期限需要 ${asked} 个加速器，机房可容纳 ${held} 个，需要 ${days} 天`,
  ],
  [
    /^no published training run of (\S+) in (\w+) calibrates the model$/,
    (id, precision) => `没有 ${id} 在 ${precision} 下公开的训练数据可用于校准模型`,
  ],
  [/^published runs of mixtures of experts scatter this much around the model$/, () => '公开的混合专家训练数据与模型的偏差约为此范围'],
  [/^dense training, calibrated on (\S+)$/, (id) => `稠密训练，按 ${id} 校准`],
  [
    /^siteCalibration was measured on (\S+) and does not apply to (\S+); the shipped network figures are used$/,
    (measured, used) => `siteCalibration 在 ${measured} 上测得，不适用于 ${used}；采用内置的网络数据`,
  ],
  [
    /^memory: the plan needs ([\d.,]+) GiB on an accelerator with ([\d.,]+) GiB usable; .+$/,
    (need, have) => `显存：该方案每个加速器需要 ${need} GiB，可用 ${have} GiB；请增加重计算、提高 ZeRO 级别，或增大 tp、pp`,
  ],
  [
    /^tensor parallelism of (\d+) leaves the scale-up domain of (\d+); every layer then waits for the scale-out network$/,
    (tp, size) => `张量并行 ${tp} 超出 ${size} 个加速器的纵向扩展域，每一层都要等待横向网络`,
  ],
  [
    /^tp (\d+) x pp (\d+) x dp (\d+) x cp (\d+) = ([\d,]+), but there are ([\d,]+) accelerators; (.+)$/,
    (tp, pp, dp, cp, product, count, fix) =>
      `tp ${tp} × pp ${pp} × dp ${dp} × cp ${cp} = ${product}，但加速器有 ${count} 个；${fix!
        .replace(/^set dp to ([\d,]+)$/, '请将 dp 设为 $1')
        .replace(
          /^tp x pp x cp = ([\d,]+) does not divide ([\d,]+); the nearest accelerators that fit are (.+)$/,
          'tp × pp × cp = $1 不能整除 $2；最接近的加速器数量为 $3',
        )
        .replace(' or ', ' 或 ')}`,
  ],
  [
    /^is (\d+), which does not divide the (\d+) attention heads; use (.+)$/,
    (tp, heads, use) => `为 ${tp}，不能整除 ${heads} 个注意力头；请用 ${use!.replace(' or ', ' 或 ')}`,
  ],
  [
    /^is ([\d,]+), which dp ([\d,]+) x microBatch ([\d,]+) = ([\d,]+) does not divide; use (.+)$/,
    (batch, dp, micro, unit, use) =>
      `为 ${batch}，不能被 dp ${dp} × microBatch ${micro} = ${unit} 整除；请用 ${use!.replace(' or ', ' 或 ')}`,
  ],
  [
    /^is ([\d,]+), which does not divide the sequence of ([\d,]+) tokens; use (.+)$/,
    (cp, sequence, use) => `为 ${cp}，不能整除 ${sequence} 个 token 的序列；请用 ${use!.replace(' or ', ' 或 ')}`,
  ],
  [
    /^(.+) needs at least ([\d.,]+) GiB on each of ([\d,]+) accelerators, but (\S+) has ([\d.,]+) GiB usable; about ([\d,]+) accelerators would hold it$/,
    (model, need, count, id, have, enough) =>
      `${model} 在 ${count} 个加速器上每个至少需要 ${need} GiB，但 ${id} 可用 ${have} GiB；约 ${enough} 个加速器才能容纳`,
  ],
  [/^use ([\d,]+) accelerators$/, (count) => `使用 ${count} 个加速器`],
  [
    /^is ([\d.,]+) ms, but (.+) on (\S+) takes at least ([\d.,]+) ms a token; allow ([\d.,]+) ms, a narrower precision or a larger supernode$/,
    (target, model, id, least, allow) =>
      `为 ${target} 毫秒，但 ${model} 在 ${id} 上每个 token 至少需要 ${least} 毫秒；请放宽到 ${allow} 毫秒，或用更低精度、更大的超节点`,
  ],
  [
    /^is "(.+)", but a row of nccl-tests has size, count, type, time, algbw and busbw; remove or correct the line$/,
    (line) => `为“${line}”，但 nccl-tests 的数据行应含 size、count、type、time、algbw 与 busbw；请删除或更正该行`,
  ],
  [/^is no valid JSON; correct it or give the text nccl-tests prints$/, () => '不是有效的 JSON；请更正，或提供 nccl-tests 打印的文本'],
  [
    /^puts ([\d.,]+) GB\/s on one accelerator's (scale-up|scale-out) link, which carries ([\d.,]+) GB\/s; check the accelerator, the link speed and the number of nodes$/,
    (got, level, line) =>
      `单个加速器的${level === 'scale-up' ? '纵向' : '横向'}链路测得 ${got} GB/s，超过其 ${line} GB/s 的速率；请核对加速器、链路速率与节点数`,
  ],
  // What a job lacks or contradicts.
  [/^is missing; give the tokens to train on$/, () => '未填写；请填写训练的 token 数'],
  [/^is missing; give the days that training may take$/, () => '未填写；请填写允许的训练天数'],
  [/^is missing; give the number of accelerators of the job$/, () => '未填写；请填写任务的加速器数量'],
  [
    /^is missing; give a number of accelerators, or tokens and deadlineDays to find the least one$/,
    () => '未填写；请填写加速器数量，或填写 tokens 与 deadlineDays 以求最少数量',
  ],
  [
    /^is missing, but deadlineDays is ([\d.,]+); give the tokens to train on$/,
    (days) => `未填写，但 deadlineDays 为 ${days}；请填写训练的 token 数`,
  ],
  [/^is missing; a workload on its own needs (.+)$/, (fields) => `未填写；单独的负载需要 ${enumerated(fields!)}`],
  [
    /^is (\w+), but no peak of (\S+) is known in it; use another precision(?: or give the accelerator's peak)?$/,
    (precision, id) => `为 ${precision}，但 ${id} 在该精度下的峰值未知；请换用其他精度`,
  ],
  [
    /^is ([A-Z]{3}), but the price book is in ([A-Z]{3}); leave it out, or give acceleratorHour in ([A-Z]{3})$/,
    (given, book) => `为 ${given}，但价格表以 ${book} 计价；请删去，或以 ${given} 填写 acceleratorHour`,
  ],
  [
    /^is "(.+)", which is no preset; use (.+), or give the model's sizes$/,
    (id, presets) => `为“${id}”，没有这个预设模型；请用 ${enumerated(presets!)}，或填写模型尺寸`,
  ],
  [
    /^is (\d+), which does not divide the (\d+) heads; use (.+)$/,
    (keys, heads, use) => `为 ${keys}，不能整除 ${heads} 个注意力头；请用 ${enumerated(use!)}`,
  ],
  [
    /^is (\d+), which does not divide hidden (\d+); use (.+), or give headDim$/,
    (heads, hidden, use) => `为 ${heads}，不能整除隐藏维度 ${hidden}；请用 ${enumerated(use!)}，或填写 headDim`,
  ],
  [
    /^is (\d+), but the model has only (\d+) (experts|layers); use at most (\d+)$/,
    (given, has, what, most) => `为 ${given}，但模型只有 ${has} ${what === 'experts' ? '个专家' : '层'}；最多 ${most}`,
  ],
  [
    /^is (\d+), which leaves none of the (\d+) layers for experts; use at most (\d+), or leave out experts$/,
    (given, layers, most) => `为 ${given}，${layers} 层中没有留给专家的层；最多 ${most}，或删去 experts`,
  ],
  [
    /^is (\d+), but a pipeline stage has only (\d+) of the (\d+) layers; use a divisor of (\d+), at most (\d+)$/,
    (given, stage, layers) => `为 ${given}，但 ${layers} 层中每个流水线级只有 ${stage} 层；请用 ${stage} 的约数，最多 ${stage}`,
  ],
  [
    /^is (\d+), but pp is 1 and there is no pipeline to interleave; set interleave to 1 or raise pp$/,
    (given) => `为 ${given}，但 pp 为 1，没有可交错的流水线；请将 interleave 设为 1 或提高 pp`,
  ],
  [/^is true, but ep is 1 and nothing is exchanged; leave it out or raise ep$/, () => '为 true，但 ep 为 1，没有交换；请删去或提高 ep'],
  [/^is (\d+), but the model has no experts; set it to 1$/, (ep) => `为 ${ep}，但模型没有专家；请设为 1`],
  [
    /^is (\d+), which does not divide the (\d+) experts; use (.+)$/,
    (ep, experts, use) => `为 ${ep}，不能整除 ${experts} 个专家；请用 ${enumerated(use!)}`,
  ],
  [
    /^is (\d+), which does not divide tp x cp x dp = ([\d,]+) ranks of a pipeline stage; use (.+)$/,
    (ep, ranks, use) => `为 ${ep}，不能整除流水线级的 tp × cp × dp = ${ranks} 个进程；请用 ${enumerated(use!)}`,
  ],
  [
    /^no tp x pp x dp x cp = ([\d,]+) suits ([\d,]+) heads, ([\d,]+) layers and a global batch of ([\d,]+); choose accelerators and a batch with more common divisors$/,
    (count, heads, layers, batch) =>
      `没有 tp × pp × dp × cp = ${count} 适合 ${heads} 个注意力头、${layers} 层与全局批次 ${batch}；请选择公约数更多的加速器数量与批次`,
  ],
  [/^set globalBatch to ([\d,]+)$/, (batch) => `将 globalBatch 设为 ${batch}`],
  // Notes of a plan.
  [
    /^the ([\d,]+) microbatches are no multiple of pp (\d+); most software refuses to interleave them$/,
    (batches, pp) => `${batches} 个微批次不是 pp ${pp} 的倍数；多数软件不允许交错`,
  ],
  [
    /^the (\d+) layers of a stage do not divide into (\d+) chunks; the estimate assumes equal ones$/,
    (layers, chunks) => `每级 ${layers} 层不能均分为 ${chunks} 块；估算按均分处理`,
  ],
  [
    /^(\d+) layers do not divide over (\d+) stages; the fullest stage, (\d+) layers, sets the pace$/,
    (layers, stages, most) => `${layers} 层不能均分到 ${stages} 级；最满的一级有 ${most} 层，决定步时`,
  ],
  // Supernode curve and serving.
  [/^Scale-out bandwidth needed$/, () => '所需横向带宽'],
  [/^Network for the needed bandwidth$/, () => '满足所需带宽的网络'],
  [/^the job has only ([\d,]+) accelerators$/, (count) => `任务只有 ${count} 个加速器`],
  [/^Time per token$/, () => '每个 token 的时间'],
  [/^Generated tokens per second and accelerator$/, () => '每个加速器每秒生成的 token'],
  [/^is ([\d,]+), which does not suit the model; use (.+)$/, (size, use) => `为 ${size}，不适合该模型；请用 ${enumerated(use!)}`],
  [
    /^is ([\d,]+), which does not divide heads and replica; use (.+)$/,
    (tp, use) => `为 ${tp}，不能整除注意力头数与副本大小；请用 ${enumerated(use!)}`,
  ],
  [
    /^is (\S+) with ([\d.,]+) GiB usable, but (.+) and one sequence of ([\d,]+) tokens need at least ([\d.,]+) GiB on each of up to ([\d,]+); use a narrower precision or a larger supernode$/,
    (id, have, model, tokens, need, most) =>
      `为 ${id}，可用 ${have} GiB，但 ${model} 与一条 ${tokens} 个 token 的序列在最多 ${most} 个加速器上每个至少需要 ${need} GiB；请用更低精度或更大的超节点`,
  ],
  [
    /^is ([\d.,]+) ms, but no replica that makes a token in ([\d.,]+) ms reads ([\d,]+) tokens so soon \(the fastest of all takes ([\d.,]+) ms\); allow more of either$/,
    (first, token, prompt, least) =>
      `为 ${first} 毫秒，但没有副本能在每 token ${token} 毫秒的同时这么快读完 ${prompt} 个 token（最快需要 ${least} 毫秒）；请放宽其一`,
  ],
  // Measurements of a site.
  [
    /^is (\d+), but the run has only (\d+) ranks; use at most (\d+)$/,
    (nodes, ranks) => `为 ${nodes}，但测试只有 ${ranks} 个进程；最多 ${ranks}`,
  ],
  [
    /^counts ([\d,]+) wrong elements; a network that corrupts data is no measure of a site, repair it and run the test again$/,
    (count) => `有 ${count} 个错误元素；损坏数据的网络不能代表站点，请修复后重新测试`,
  ],
  [
    /^has ([\d,]+) ranks in ([\d,]+) domains, which do not divide evenly; measure with the same number of ranks in each$/,
    (ranks, domains) => `${domains} 个域中有 ${ranks} 个进程，不能均分；请让每个域的进程数相同后再测`,
  ],
  [
    /^is missing, but (.+) was measured across ([\d,]+) domains; give the scale-out rate of one accelerator$/,
    (file, domains) => `未填写，但 ${file} 跨 ${domains} 个域测得；请填写单个加速器的横向速率`,
  ],
];
