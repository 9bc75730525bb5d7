import type { Rule } from './workload-sentences';

/** Formulas and sources of derivations in Chinese; symbols, standards and papers stay as they are cited. */
const WHOLE: Readonly<Record<string, string>> = {
  // How many.
  'ceil(accelerators asked / accelerators of a supernode)': 'ceil(所需加速器数 / 每个超节点的加速器数)',
  'supernodes x accelerators of a supernode': '超节点数 × 每个超节点的加速器数',
  'supernodes x servers of a supernode': '超节点数 × 每个超节点的服务器数',
  'as built': '按实际结构',
  'the least multiple of a supernode whose best plan trains the tokens in time; every multiple from the compute bound up is tried':
    '最佳并行方案能按期训练完全部词元的最小超节点整数倍；从算力下限起逐个尝试',

  // Fat trees.
  'rails x ceil(nodes / nodes of a unit) x leaves of a rail': '轨道数 × ceil(节点数 / 每单元节点数) × 每轨叶交换机数',
  'ceil(endpoints / access ports of a leaf)': 'ceil(端点数 / 每台叶交换机的接入端口数)',
  'endpoints x ports of an endpoint (reserved ones included)': '端点数 × 每端点端口数（含预留端口）',
  'min { S : S divides the uplinks u of a leaf, leaves x u / S <= spine ports }, in every pod and plane':
    'min { S：S 整除叶交换机上行数 u，叶交换机数 × u / S ≤ 脊交换机端口数 }，每个 Pod 和平面内',
  'spines of a pod x min { c : c divides the uplinks u2 of a spine, pods x u2 / c <= core ports }':
    '每 Pod 脊交换机数 × min { c：c 整除脊交换机上行数 u2，Pod 数 × u2 / c ≤ 核心交换机端口数 }',
  'leaves x uplinks of a leaf': '叶交换机数 × 每台叶交换机上行数',
  'spines x uplinks of a spine': '脊交换机数 × 每台脊交换机上行数',
  'access links / 2 x link speed / max(1, oversubscription)': '接入链路数 / 2 × 链路速率 / max(1, 收敛比)',
  'endpoint bandwidth of the fullest leaf over its uplink bandwidth; 1 on a single switch':
    '最满的叶交换机的端点带宽与其上行带宽之比；单交换机为 1',
  '2 x tiers - 1': '2 × 层数 − 1',
  'every spine port on a leaf of its own, every core port on a pod of its own':
    '脊交换机每个端口各接一台叶交换机，核心交换机每个端口各接一个 Pod',
  'switches on the path x their latency + links on the path x longest route x time of a metre; without software':
    '路径上的交换机数 × 其时延 + 路径上的链路数 × 最长走线 × 每米传播时间；不含软件',
  'links of the compute fabric for this phase less those of the one before; spines and cores stand from day one':
    '本期计算网络链路数减去上一期；脊和核心交换机首期即就位',

  // Direct topologies.
  'groups x routers of a group, planes times': '组数 × 每组路由器数 × 平面数',
  'groups x a (a - 1) / 2 within groups + groups x a h / 2 between them, a routers of h global ports, planes times':
    '组内 组数 × a (a − 1) / 2 + 组间 组数 × a h / 2，每组 a 台路由器、各有 h 个全局端口，再乘平面数',
  'links between two halves of the groups x link speed, at most half the access bandwidth':
    '两半组之间的链路数 × 链路速率，不超过接入带宽的一半',
  'endpoint bandwidth of a router over what its links to others carry at uniform load':
    '路由器的端点带宽与均匀负载下其对外链路承载能力之比',
  'longest shortest path between two endpoints': '任意两端点间最短路径的最大值',
  'largest shape that these routers make': '这些路由器能组成的最大结构',
  'groups x (leaves + spines of a group), planes times': '组数 × 每组（叶 + 脊）交换机数 × 平面数',
  'groups x l s within groups + groups x s h / 2 between them, l leaves and s spines of h global ports, planes times':
    '组内 组数 × l s + 组间 组数 × s h / 2，每组 l 台叶、s 台脊交换机，各有 h 个全局端口，再乘平面数',
  '2 q^2, planes times': '2 q^2 × 平面数',
  'q^2 (3q - delta) / 2 with q = 4w + delta, planes times': 'q^2 (3q − delta) / 2，q = 4w + delta，再乘平面数',
  'q^3 / 2 links (q (q^2 + 1) / 2 for odd q) x link speed, at most half the access bandwidth':
    'q^3 / 2 条链路（q 为奇数时 q (q^2 + 1) / 2）× 链路速率，不超过接入带宽的一半',

  // Racks, media, power, money.
  'racks filled until units or power run out, by what stands in them': '按设备逐柜装入，直到高度或功率用尽',
  'one for each cage in use at either end of an optical link; co-packaged optics are part of their switch':
    '光链路两端每个在用插槽一个；共封装光学属于交换机',
  'one for each link, or for the links that share a twin-port cable or splitter; fibres as the module asks for':
    '每条链路一根，共用双口线缆或分支线缆的链路合用一根；光纤按模块要求',
  'supernodes x power of one': '超节点数 × 单个功率',
  'sum over switches of their typical power without modules': '各交换机不含模块的典型功率之和',
  'sum over modules and cable plugs of the power of one': '各模块与线缆插头功率之和',
  'systems + switches without modules + every module and cable plug once': '系统 + 不含模块的交换机 + 每个模块和线缆插头各计一次',
  'equipment power x PUE': '设备功率 × PUE',
  'sum over links of the cheapest medium for the route; network racks trade places as long as it falls':
    '各链路按走线选最低价介质之和；网络机柜互换位置直到不再下降',
  'sum of cable cross-sections (pi / 4 x diameter^2) / cross-section of the tray': '线缆截面积之和（π/4 × 直径²）/ 桥架截面积',
  'sum over the lines of quantity x unit price less discount': '各行 数量 × 单价 − 折扣 之和',
  'sum over lines of quantity x unit price less discount, before tax, the sites together': '各站点全部行 数量 × 单价 − 折扣 之和，税前',
  'sum of the categories, before tax; a line without a price is left out': '各类别之和，税前；没有价格的行不计入',
  'facility power x 8,760 h x price of energy': '设施功率 × 8,760 h × 电价',
  'energy a year; spares, staff and space are not in it': '年电费；不含备件、人员和场地',
  'capital cost + years x running cost a year': '建设成本 + 年数 × 年运行成本',
  'sum over sites of equipment power x PUE of the site': '各站点 设备功率 × 该站点 PUE 之和',

  // Failures.
  'hours of a year / sum over parts of quantity x failures of one in a year': '一年的小时数 / 各部件 数量 × 单件年失效次数 之和',
  'tau / (M e^(R / M) (e^((tau + C) / M) - 1)) at the interval tau of Daly':
    'tau / (M e^(R / M) (e^((tau + C) / M) − 1))，间隔 tau 按 Daly 公式',
  'min k with P(Poisson(installed x failures of one in a year x lead days / 365) <= k) >= service level':
    'min k，使 P(Poisson(安装数 × 单件年失效次数 × 交货天数 / 365) ≤ k) ≥ 服务水平',
  'ports in use on the fullest of these switches of the ports of the fabric': '最满的一台此类交换机的在用端口数 / 网络端口总数',
  'trunks of one of these switches of the trunks of the fabric; no port is cut': '一台此类交换机的干线数 / 网络干线总数；没有端口断开',
  'one port of the ports of the fabric': '一个端口 / 网络端口总数',
  'one trunk of the trunks of the fabric; no port is cut': '一条干线 / 网络干线总数；没有端口断开',
  'the ports of one plane of the ports of the fabric; every NIC keeps its other planes':
    '一个平面的端口数 / 网络端口总数；每张网卡保留其余平面',

  // The step of a workload.
  'attention + feed-forward + experts + embeddings + norms': '注意力 + 前馈 + 专家 + 嵌入 + 归一化',
  '3 (2 P_matrices + attention + 2 h V)': '3 (2 P_matrices + 注意力 + 2 h V)',
  'P/(t p) (2 + 4 + 12), divided by dp where ZeRO shards': 'P/(t p) (2 + 4 + 12)，ZeRO 分片的部分再除以 dp',
  'bytes per token and layer x tokens x layers per stage x microbatches in flight': '每词元每层字节数 × 词元数 × 每级层数 × 在途微批次数',
  '(m (stage + sends) + (p-1)/v stage + gradients + optimizer) (1 + sigma sqrt(2 ln dp))':
    '(m (级时间 + 发送) + (p−1)/v × 级时间 + 梯度 + 优化器) (1 + sigma sqrt(2 ln dp))',
  '(p-1)/v x time of one microbatch on one stage': '(p−1)/v × 一个微批次在一级上的时间',
  'FLOP/token x tokens / (T n peak)': '每词元 FLOP × 词元数 / (T n 峰值)',
  '2 all-reduces of 2 b s h bytes per layer and pass': '每层每次传播 2 次全归约，每次 2 b s h 字节',
  'keys and values round the ring, once forward and twice backward': '键和值沿环传递，前向一次、反向两次',
  '2 b s h/(t c) bytes per boundary, 2 v per microbatch': '每个边界 2 b s h/(t c) 字节，每个微批次 2 v 次',
  'all-reduce of gradients, or reduce-scatter and gather of weights': '梯度全归约，或归约散发与权重聚集',

  // Between sites.
  '8 x bytes each way / backward pass, with bytes = 2 (g - 1) / g x gradients, for g sites':
    '8 × 单向字节数 / 反向计算时间，字节数 = 2 (g − 1) / g × 梯度，g 为站点数',
  '8 (g - 1) / g x accelerators x peak x MFU / tokens of a batch, for a dense model of any size in BF16 and g sites':
    '8 (g − 1) / g × 加速器数 × 峰值 × MFU / 每批词元数，适用于任意规模的 BF16 稠密模型，g 为站点数',
  'ceil(need / channel speed), on each path': 'ceil(所需带宽 / 信道速率)，每条路径',
  'paths x ceil(wavelengths / wavelengths of a pair)': '路径数 × ceil(波长数 / 每对光纤波长数)',
  'fibre length x 5 us/km': '光纤长度 × 5 us/km',
  'sum over the line ports of the fullest edge switch of channel speed x round trip / 8 + 2 frames':
    '最满的边缘交换机各线路端口 信道速率 × 往返时间 / 8 + 2 帧 之和',

  // Sources.
  'folded-Clos port arithmetic; equal bundles as in the NVIDIA DGX SuperPOD reference architectures':
    '折叠 Clos 端口计算；等量捆束同 NVIDIA DGX SuperPOD 参考架构',
  'leaf-aligned half of a folded Clos, the worst case by symmetry': '按叶交换机对半切分折叠 Clos，由对称性为最坏情况',
  'counted on the populated leaf, not the nominal ratio': '按实际接入的叶交换机计，而非标称比例',
  'up through every tier and down again': '逐层上行再下行',
  'port arithmetic of the topology with the same switches, tiers and ratio': '在相同交换机、层数和收敛比下的拓扑端口计算',
  'catalog latency of each switch; signal speed of NVIDIA LinkX cables': '目录中各交换机的时延；NVIDIA LinkX 线缆的信号速度',
  'units and power of each device in the catalog; limits of the site': '目录中各设备的高度与功率；机房限制',
  'counted on the cages of every link': '按每条链路的插槽计数',
  'shortest sold length that covers the route between its two racks, slack included': '能覆盖两机柜间走线（含余量）的最短在售长度',
  'catalog figures of each part': '目录中各部件的数据',
  'definition of PUE (ISO/IEC 30134-2)': 'PUE 定义（ISO/IEC 30134-2）',
  'price book; the lower bound gives every rack its nearest neighbours on an endless grid':
    '价目表；下界假设每个机柜在无限网格上都有最近的邻居',
  'catalog diameters; most fill of ANSI/TIA-569': '目录中的外径；ANSI/TIA-569 的最大填充率',
  'price book and commercial terms of the brief': '价目表与需求中的商务条款',
  'full load all year': '全年满载',
  'as energy a year': '同年电费',
  undiscounted: '未折现',
  'failure rates of the catalog: accelerators, servers, switches, modules, cables; each with its source':
    '目录中的失效率：加速器、服务器、交换机、模块、线缆，各附来源',
  'Young, CACM 1974; Daly, FGCS 2006, equations 13 and 37; checkpoint and restart are planning values':
    'Young, CACM 1974；Daly, FGCS 2006，公式 13 与 37；检查点与重启时间为规划值',
  'Sherbrooke, Optimal Inventory Modeling of Systems, chapter 2; failure rates and lead times of the catalog':
    'Sherbrooke, Optimal Inventory Modeling of Systems，第 2 章；目录中的失效率与交货期',
  'counted on the fabric; rates of failure from the catalog': '按网络计数；失效率取自目录',
  'the fabric of each phase, counted with the uplinks and bundles of the last': '各期网络，按最后一期的上行与捆束计数',
  'walked on the graph of the topology': '在拓扑图上遍历得出',
  'step-time model of docs/validation.md': 'docs/validation.md 中的步时模型',
  'hierarchical all-reduce of the data-parallel gradients, hidden behind the backward pass of the step estimate':
    '数据并行梯度的分层全归约，隐藏在步时估算的反向计算之后',
  'gradients of 2 B a parameter hidden behind the backward pass; batch and MFU of Llama 3 405B (arXiv 2407.21783), an estimate':
    '每参数 2 B 的梯度隐藏在反向计算之后；批次与 MFU 取自 Llama 3 405B（arXiv 2407.21783），为估算',
  'OIF 400ZR and 800ZR: 64 channels of 75 GHz or 32 of 150 GHz in the C band; a grey module takes a pair of its own':
    'OIF 400ZR 与 800ZR：C 波段 64 个 75 GHz 或 32 个 150 GHz 信道；灰光模块独占一对光纤',
  'group index 1.468 of single-mode fibre (ITU-T G.652) with splices and slack; switches and error correction add a few us':
    '单模光纤群折射率 1.468（ITU-T G.652），含熔接与余量；交换机与纠错另加数 us',
  'priority flow control, IEEE 802.1Qbb: what is under way when a pause is sent must find room':
    '优先级流控 IEEE 802.1Qbb：发出暂停时在途的数据必须有空间容纳',
};

/** Labels of what joins the sites, and of a site's own figures. */
const ACROSS: readonly Rule[] = [
  [/^Scale-across: bandwidth of a site to the first one$/, () => '跨站点：到第一个站点的带宽'],
  [/^Scale-across: wavelengths, (.+) to (.+)$/, (from, to) => `跨站点：波长数，${from} 到 ${to}`],
  [/^Scale-across: fibre pairs, (.+) to (.+)$/, (from, to) => `跨站点：光纤对数，${from} 到 ${to}`],
  [/^Scale-across: one-way delay, (.+) to (.+)$/, (from, to) => `跨站点：单向时延，${from} 到 ${to}`],
  [/^Scale-across: packet memory for lossless links at (.+)$/, (site) => `跨站点：${site} 无损链路所需的包缓存`],
];
const CITED: readonly Rule[] = [
  [/^catalog: (.+)$/, (id) => `目录：${id}`],
  [/^(.+); the cut is counted on the arrangement of the global links$/, (paper) => `${paper}；对分按全局链路的排布计数`],
  [/^(.+); cut by whole blocks, tight for even q \(Fiedler bound\)$/, (paper) => `${paper}；按整块切分，q 为偶数时达到下界（Fiedler 界）`],
  [/^(.+, section [\d.]+); calibration ([\w-]+): (.+)$/, (paper, set, note) => `${paper}；校准 ${set}：${note}`],
];

export const DERIVATION_RULES: readonly Rule[] = [...ACROSS, ...CITED];

/** A formula or source that is known word for word. */
export const derivationInChinese = (sentence: string): string | undefined => WHOLE[sentence];
