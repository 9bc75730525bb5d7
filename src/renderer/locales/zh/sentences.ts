/**
 * The engine's sentences in Chinese. The engine writes one sentence in English for every door; the page translates
 * those it knows by their shape and keeps numbers, ids and names as they stand. An unknown sentence stays English.
 */

import { DERIVATION_RULES, derivationInChinese } from './derivation-sentences';
import { PRICE_RULES } from './price-sentences';
import { WORKLOAD_RULES, type Rule } from './workload-sentences';

const FIELDS: Readonly<Record<string, string>> = {
  rackPowerKw: '每柜功率',
  rackUnits: '每柜高度',
  maxRacks: '机柜上限',
  maxPowerKw: '功率上限',
};
const OBJECTIVES: Readonly<Record<string, string>> = {
  capex: '建设成本最低',
  tco: '总成本最低',
  power: '功率最低',
  'step-time': '步时最短',
  racks: '机柜最少',
  switches: '交换机最少',
};
const FABRICS: Readonly<Record<string, string>> = {
  storage: '存储',
  'in-band management': '带内管理',
  'out-of-band management': '带外管理',
};
const CATEGORIES: Readonly<Record<string, string>> = {
  systems: '系统',
  nics: '网卡',
  switches: '交换机',
  optics: '光器件',
  cables: '线缆',
  racks: '机柜',
  spares: '备件',
  services: '服务',
};
const NETWORKS: Readonly<Record<string, string>> = { compute: '计算网络', storage: '存储网络', inBand: '带内管理', outOfBand: '带外管理' };
const PARTS: Readonly<Record<string, string>> = {
  leaf: '叶交换机',
  spine: '脊交换机',
  core: '核心交换机',
  router: '路由器',
  switch: '交换机',
  'endpoint-link': '接入链路',
  'trunk-link': '干线',
  plane: '平面',
};
const TOPOLOGIES: Readonly<Record<string, string>> = { dragonfly: '蜻蜓拓扑', 'dragonfly-plus': '增强型蜻蜓拓扑', 'slim-fly': 'Slim Fly' };
const NOUNS: Readonly<Record<string, string>> = {
  'a whole number': '整数',
  'a number': '数字',
  text: '文字',
  'an object': '一组字段',
  'a list': '列表',
  'true or false': '是或否',
  nothing: '空',
};

const field = (name: string) => FIELDS[name] ?? name;
const objective = (name: string) => OBJECTIVES[name] ?? name;
/** What a text must look like. */
const SHAPES: Readonly<Record<string, string>> = {
  'a three-letter ISO 4217 code like "USD"': '“USD”这样的三字母货币代码',
  'a decimal percentage like "12.5"': '“12.5”这样的百分数',
  'a positive decimal like "0.92"': '“0.92”这样的正小数',
};
const network = (name: string) => NETWORKS[name] ?? name;
const noun = (text: string) => NOUNS[text] ?? text;
/** "a, b or c" with Chinese commas. */
const listed = (text: string, names: Readonly<Record<string, string>> = {}) =>
  text
    .split(/, | or | and /)
    .map((item) => names[item] ?? item)
    .join('、');

const RULES: readonly Rule[] = [
  ...WORKLOAD_RULES,
  ...DERIVATION_RULES,
  ...PRICE_RULES,
  // What was chosen, and why.
  [/^the brief names no objective$/, () => '需求未指定优化目标'],
  [/^the brief names no media policy$/, () => '需求未指定介质策略'],
  [/^least ([\w-]+) of the supernodes the brief allows$/, (by) => `在需求允许的超节点中${objective(by!)}`],
  [/^least ([\w-]+) of the switches that fit the NIC$/, (by) => `在与网卡匹配的交换机中${objective(by!)}`],
  [/^one switch holds all endpoints$/, () => '一台交换机即可接入全部端点'],
  [/^the endpoints need more than one switch$/, () => '端点数量超过一台交换机的容量'],
  [/^the fewest tiers that hold the endpoints$/, () => '能容纳全部端点的最少层数'],
  [/^the full speed of the port$/, () => '端口的全速'],
  [/^the full speed of (.+)$/, (nic) => `${nic} 的全速`],
  [/^non-blocking, since training traffic fills the fabric$/, () => '无阻塞，因为训练流量会占满网络'],
  [/^non-blocking$/, () => '无阻塞'],
  [/^management traffic is light$/, () => '管理流量很小'],
  [/^the least costly switches that carry the ports$/, () => '能承载这些端口的最低价交换机'],
  [/^costs no more than full pods, and loads all pods alike$/, () => '成本不高于填满各 Pod，且各 Pod 负载相同'],
  [/^full pods give less ([\w-]+)$/, (by) => `填满各 Pod 时${objective(by!)}`],
  [/^costs no more than leaves filled in order, and keeps a rail one hop wide$/, () => '成本不高于按序填充叶交换机，且同轨只需一跳'],
  [/^leaves filled in order give less ([\w-]+)$/, (by) => `按序填充叶交换机时${objective(by!)}`],
  [
    /^groups x switches of a group, the fewest that hold the endpoints in balance; (?:a supernode stays (on one router|in one group)|supernodes are split)$/,
    (where) =>
      `组数 × 每组交换机数，为能均衡容纳全部端点的最少交换机；${where === undefined ? '超节点会分散' : where === 'on one router' ? '每个超节点接在同一台路由器上' : '每个超节点位于同一组内'}`,
  ],
  [
    /^the smallest prime power whose Slim Fly holds the endpoints(?:; the one below, (\d+), is too small)?(?:; the next is (\d+))?$/,
    (below, above) =>
      `能容纳全部端点的最小素数幂${below === undefined ? '' : `；较小的 ${below} 容量不足`}${above === undefined ? '' : `；下一个为 ${above}`}`,
  ],

  // Notes on a design.
  [
    /^a (\S+) carries its full load only with adaptive routing over detours; confirm with the maker that the switches and their software route it$/,
    (topology) => `${TOPOLOGIES[topology!] ?? topology} 只有在支持绕行的自适应路由下才能承载满负荷；请向厂商确认交换机及其软件支持`,
  ],
  [
    /^is 0, so no host of an InfiniBand subnet manager is connected; reserve two or more ports \(the DGX SuperPOD reserves four\), or run the subnet manager on managed switches$/,
    () =>
      '为 0，因此没有连接 InfiniBand 子网管理器主机；请预留两个或更多端口（DGX SuperPOD 预留四个），或在带管理功能的交换机上运行子网管理器',
  ],
  [
    /^is open, so the step time counts on adaptive routing or packet spraying by switches and network cards alike; set it to static where flows are hashed over equal paths$/,
    () => '未指定，因此步时按交换机与网卡均支持自适应路由或逐包喷洒估算；若流量按散列分布在等价路径上，请设为 static',
  ],
  [
    /^is "static", but a (\S+) loads its detours only by adaptive routing; leave it out, or use fat-tree$/,
    (topology) => `为“static”，但${TOPOLOGIES[topology!] ?? topology}只有自适应路由才会使用绕行路径；请留空，或改用 fat-tree`,
  ],
  [
    /^the groups of a (\S+) are all cabled to each other, so its switches and trunks are bought for the last phase on day one; later phases add servers only$/,
    (topology) => `${TOPOLOGIES[topology!] ?? topology} 的各组两两互连，因此首期即按最后一期购置交换机与干线；后续各期只增加服务器`,
  ],
  [
    /^([\d,]+) accelerators do not fill whole supernodes of ([\d,]+); the design has ([\d,]+)$/,
    (asked, size, got) => `${asked} 个加速器不能填满每个 ${size} 的整数个超节点；设计为 ${got} 个`,
  ],
  [
    /^the brief names no (.+) fabric, so none is designed or priced; add it under fabrics to include it$/,
    (names) => `需求未包含${listed(names!, FABRICS)}网络，因此不设计也不计价；可在“需求”步骤中加入`,
  ],
  [
    /^the brief names no workload, so the step time cannot decide; the design with the least total cost was chosen; add a workload to choose by step time$/,
    () => '需求未给出工作负载，无法按步时取舍；已选用总成本最低的设计。要按步时选择，请补充工作负载',
  ],
  [
    /^rack power units are not counted among the out-of-band ports; set fabrics\.outOfBand\.reservedEndpoints to their number$/,
    () => '带外端口未计入机柜配电单元；请在带外管理网络的“预留端口”中填写其数量',
  ],
  [
    /^the power or layout of (.+) is an estimate; see its notes in the catalog before you quote it$/,
    (name) => `${name} 的功率或布局为估算值；报价前请查看目录中的说明`,
  ],
  [
    /^no price for (.+); these lines say "price on request" and the total is incomplete$/,
    (skus) => `${listed(skus!)} 没有价格；这些行注明“价格待询”，合计不完整`,
  ],
  [
    /^([\d,]+) of ([\d,]+) lines carry indicative prices from "(.+)"; use your own price book before you quote$/,
    (some, all, book) => `${all} 行中有 ${some} 行采用“${book}”的参考价；报价前请换用自己的价目表`,
  ],
  [
    /^after discount (\w+) sell ([\d.]+) % below cost; raise the margin or lower the discount$/,
    (category, loss) => `折扣后${CATEGORIES[category!] ?? category}低于成本 ${loss} %；请提高毛利或降低折扣`,
  ],
  [
    /^the prices are in ([A-Z]{3}) and the quote in ([A-Z]{3}), but no exchange rate is given, so 1 was taken; .*$/,
    (book, quote) => `价目表以 ${book} 计，报价以 ${quote} 计，但未填写汇率，暂按 1 计算；请填写一单位 ${book} 折合的 ${quote}`,
  ],
  [
    /^no longer made: (.+); ask for stock or choose a successor before you quote$/,
    (skus) => `已停产：${listed(skus!)}；报价前请确认库存或改选后继型号`,
  ],
  [/^superseded in the catalog: (.+); see each line for the successor$/, (skus) => `目录中已有后继型号：${listed(skus!)}；后继型号见各行`],
  [/^not sold everywhere: (.+); check the country of delivery$/, (skus) => `限定地区销售：${listed(skus!)}；请核对交货国家`],
  [/^the price has expired: (.+); ask for new prices before you quote$/, (skus) => `价格已过期：${listed(skus!)}；报价前请更新价格`],
  [/^the price does not hold yet: (.+); ask for prices that hold today$/, (skus) => `价格尚未生效：${listed(skus!)}；请索取当日有效的价格`],
  [
    /^fewer than the supplier's minimum order: (.+); see each line for what more must be bought$/,
    (skus) => `低于供应商最小起订量：${listed(skus!)}；须多购数量见各行`,
  ],

  // Several sites.
  [/^the gradients of the workload pass within its backward pass of ([\d.,]+) s$/, (s) => `工作负载的梯度在 ${s} s 的反向计算时间内传完`],
  [
    /^the brief names no workload: gradients of a dense model pass within the backward pass of a batch of 16\.8 million tokens at 40 % MFU$/,
    () => '需求未给出工作负载：按稠密模型、每批 1680 万词元、MFU 40 % 计，梯度在反向计算时间内传完',
  ],
  [
    /^every site is joined to "(.+)", since only the distances to the first site are known$/,
    (hub) => `各站点均与“${hub}”相连，因为只知道到第一个站点的距离`,
  ],
  [
    /^the least costly edge switch whose packet memory holds what is under way on the fibre$/,
    () => '缓存足以容纳光纤在途数据的最低价边缘交换机',
  ],
  [/^the least costly edge switch that takes the modules of the line$/, () => '可插入线路模块的最低价边缘交换机'],
  [/^the fabric is InfiniBand, and coherent optics carry Ethernet$/, () => '网络为 InfiniBand，而相干光模块承载以太网'],
  [
    /^the modules that bridge ([\d.,]+) km on the fewest fibre pairs at the least cost$/,
    (km) => `以最少光纤对、最低成本跨越 ${km} km 的模块`,
  ],
  [/^the brief asks for no second path$/, () => '需求未要求第二路由'],
  [
    /^the bandwidth between the sites rests on planning values, since the brief names no workload; add a workload, or state scaleAcross\.gbps$/,
    () => '需求未给出工作负载，站点间带宽按规划值估算；请补充工作负载，或填写站点间带宽',
  ],
  [
    /^([\d,]+) fibre pairs between the sites, with ([\d,]+) multiplexers and about ([\d,]+) amplifiers, are the carrier's part and not priced; ask for an offer$/,
    (pairs, muxes, amplifiers) => `站点间 ${pairs} 对光纤、${muxes} 台合分波器和约 ${amplifiers} 台放大器由运营商提供，未计价；请另行询价`,
  ],
  [
    /^a step of ([\d.,]+) s waits ([\d.,]+) s for gradients of the other sites; about ([\d,]+) Gb\/s between the sites would bring that below ([\d.]+) %$/,
    (step, wait, gbps, pct) => `每步 ${step} s 中有 ${wait} s 在等待其他站点的梯度；站点间约 ${gbps} Gb/s 可使其低于 ${pct} %`,
  ],
  [
    /^throughput and power of (.+) are estimates; measure it, or choose an Ethernet fabric, which needs no gateway$/,
    (name) => `${name} 的吞吐与功率为估算值；请实测，或选用无需网关的以太网`,
  ],
  [
    /^the second path is taken to be as long as the first, since the brief gives one distance; check its length against the reach of the modules$/,
    () => '需求只给出一个距离，第二路由按同样长度计；请核对其长度是否在模块的传输距离之内',
  ],
  [
    /^lossless links over ([\d.,]+) km need ([\d,]+) MB of packet memory in one (.+), (whose packet memory is not published|which has [\d,]+ MB); run the links lossy, with congestion control and pacing end to end, or take a router with deep buffers$/,
    (km, need, name, has) =>
      `跨 ${km} km 的无损链路需要一台 ${name} 具备 ${need} MB 缓存，${has!.startsWith('whose') ? '其缓存容量未公布' : `而它只有 ${has!.replace('which has ', '')}`}；请改用有损链路并端到端控制拥塞与节奏，或选用大缓存路由器`,
  ],
  [
    /^is ([\d,]+), but the sites add up to ([\d,]+); leave it out or correct one of them$/,
    (all, sum) => `为 ${all}，但各站点合计 ${sum}；请留空或更正其一`,
  ],
  [
    /^plans phases, which are made for one site at a time; plan the growth of each site in a brief of its own$/,
    () => '分期扩容只能按单个站点规划；请为每个站点单独立项',
  ],
  [/^is ([\d.,]+), but gbps states the bandwidth already; give one of the two$/, (value) => `为 ${value}，但已填写带宽；两者只能填其一`],
  [
    /^is "(.*)"; give letters, digits or spaces without a slash, since it stands in every rack's name$/,
    (name) => `为“${name}”；名称会写入每个机柜名，请勿使用斜杠`,
  ],
  [
    /^is "(.+)", as sites\[(\d+)\] is called; give every site a name of its own$/,
    (name) => `为“${name}”，与另一站点重名；每个站点需各有名称`,
  ],
  [/^is ([\d.,]+), but distances are measured from this first site; leave it out$/, (km) => `为 ${km}，但距离从第一个站点算起；请留空`],
  [/^is missing; give the length of the fibre route to "(.+)" in km$/, (hub) => `尚未填写；请填写到“${hub}”的光纤长度（km）`],
  [
    /^is ([\d.,]+) km, nearer than ([\d.,]+) km; give the fibre route in km, or plan both halls as one site$/,
    (km, least) => `为 ${km} km，小于 ${least} km；请填写光纤长度（km），或将两个机房作为一个站点规划`,
  ],
  [
    /^makes ([\d.,]+) km of fibre to "(.+)", but (.+), the module that reaches farthest, bridges ([\d.,]+) km of amplified line; .+$/,
    (km, hub, module, reach) =>
      `到“${hub}”的光纤长 ${km} km，但传输最远的模块 ${module} 在有放大的线路上只达 ${reach} km；请选择更近的站点，或租用运营商波长并分别规划各站点`,
  ],
  [/^choose a site within ([\d.,]+) km$/, (km) => `选择 ${km} km 以内的站点`],
  [
    /^is ([\d,]+), less than the ([\d,]+) of one replica of the model \((.+)\), and only data parallelism may span sites; .+$/,
    (has, needs, plan) =>
      `为 ${has}，少于一个模型副本所需的 ${needs} 个（${plan}），而只有数据并行可以跨站点；请至少规划 ${needs} 个，或不让该站点参与此任务`,
  ],
  [/^plan ([\d,]+) accelerators there$/, (n) => `在该站点规划 ${n} 个加速器`],
  [
    /^runs ([\d,]+) replica\(s\) of the model, fewer than the ([\d,]+) sites, and only data parallelism may span sites; .+$/,
    (has, sites) =>
      `只有 ${has} 个模型副本，少于 ${sites} 个站点，而只有数据并行可以跨站点；请提高 dp 或全局批量，降低 tp 或 pp，或只规划一个站点`,
  ],
  [
    /^plans the network between sites, but the brief names one site; add sites, or leave it out$/,
    () => '规划的是站点间网络，但需求只有一个站点；请增加站点或删去此项',
  ],
  [
    /^is ([\d,]+) over ([\d,]+)G lanes, but the catalog has no (.+) that joins such ports to coherent optics; .+$/,
    (gbps, lane) =>
      `为 ${gbps}（每通道 ${lane}G），但目录中没有能将此类端口接到相干光模块的边缘设备；请更换链路速率或交换机，或在目录文件中加入边缘交换机`,
  ],
  [/^(.+) \(site "(.+)"\)$/, (sentence, site) => `${inChinese(sentence!)}（站点“${site}”）`],

  // Figures and where they come from.
  [/^Supernodes$/, () => '超节点'],
  [/^Equipment power$/, () => '设备功率'],
  [/^Facility power$/, () => '设施功率'],
  [/^Links between racks, by where the racks stand$/, () => '按机柜位置的柜间链路费用'],
  [/^Fullest cable tray$/, () => '最满的桥架'],
  [/^Capital cost$/, () => '建设成本'],
  [/^Energy a year$/, () => '每年电费'],
  [/^Total cost of ownership$/, () => '总拥有成本'],
  [/^Running cost a year$/, () => '每年运行成本'],
  [/^Cost of (\w+)$/, (category) => `${CATEGORIES[category!] ?? category}成本`],
  [/^Accelerators$/, () => '加速器'],
  [/^Servers$/, () => '服务器'],
  [/^Scale-up links of a supernode$/, () => '每个超节点的纵向扩展链路'],
  [/^Switch chips$/, () => '交换芯片'],
  [/^Accelerators that copper can join$/, () => '铜缆可连接的加速器数'],
  [/^Links between accelerators$/, () => '加速器间链路'],
  [/^Optics power$/, () => '光器件功率'],
  [/^Racks$/, () => '机柜'],
  [/^Optical modules$/, () => '光模块'],
  [/^Cables and fibres$/, () => '线缆与光纤'],
  [/^Power of the supernodes$/, () => '超节点功率'],
  [/^Power of the switches$/, () => '交换机功率'],
  [/^Power of modules and cables$/, () => '模块与线缆功率'],
  [/^Mean time to the first failure$/, () => '平均首次故障时间'],
  [/^Goodput$/, () => '有效吞吐率'],
  [/^Spares of (.+)$/, (sku) => `${sku} 的备件`],
  [/^Links added in month (\d+)$/, (month) => `第 ${month} 个月新增链路`],
  [/^(\w+): links from leaves to spines$/, (fabric) => `${network(fabric!)}：叶到脊链路`],
  [/^(\w+): links from spines to cores$/, (fabric) => `${network(fabric!)}：脊到核心链路`],
  [/^(\w+): oversubscription$/, (fabric) => `${network(fabric!)}：收敛比`],
  [/^(\w+): switches on the longest path$/, (fabric) => `${network(fabric!)}：最长路径上的交换机数`],
  [/^(\w+): room for endpoints$/, (fabric) => `${network(fabric!)}：可容纳端点数`],
  [/^(\w+): latency of the longest path$/, (fabric) => `${network(fabric!)}：最长路径时延`],
  [/^(\w+): leaf switches$/, (fabric) => `${network(fabric!)}：叶交换机`],
  [/^(\w+): spine switches$/, (fabric) => `${network(fabric!)}：脊交换机`],
  [/^(\w+): core switches$/, (fabric) => `${network(fabric!)}：核心交换机`],
  [/^(\w+): switches$/, (fabric) => `${network(fabric!)}：交换机`],
  [/^(\w+): links between switches$/, (fabric) => `${network(fabric!)}：交换机间链路`],
  [/^(\w+): lost with one ([\w-]+)$/, (fabric, part) => `${network(fabric!)}：一个${PARTS[part!] ?? part}失效的损失`],
  [/^(\w+): access links$/, (fabric) => `${network(fabric!)}：接入链路`],
  [/^(\w+): bisection bandwidth$/, (fabric) => `${network(fabric!)}：对分带宽`],

  // Limits and the changes that lift them.
  [/^(.+) \(([\d,]+) fit\)$/, (rest, fit) => `${inChinese(rest!)}（最多可容纳 ${fit} 个加速器）`],
  [/^raise (\w+) to ([\d,.]+)$/, (name, value) => `将${field(name!)}提高到 ${value}`],
  [/^plan ([\d,]+) accelerators$/, (n) => `按 ${n} 个加速器规划`],
  [/^use (\d) tiers$/, (n) => `采用 ${n} 层`],
  [/^use a fat tree$/, () => '采用胖树'],
  [/^lower the endpoints to ([\d,]+)$/, (n) => `将端点减至 ${n}`],
  [/^allow every kind of medium$/, () => '允许所有介质类型'],
  [
    /^is ([\d,.]+) kW, but the design draws ([\d,.]+) kW with cooling \(([\d,.]+) kW of equipment x PUE ([\d.]+)\); raise maxPowerKw to ([\d,]+), lower the PUE, or plan fewer accelerators$/,
    (limit, draw, it, pue, raised) =>
      `为 ${limit} kW，但设计含制冷需 ${draw} kW（设备 ${it} kW × PUE ${pue}）；请将功率上限提高到 ${raised} kW、降低 PUE，或减少加速器`,
  ],
  [
    /^is ([\d,]+), but the design takes ([\d,]+) racks; raise maxRacks to ([\d,]+), allow more power a rack, or plan fewer accelerators$/,
    (limit, takes, raised) => `为 ${limit}，但设计需要 ${takes} 个机柜；请将机柜上限提高到 ${raised}、提高每柜功率，或减少加速器`,
  ],
  [
    /^is ([\d,.]+) (kW|U), but (?:a rack of|one) (.+) (?:draws|takes) ([\d,.]+) (?:kW|U), so at least ([\d,.]+) (?:kW|U) a rack is needed; raise (\w+) to ([\d,]+) or choose a smaller system$/,
    (limit, unit, name, draws, needed, raise, value) =>
      `为 ${limit} ${unit}，但 ${name} 需要 ${draws} ${unit}，因此每柜至少 ${needed} ${unit}；请将${field(raise!)}提高到 ${value}，或选用更小的系统`,
  ],
  [
    /^([\d,]+) endpoints are needed, but (a single switch|(\d) tiers?) of these switches holds? at most ([\d,]+); .*$/,
    (needed, what, tiers, most) =>
      `需要 ${needed} 个端点，但这些交换机的${tiers === undefined || what === 'a single switch' ? '单台' : `${tiers} 层网络`}最多容纳 ${most} 个；请采用下列更改，或选用端口更多的交换机`,
  ],
  [
    /^([\d,]+) endpoints are needed, but a (dragonfly\+?|Slim Fly)(?: of order (\d+))? of these ([\d,]+)-port switches holds at most ([\d,]+); .*$/,
    (needed, topology, order, ports, most) =>
      `需要 ${needed} 个端点，但用这些 ${ports} 端口交换机组成的 ${topology}${order === undefined ? '' : `（阶 ${order}）`} 最多容纳 ${most} 个；请选用端口更多的交换机、改用胖树，或减少端点`,
  ],
  [
    /^is (.+), but a (\S+) has no (.+); leave it out, or use (\S+)$/,
    (value, topology, _lacks, use) => `为 ${value}，但不适用于${TOPOLOGIES[topology!] ?? topology}；请留空，或改用 ${use}`,
  ],
  [
    /^is (\d+), but a Slim Fly exists only for a prime power q from 3; choose (.+)$/,
    (value, choose) => `为 ${value}，但 Slim Fly 只存在于不小于 3 的素数幂；请选择 ${listed(choose!)}`,
  ],
  [
    /^no medium of the catalog fits (.+); allow more kinds in media\.allow, set media\.fibre to auto, or choose another switch$/,
    (link) => `目录中没有适合 ${link} 的介质；请允许更多介质类型、将光纤设为自动，或选择其他交换机`,
  ],
  [
    /^no medium bridges ([\d.,]+) m for (.+?) \((.+)\); allow more kinds in media\.allow or shorten the routes$/,
    (length, link, why) => `没有介质能为 ${link} 跨越 ${length} 米（${why}）；请允许更多介质类型或缩短路由`,
  ],

  // Why a medium does not fit a link.
  [/^it reaches ([\d.,]+) m, the link is ([\d.,]+) m$/, (reach, link) => `可达 ${reach} 米，链路长 ${link} 米`],
  [
    /^no length is sold between ([\d.,]+) m and its reach of ([\d.,]+) m$/,
    (from, to) => `在 ${from} 米与其可达距离 ${to} 米之间没有在售长度`,
  ],
  [/^it needs (\w+) fibre, but the site has (\w+)$/, (needs, has) => `需要 ${needs} 光纤，但现场为 ${has}`],
  [/^a linear module must face a linear module$/, () => '线性模块的对端必须也是线性模块'],
  [/^the catalog has no (\w+) cable with (\S+) connectors$/, (fibre, connector) => `目录中没有带 ${connector} 连接器的 ${fibre} 光缆`],
  [/^its (\S+) plug does not fit the (\S+) cage$/, (plug, cage) => `其 ${plug} 插头不适配 ${cage} 插槽`],
  [/^an? (\S+) plug does not fit the (\S+) cage$/, (plug, cage) => `${plug} 插头不适配 ${cage} 插槽`],
  [/^it draws ([\d.,]+) W, more than the ([\d.,]+) W the cage can cool$/, (draws, cools) => `功耗 ${draws} W，超过插槽可散热的 ${cools} W`],
  [/^it is linear \(LPO\) and the host is not qualified to drive it$/, () => '为线性模块（LPO），主机未获准驱动'],
  [/^it does not run at ([\d.,]+) Gb\/s$/, (speed) => `不支持 ${speed} Gb/s`],
  [/^its lanes do not run at ([\d.,]+) Gb\/s$/, (speed) => `其通道不支持 ${speed} Gb/s`],
  [
    /^it serves (\d+) link\(s\) of this speed, but the cage has (\d+) port\(s\)$/,
    (links, ports) => `此速率下承载 ${links} 条链路，但插槽有 ${ports} 个端口`,
  ],
  [
    /^its plug carries (\d+) link\(s\), but the cage has (\d+) port\(s\)$/,
    (links, ports) => `其插头承载 ${links} 条链路，但插槽有 ${ports} 个端口`,
  ],
  [/^the switch has co-packaged optics and takes only fibre$/, () => '交换机采用共封装光学，只接光纤'],
  [/^it does not carry (.+)$/, (protocols) => `不支持 ${listed(protocols!)}`],

  [/^(.+) is discontinued$/, (name) => `${name} 已停产`],
  [/^(.+) is announced, not yet sold$/, (name) => `${name} 已发布，尚未销售`],

  // Break-even of two designs.
  [/^it wins today, and no price of energy alone turns that$/, () => '目前胜出，仅靠电价不会改变'],
  [/^it wins today, and no number of years alone turns that$/, () => '目前胜出，仅靠使用年限不会改变'],
  [
    /^it wins today, and no price of (\w+) alone turns that$/,
    (category) => `目前胜出，仅靠${CATEGORIES[category!] ?? category}价格不会改变`,
  ],
  [/^no price of energy alone makes it win$/, () => '仅靠电价无法胜出'],
  [/^no number of years alone makes it win$/, () => '仅靠使用年限无法胜出'],
  [/^no price of (\w+) alone makes it win$/, (category) => `仅靠${CATEGORIES[category!] ?? category}价格无法胜出`],
  [/^no size can be built with both$/, () => '没有两者都能建成的规模'],
  [
    /^from ([\d,]+) to ([\d,]+) accelerators it (always|never) wins$/,
    (from, to, how) => `从 ${from} 到 ${to} 个加速器${how === 'always' ? '始终胜出' : '从不胜出'}`,
  ],

  // Fields.
  [/^is missing; give the number of accelerators, a whole number of at least 1$/, () => '尚未填写；请填写加速器数量，至少为 1 的整数'],
  [/^is missing; give (.+)$/, (what) => `尚未填写；请填写${noun(what!)}`],
  [/^is (.+), but must be at least ([\d.,-]+); raise it$/, (value, least) => `为 ${value}，但必须不小于 ${least}；请调高`],
  [/^is (.+), but must be above ([\d.,-]+); raise it$/, (value, least) => `为 ${value}，但必须大于 ${least}；请调高`],
  [/^is (.+), but must be at most ([\d.,-]+); lower it$/, (value, most) => `为 ${value}，但必须不大于 ${most}；请调低`],
  [/^is (.+): at most ([\d.,]+) is allowed; lower it$/, (value, most) => `为 ${value}，最多允许 ${most}；请调低`],
  [/^is (.+), but must be a multiple of ([\d.,]+); change it$/, (value, of) => `为 ${value}，但必须是 ${of} 的倍数；请更改`],
  [/^is (.+), but must look like (.+); correct it$/, (value, like) => `为 ${value}，但应为${SHAPES[like!] ?? like}；请更正`],
  [/^is (.+), but (.+) is needed; change it(?:s value)?$/, (value, what) => `为 ${noun(value!)}，但需要${listed(what!, NOUNS)}；请更改`],
  [/^is (.+); allowed: (.+)$/, (value, allowed) => `为 ${value}；允许的取值：${listed(allowed!)}`],
  [/^is too long; at most ([\d,]+) (?:characters|items) are allowed$/, (most) => `过长；最多允许 ${most}`],
  [/^is empty or too short; give at least ([\d,]+) (?:character\(s\)|item\(s\))$/, (least) => `为空或过短；至少需要 ${least}`],
  [/^has the unknown fields? (.+); remove or correct (?:it|them)$/, (keys) => `含有未知字段 ${listed(keys!)}；请删除或更正`],
  [
    /^is (.+), but (.+) has no port of that speed; use (.+)$/,
    (value, nic, use) => `为 ${value}，但 ${nic} 没有该速率的端口；可用 ${listed(use!)}`,
  ],
  [/^is "(.+)", but the catalog has no such (\w+); use (.+)$/, (id, _kind, use) => `为“${id}”，但目录中没有此项；可用 ${listed(use!)}`],
  [
    /^is "(.+)", but it has no port of ([\d,]+) Gb\/s, only of (.+); choose another switch or another linkGbps$/,
    (id, speed, only) => `为“${id}”，但它没有 ${speed} Gb/s 端口，只有 ${listed(only!)} Gb/s；请更换交换机或链路速率`,
  ],
  [
    /^is "(.+)", but its ([\d,]+) Gb\/s ports do not speak with (.+) \((.+)\); choose another switch or another linkGbps$/,
    (id, speed, nic, what) => `为“${id}”，但其 ${speed} Gb/s 端口不能与 ${nic}（${listed(what!)}）互通；请更换交换机或链路速率`,
  ],
  [
    /^is ([\d,]+), but no (.+) switch of the catalog has such a port for (.+); use (.+) or add the switch to a catalog file$/,
    (speed, protocol, nic, use) =>
      `为 ${speed}，但目录中没有适配 ${nic} 的 ${listed(protocol!)} 交换机端口；可用 ${use}，或在目录文件中加入该交换机`,
  ],
  [
    /^is ([\d,]+), but no switch that takes the access links has ports of that speed beside them; use (.+) or leave it out$/,
    (speed, use) => `为 ${speed}，但能接入这些链路的交换机没有该速率的端口；可用 ${listed(use!)}，或留空`,
  ],
  [
    /^the tray above row (\w+) would be ([\d.,]+) % full with ([\d,]+) cables, and (\d+) % is the most; it is ([\d.]+) x ([\d.]+) m, so widen it to ([\d.,]+) m, or spread the cables over more trays$/,
    (row, fill, cables, most, width, depth, wider) =>
      `${row} 列上方的桥架将有 ${cables} 根线缆，填充率 ${fill}%，上限为 ${most}%；桥架为 ${width} x ${depth} m，请加宽到 ${wider} m，或分到更多桥架`,
  ],
  [
    /^the tray across rows at place (\d+) would be ([\d.,]+) % full with ([\d,]+) cables, and (\d+) % is the most; it is ([\d.]+) x ([\d.]+) m, so widen it to ([\d.,]+) m, or spread the cables over more trays$/,
    (place, fill, cables, most, width, depth, wider) =>
      `第 ${place} 位的跨列桥架将有 ${cables} 根线缆，填充率 ${fill}%，上限为 ${most}%；桥架为 ${width} x ${depth} m，请加宽到 ${wider} m，或分到更多桥架`,
  ],
  [
    /^(.+) must not bend tighter than ([\d,]+) mm, but the tray hangs ([\d,]+) mm above the racks; raise trayHeightM to ([\d.]+)$/,
    (sku, radius, clearance, raise) =>
      `${sku} 的弯曲半径不得小于 ${radius} mm，但桥架仅高出柜顶 ${clearance} mm；请将桥架高度提高到 ${raise}`,
  ],
  [
    /^is (\d+), but a node has (\d+) NICs of (\d+) port\(s\) at this speed; use (.+)$/,
    (planes, nics, ports, use) => `为 ${planes}，但每个节点在此速率下有 ${nics} 张网卡、每张 ${ports} 个端口；可用 ${listed(use!)}`,
  ],
  [
    /^is not a project file: (.+); the file is left as it is, so restore an earlier copy$/,
    (why) => `不是项目文件：${why}；文件保持原样，请恢复较早的副本`,
  ],
  [
    /^is "(.+)", written by a newer Scaleplan; this one reads (.+), so update the program \(the file is left as it is\)$/,
    (format, reads) => `为“${format}”，由更新版本的 Scaleplan 写入；本版本读取 ${reads}，请更新程序（文件保持原样）`,
  ],
];

export function inChinese(sentence: string): string {
  const whole = derivationInChinese(sentence);
  if (whole !== undefined) return whole;
  for (const [shape, chinese] of RULES) {
    const match = shape.exec(sentence);
    if (match !== null) return chinese(...match.slice(1));
  }
  return ofSite(sentence) ?? sentence;
}

/** A figure of one of several sites: the site's name before a label. */
function ofSite(label: string): string | undefined {
  const [, site, rest] = /^(.+?): (.+)$/.exec(label) ?? [];
  const told = rest === undefined ? undefined : inChinese(rest);
  return told === rest ? undefined : `${site}：${told}`;
}
