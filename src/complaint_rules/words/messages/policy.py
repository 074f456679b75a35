"""What is said of policy files and calendar files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MESSAGES: Final[Mapping[str, str]] = {
    "it lies before effective_from, {first}": "早于 effective_from（{first}）",
    "these depend on one another": "相互依赖",
    "this is no citation": "不是条款引用",
    'write "29 para 2 item 1", several as "14, 29 item 2"': '写作 "29 para 2 item 1"，多处写作 "14, 29 item 2"',
    "no text of this name is cited": "所引文本中没有这个名称",
    "paragraph, item and sub-item of an article are named": "条文的款、项、目须写明",
    "the text has no such article in its list": "条文目录中没有这一条",
    "no rule cites this article: say what became of it": "没有规则引用这一条：须注明其状态",
    'write state = "nothing", "lost" or "not_yet"': '写 state = "nothing"、"lost" 或 "not_yet"',
    "rules cite this article, so there is something to compute": "已有规则引用这一条，并非无可计算",
    "the number of an article is one word, as a citation writes it": "条号为一个词，与引用写法一致",
    "what became of an article": "条文状态",
    "a modality": "强制程度",
    "an article": "条文",
    "the policy extended cites another text by this name": "所扩展的规则集已以此名引用另一文本",
    "take another name": "换一个名称",
    "a limit that is as agreed has this one row: an agreement prevails over the figures of others anyway": (
        "以约定为准的时限只有这一行：约定本就优先于其他各行的期限"
    ),
    "give it a limit of its own, or leave the row out": "另立一项时限，或删去该行",
    "there is no figure than which an agreed time could be later": "没有可供比较先后的期限",
    "an edition is named apart: load_policy({code}, edition={edition})": (
        "版本另行写明：load_policy({code}, edition={edition})"
    ),
    "a trade": "适用行业",
    "a rule that is displaced": "被取代或不沿用的规则",
    "limit {limit} reads it, so it may not fall silent: its last row has no when": (
        "时限 {limit} 依据此表，此表不得无结果：最后一行不写 when"
    ),
    "say what holds where no other row does": "写明其余情形的结果",
    "what is agreed is the limit, and no agreement counts here": "期限以约定为准，而此处未规定约定优先",
    'add agreed = "agreed"': '加上 agreed = "agreed"',
    "a standard kind of event is the institution's own act, after the receipt": (
        "通用的事件类型是本机构收到投诉之后的行为"
    ),
    "only a fact of type bool has an opposite, this one has type {type}": (
        "只有 bool 类型的事实有否定说法，这里的类型为 {type}"
    ),
    "a standing duty": "常设职责",
    "a text that is cited": "所引文本",
    "within and after stand together: how long, and after what": "within 与 after 须同时写明：期限及起因",
    "either on or within says when it is due": "到期由 on 或 within 写明，二者取一",
    "none of them could be worked out first: let one depend on facts only": (
        "无法先算出其中任何一项：让其中一项只依据事实"
    ),
    "a calendar file": "日历文件",
    "it stands among the days of one's own twice": "在自有日期中重复",
    "it has hours already": "已有营业时间",
    "the day does not work: it is a {kind}": "当日不上班：{kind!s}",
    "open it first: [[calendar.day]] with works = true": "先改为上班：[[calendar.day]] 写 works = true",
    'write ["09:00", "12:00"]': '写 ["09:00", "12:00"]',
    "a span has two times of day": "时段应有两个时刻",
    "no span is given, so there is no working time": "未给时段，没有工作时间",
    "to close a day write [[calendar.day]]": "当日不营业的，写 [[calendar.day]]",
    "calendar file": "日历文件",
    "the calendar is refused": "日历未通过",
    "conditions cannot name this: the word is reserved in the language they are written in": (
        "条件中不能用这个名称：它是条件语言的保留字"
    ),
    "this name is already that of a {taken}: conditions could not tell them apart": (
        "这已是{taken!s}的名称：条件无法区分"
    ),
    "take another id, as '{name}_{what}'": "换一个编号，如“{name}_{what}”",
    "conditions name this {what}, so its name is an identifier": "条件要引用这个{what!s}，名称应为标识符",
    "use ASCII letters, digits and '_', as tier2_branch": "用 ASCII 字母、数字和“_”，如 tier2_branch",
    "this name belongs to the language of conditions": "这个名称属于条件语言",
    "this is a level already": "这已是层级",
    "a kind of event is an ASCII identifier": "事件类型应为 ASCII 标识符",
    "a type of fact": "事实类型",
    "{name} is a fact of every policy and has type {type}": "{name}是每个规则集都有的事实，类型为 {type}",
    "who can answer": "答复人",
    "only facts of type text and set have a list of codes, this one has type {type}": (
        "只有 text 和 set 类型的事实有代码列表，这里的类型为 {type}"
    ),
    "{name} has a closed list of codes": "{name}的代码列表是固定的",
    "a vocabulary": "代码表",
    "either values or vocabulary lists the codes, not both": "代码由 values 或 vocabulary 给出，二者取一",
    "this is neither a level nor a body of the policy": "规则集中没有这个层级或机构",
    "a type of parameter": "参数类型",
    "a default is our reading, because the text leaves the figure open: mark it": (
        "原文未定数值，默认值是我们的解读：须注明"
    ),
    'add reading = {{ zh = "…", en = "…" }}': '加上 reading = {{ zh = "…", en = "…" }}',
    "the policy has no such parameter": "规则集没有这个参数",
    "it has no effect: {why}": "不起作用：{why}",
    "it has no effect: the receipt happens once": "不起作用：收到投诉只发生一次",
    "it has no effect: nth names a single event": "不起作用：nth 已指明某一个事件",
    "leave either of the two out": "二者去掉一个",
    "the moment that a fact sets stands by itself": "事实给出的时刻单独成立",
    "at once is never overdue by itself": "“立即”本身不会逾期",
    "it has no effect: a prohibition is breached by an act, whenever that happens": (
        "不起作用：违反禁止是因为行为，不论何时发生"
    ),
    "let it end with until, or say from when it holds in when": "用 until 写明何时终止，或在 when 中写明何时起适用",
    "a prohibition counts no period": "禁止不计期限",
    "it has no effect: {why}, this duty says {modality}": "不起作用：{why}，而这项义务是 {modality}",
    "quiet hours forbid acts": "免打扰时段只限制行为",
    "an excuse is one of a prohibition": "除外情形只用于禁止",
    "there is no period to count": "没有可计的期限",
    "it has no effect: no day is named": "不起作用：没有写明日期",
    'name one: on = ["06-15"], day = 15 or daily = true': '写明一项：on = ["06-15"]、day = 15 或 daily = true',
    "it has no effect: with before the day named is already too late": "不起作用：有 before 时，当日已经逾期",
    "leave either out": "去掉其中一个",
    "after which period is not said": "没有写明在哪个期间之后",
    'add per = "quarter"': '加上 per = "quarter"',
    "it has no effect: a period has a last day that is in time": "不起作用：期限的末日仍为按时",
    "an hour to wait for bears on hours and minutes: days are counted whole": (
        "每日起算时刻只用于小时和分钟：日按整日计算"
    ),
    "only the last day of days, weeks, months or years can move to another": "只有日、周、月、年的末日可以顺延",
    "working time counts nothing on a rest day or after the close, however that is read": (
        "工作时间在休息日和下班后本来就不计"
    ),
    "only in days, weeks, months and years is the opening day left out": "只有日、周、月、年不计当日",
    "only a period of days ends with a day: one of hours ends at its moment": (
        "只有按日的期限止于日终：按小时的止于该时刻"
    ),
    "it has no effect: every day has a return of its own": "不起作用：每天各有一次报送",
    "nothing can be removed, because nothing is extended": "没有扩展任何规则集，无可去除",
    "what is removed is still read": "去除的内容仍被引用",
    "what is removed is still read in {places}": "去除的内容仍在以下各处用到：{places!r}",
    "what is removed is still read in {places} and {count} more places": (
        "去除的内容仍在以下各处及另外{count}处用到：{places!r}"
    ),
    "{why}, which is read in {places}": "{why}，而以下各处要用到：{places!r}",
    "{why}, which is read in {places} and {count} more places": "{why}，而以下各处及另外{count}处要用到：{places!r}",
    "{why}, which is read": "{why}，仍被引用",
    "remove or rewrite that as well": "一并去除或改写",
    "keep what others read, or rewrite that as well": "保留被引用的内容，或一并改写",
    "the policy extends itself": "规则集扩展了自己",
    "more than {most} policies extend one another": "规则集逐级扩展超过{most}级",
    "there is no policy {policy} of edition {edition}": "没有规则集{policy}的版本{edition}",
    "there is {edition}": "现有{edition}",
    'write remove = ["limit/decide"]': '写 remove = ["limit/decide"]',
    "the policy extended has no such entry": "被扩展的规则集没有这一项",
    'write ["tier2_branch", "outlet"]': '写 ["tier2_branch", "outlet"]',
    "a step from one level to another is expected": "应为从一个层级到另一个层级",
    "there is no such level": "没有这个层级",
    "it has no effect: no level lies between the two, so none is skipped": (
        "不起作用：两个层级之间没有其他层级，谈不上越级"
    ),
    "exactly one {{}} stands for the number of the article": "应有且仅有一个 {{}} 表示条款号",
    "move the row that always holds to the end": "总是成立的行移到最后",
    "it can never be reached, because {key}[{place}] always holds": "永远轮不到，因为{key!r}[{place}]总是成立",
    "there is no row in it": "一行也没有",
    "either {named} holds the rows, not both": "行由 {named} 给出，二者取一",
    "{names} or {name}": "{names} 或 {name}",
    "{named} is missing": "缺少 {named}",
    'write within = "5 working days"': '写 within = "5 working days"',
    "either within or by gives the figure, not both": "期限由 within 或 by 给出，二者取一",
    "within or by is missing": "缺少 within 或 by",
    "it has no effect: there is no time before a moment that is at once": "不起作用：“立即”之前没有时间",
    "a warning falls some time before the due moment": "预警应早于届满时刻",
    "write '1 working day'": "写“1个工作日”",
    "must or should": "must 或 should",
    "an answer to a reopening": "重新打开的处理方式",
    "a reading of receipts on rest days": "休息日收到的处理方式",
    "it belongs to receipt: what comes late is read as what comes on a rest day": (
        "它与 receipt 同用：过点收到的按休息日收到处理"
    ),
    'add receipt = "next_working_day"': '加上 receipt = "next_working_day"',
    "a manner of rolling the last day": "末日顺延方式",
    'write it as "15:30"': "写成“15:30”",
    "the policy has no quiet hours": "规则集没有免打扰时段",
    'add [quiet] with start = "18:00" and end = "08:00"': '加上 [quiet]，写 start = "18:00" 和 end = "08:00"',
    'write add = "30 days" or to = "3 months"': '写 add = "30 days" 或 to = "3 months"',
    "either add or to says how far, not both": "延长多少由 add 或 to 给出，二者取一",
    "add or to is missing": "缺少 add 或 to",
    "what is added is in the unit of the limit's own figures: {counted}": (
        "延长的单位应与时限自身的单位一致：{counted!s}"
    ),
    "only a total (to) is counted from an event of its own": "只有总期限（to）可从单独的事件起算",
    "one of the table's values": "判定表的值",
    "what a table is about": "判定表的主题",
    "a duty has exactly one act: {acts}": "一项义务有且仅有一个行为：{acts}",
    "{key} belongs to {kinds}, this duty says {modality}": "{key} 只用于{kinds}，而这项义务是 {modality}",
    "a prohibition": "禁止",
    "a prohibition or a permission": "禁止或许可",
    'write must = "replied", or may, or must_not': '写 must = "replied"，或 may，或 must_not',
    "write it in when, as \"not has('closed')\"": "写在 when 中，如 \"not has('closed')\"",
    "there is no such fact": "没有这个事实",
    "a figure is either a share or a distribution by a table or fact": "指标要么是占比，要么是按判定表或事实的分布",
    "the name of a table or fact": "判定表或事实的名称",
    "a reporting period": "报送期间",
    "a quota is one of a share": "目标值只用于占比",
    'add share = "…"': '加上 share = "…"',
    "a share is expected, as text with its sign": "应为占比，写成带百分号的文本",
    "a share lies above 0 % and at most at 100 %": "占比应大于0 %，至多100 %",
    "only one of on, day, daily and within says when it is due": "何时到期由 on、day、daily、within 之一给出，四者取一",
    'write on = ["06-15", "12-15"]': '写 on = ["06-15", "12-15"]',
    "a day of every year is expected": "应为每年的某一天",
    'write it as "06-15"': "写成“06-15”",
    "a return is due some days, weeks, months or working days after its period": (
        "报送应在期间结束后若干日、周、月或工作日内"
    ),
    "it lies before from, {first}": "早于 from（{first}）",
    "a manner of rolling the due day": "到期日顺延方式",
    "of several retentions each needs this key, and it is missing": "有几项保管期限时每项必须有这个键，现缺少",
    "policy file": "规则文件",
    "the text of a file is expected": "应为文件的文本",
    "policy document": "规则文档",
    "this is none": "这不是规则文档",
    "tables stand in one another more than {most} deep": "表嵌套超过{most}层",
    "a key is text": "键应为文本",
    "an empty list names no event": "空列表没有写明事件",
    "the receipt begins every history: it never happens in the course of it": "收到投诉是经过的起点，不会在其后发生",
    "name what happens later, as 'replied'": "写之后发生的事件，如 'replied'",
    "name what happens later, as {kind}": "写之后发生的事件，如 {kind!r}",
    'write "replied" or {{ event = "replied", by = "outlet" }}': (
        '写 "replied" 或 {{ event = "replied", by = "outlet" }}'
    ),
    "an event is expected": "应为事件",
    "it has no effect: the receipt happens once and has no such field": "不起作用：收到投诉只发生一次，没有这个字段",
    "leave it out; what is known of the receipt is asked in when": "不写；收到时已知的情况在 when 中判断",
    "the kind of event is unknown": "没有这种事件类型",
    "there is no such parameter": "没有这个参数",
    "a parameter of type {type} is expected, this one has type {other}": "应为 {type} 类型的参数，这里的类型为 {other}",
    "a fact of type moment or day is expected, this one has type {type}": (
        "应为 moment 或 day 类型的事实，这里的类型为 {type}"
    ),
    "a policy file": "规则文件",
    "the policy extended": "被扩展的规则集",
    "a level": "层级",
    "a body": "机构",
    "a fact": "事实",
    "a kind of event": "事件类型",
    "a parameter": "参数",
    "a figure left to a parameter": "由参数给出的数值",
    "a selector of events": "事件的限定",
    "a table": "判定表",
    "a row of a table": "判定表的行",
    "a limit": "时限",
    "a row of a limit": "时限的行",
    "a pause": "中止",
    "a restart": "重新起算",
    "an extension": "延长",
    "a duty": "义务",
    "a checklist": "要素清单",
    "a figure": "指标",
    "a filing": "定期报送",
    "the retention": "保管期限",
    "the opening hours": "营业时间",
    "the hours of a day of the week": "星期的营业时间",
    "the hours of a season": "季节的营业时间",
    "the hours of a day": "某日的营业时间",
    "the calendar of one's own": "自有日历",
    "a day of one's own": "自有日期",
    "a State Council notice": "国务院通知",
    "the quiet hours": "免打扰时段",
    "the vocabulary is refused": "代码表未通过",
    "it is later than through, {last}": "晚于 through（{last}）",
    "exchange the two?": "两者是否写反了？",
    "a file of your own is loaded with Policy.from_file({file})": "自己的文件用 Policy.from_file({file!r}) 读取",
    "policy folder": "规则文件夹",
    "there is no such folder": "没有这个文件夹",
    "the folder {name} has no such policy": "文件夹{name}中没有这个规则集",
    "it has": "其中有",
    "policy {policy}": "规则集{policy}",
    "several editions fit": "有几个版本都适用",
    "pass on= or edition=; there are: {listed}": "传入 on= 或 edition=；现有：{listed}",
    "edition {edition} ({dates})": "版本{edition}（{dates}）",
    "from {first} until {last}": "自{first}至{last}",
    "dates not known": "起止日期未录",
    "there is no such edition": "没有这个版本",
    "no edition is in force on that day": "当日没有施行中的版本",
    "articles of {text} are named with it, as {example}": "{text}的条文须冠其名，如 {example}",
    "there are: {listed}": "现有：{listed}",
    "the id of a policy in a folder is the name of its file": "文件夹中规则集的编号应与文件名一致",
    "the id of a shipped policy is the name of its file": "随附规则集的编号应与文件名一致",
    "this figure has no quota, the text sets none": "该指标没有目标值，原文未定",
    "parameters.{name} as given": "所给的 parameters.{name!r}",
    "parameters as given": "所给的参数",
    "no such policy is shipped": "没有随附这个规则集",
    "shipped": "随附的有",
    "the codes are {codes}": "代码有：{codes!r}",
    "the case": "案件",
    "only a fact of type bool implies others, this one has type {type}": (
        "只有 bool 类型的事实可推出其他事实，这里的类型为 {type!r}"
    ),
    "only a fact of type bool follows from another, this one has type {type}": (
        "只有 bool 类型的事实可由其他事实推出，这里的类型为 {type!r}"
    ),
    "the presumptions contradict each other: this one is presumed, what follows from it is denied": (
        "推定互相矛盾：推定它成立，却推定由它推出的不成立"
    ),
    "let both be presumed, or neither": "二者都推定，或都不推定",
    "these imply one another, so they are one fact": "它们互相推出，其实是同一事实",
    "it has no effect: no event agrees on a time, since there is no agreed": (
        "不起作用：没有 agreed，就没有约定时间的事件"
    ),
    "write agreed = true, or leave the key out": "写 agreed = true，或不写这个键",
    "it has no effect: the closing itself is what the limit waits for": "不起作用：时限等待的就是办结本身",
    "it has no effect: void_on lets a closing end the limit": "不起作用：按 void_on，办结使时限终止",
    "leave one of the two out": "二者去掉一个",
    "it has no effect: without within and when there is no period, or no condition it could count from": (
        "不起作用：没有 within 和 when，就没有期限，或没有可起算的条件"
    ),
    "from when a period counts": "期限的起算方式",
    "an empty table leaves no event out": "空表没有排除任何事件",
    'write not = {{ reason = "…" }}': '写 not = {{ reason = "…" }}',
    "it has no effect: no event with the {name} wanted has this one": "不起作用：合乎所要求 {name!r} 的事件没有这个值",
    "it leaves out every event that the selector means": "所限定的事件全部被排除",
    "what a selector leaves out": "限定所排除的内容",
    "an event that ends a limit": "使时限终止的事件",
}
"""English text to Chinese text, place for place."""
