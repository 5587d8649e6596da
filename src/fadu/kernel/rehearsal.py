"""Worked examples: a scenario that a lawyer writes, reads and corrects in Chinese, played without a database.

One scenario a YAML file. All names are those that people see: of steps, facts, papers, periods, parties.

    说明: 一句话说明这个例子
    依据: 条文
    在册: {司法所行政复议代办点名册: [{司法所名称: 城关司法所, 设有行政复议代办点: 是}]}   # may be left out
    程序: 行政复议            # the procedure's name; 文本: 2017 pins another text than that of the first day
    经过:                     # in the order of the days; periods that ended before a day take effect first
      - 日期: 2024-02-05
        办理: 收到复议申请    # a step; one that needs 呈批 is drafted and reviewed by itself, unless done before
        填写: {申请方式: 邮寄, 因不动产提出: 否}
        其余: 略              # what else the step must take is filled with stand-ins; days never are
        当事人: [{身份: 申请人, 姓名或者名称: 王某}]    # 类别 may be left out; organs are found by themselves
        复议请求: [{请求内容: 撤销处罚决定}]            # the items, under the name the procedure gives them
        结果: [撤销]          # outcomes of the items, in their order
        代为办理: [周某]      # through whom a party did it; 被代表人同意: the proof, of a representative
        为: 王某              # the party (or item) for whom the step is done, where each has a period of its own
        事项: 作出复议决定    # for 拟稿呈批 and what follows it: the step it is about
        发生: 2024-02-03      # when, of what happened outside and was learned on the day of the entry
        由: 审核人            # who acts, when not the one whose step it is
        应当拒绝: 期限        # instead of success: words that the refusal must contain
      - 日期: 2024-02-19
        送达: {文书: 行政复议受理通知书}   # the newest one, to all it is meant for, directly, on this day
      - 日期: 2024-02-19                   # 受送达人 (a role or a name), 方式, 送出, 签收, 在途: 是, 理由, 凭证
        送达: {文书: 行政复议决定书, 受送达人: 王某, 方式: 公告送达, 理由: 下落不明}
      - 日期: 2024-02-19                   # 代收: who takes it for the party
        送达: {文书: 行政复议决定书, 受送达人: 王某, 代收: 周某, 方式: 电子送达}
      - 日期: 2024-02-22
        签收: {文书: 行政复议决定书, 受送达人: 李某}    # what was on its way arrives
      - 日期: 2024-03-01
        公开: {文书: 行政复议决定书, 渠道: 政府网站}
      - 日期: 2024-03-01
        撤回: {办理: 认定逾期未答复举证, 理由: 期满前已经交邮, 依据: 条文}    # the newest of that name, or 序号
      - 日期: 2024-03-01
        更正: {更正的文书: 行政复议决定书, 原文: 2023年, 更正为: 2024年, 更正理由: 笔误, 依据: 条文, 期限重新计算: 否}
      - 日期: 2024-03-01
        变更当事人: {变更方式: 权利义务由他人承受, 原当事人: 王某, 姓名或者名称: 王小某, 理由: 申请人死亡, 依据: 条文}
      - 日期: 2024-03-01
        登记代理人: {类别: 律师, 当事人: 王某, 姓名: 周某, 授权: 特别授权, 特别授权事项: [调解], 开始日期: 2024-03-01,
                     届满日期: 2024-05-31, 证明: 授权委托书}   # 代表人: 担任代表人的当事人: 王某, 当事人: 申请人
      - 日期: 2024-03-01
        解除代理: {代理人、代表人: 周某, 理由: 书面告知解除委托}
      - 日期: 2024-03-02
        案件: 行政复议意见书               # the entry is about the case that a step of this one opened
        送达: {文书: 行政复议意见书}
      - 日期: 2024-03-02
        另案: 行政应诉                     # a case opened beside this one; what follows names it under 案件
        办理: 收到应诉通知书和起诉状副本
      - 日期: 2024-03-02
        案件: 行政应诉
        办理: 登记所涉复议案件
        填写: {所涉复议案号: 本案}         # the number of the case that the example opens
      - 日期: 2024-03-02
        应当:                 # how the case stands on that day
          状态: 审理中
          环节: {听证: 已举行}
          文书: [行政复议受理通知书]       # have been made
          结果: 撤销                       # under which the case is counted
          打开: [行政复议意见书]           # procedures that were opened
          名录: {权力清单: [A01]}          # what names the entries valid on that day, by what the case did
          代理: {王某: [周某]}             # who acts for a party on that day
          影响: [被撤销]                   # what linked cases did to this one
          期限: {审理: {届满: 2024-04-05, 顺延: 2024-04-07, 情况: 进行中}, 不服决定起诉（王某）: {…}}

届满 is the last day before, 顺延 the last day after it moved off a holiday. 情况: 进行中, 中止, 按期, 逾期,
视为 (deemed), 可认定放弃 (may be found forfeited), 届满 (a right ran out), 已满 (a minimum wait is over),
已放弃 (it was given up), 已结束 (the case ended first).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from fadu.kernel.engine import track_row
from fadu.kernel.labels import Labels, where
from fadu.kernel.stage import Stage, Story
from fadu.kernel.timekeeping import Env, reckon_all
from fadu.rules import agents
from fadu.rules.agents import AgentEndForm, AgentForm
from fadu.rules.casefile import CaseFile
from fadu.rules.clocks import Reckoned
from fadu.rules.errors import DeclarationError, FaduError, Refusal
from fadu.rules.facts import Facts
from fadu.rules.parties import AmendmentForm, PartyChangeForm, RetractionForm
from fadu.rules.procedure import ROLES, Does, Effect, Procedure, Relation, Role, Step
from fadu.rules.registry import Registry

Entry = Mapping[str, Any]

HEAD = ("说明", "依据", "程序", "文本", "在册", "经过")
ACT = (
    *("日期", "案件", "另案", "办理", "填写", "其余", "当事人", "结果", "为", "代为办理", "被代表人同意"),
    *("事项", "由", "发生", "应当拒绝"),
)
ROWS: dict[str, tuple[Does, type[Facts]]] = {
    "更正": (Does.AMENDS, AmendmentForm),
    "撤回公开": (Does.RETRACTS, RetractionForm),
    "变更当事人": (Does.CHANGES_PARTY, PartyChangeForm),
    "登记代理人": (Does.NAMES_AGENT, AgentForm),
    "解除代理": (Does.ENDS_AGENT, AgentEndForm),
}
STANDING = ("日期", "案件", "送达", "签收", "公开", "撤回", *ROWS, "由", "应当拒绝")
EXPECTATION = ("状态", "环节", "文书", "结果", "打开", "名录", "代理", "影响", "期限")
THIS = "本案"
SITUATIONS = {"deems": "视为", "forfeits": "可认定放弃", "breaches": "逾期", "expires": "届满"}


class ExampleFailed(FaduError):
    """What a worked example says is not what the procedure does: every difference, by file and entry."""

    code = "example"


def rehearse(path: Path, registry: Registry, env: Env) -> Stage:
    """Plays one example and compares. Raises DeclarationError (it does not read), ExampleFailed (it differs)."""
    return prepared(path, registry, env).run()


def prepared(path: Path, registry: Registry, env: Env) -> Rehearsal:
    """One example before its first entry. Raises DeclarationError."""
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as fault:
        raise DeclarationError(f"示例 {path.name} 不是有效的 YAML：{fault}") from fault
    story = Story(registry)
    return Rehearsal(path.name, content, registry, lambda procedure, day: Stage(procedure, env, day, story))


@dataclass(frozen=True, slots=True)
class Scene:
    """A case of the example: that which it opens, one beside it, or one that a step of theirs opened."""

    procedure: Procedure
    labels: Labels
    stage: Stage


class Rehearsal:
    """One example being played, on a stage in memory or, with another `stage`, in a real house."""

    def __init__(
        self, file: str, content: Entry, registry: Registry, stage: Callable[[Procedure, date], Stage]
    ) -> None:
        self.file = file
        self.registry = registry
        self.here = file
        self.about = str(content.get("说明", ""))
        Labels.known(file, content, HEAD)
        self.entries: list[Entry] = content["经过"]
        first = self.entries[0]["日期"]
        self.procedure = self._procedure(content, first)
        self.labels = Labels(self.procedure)
        self.make_stage = stage
        self.stage = stage(self.procedure, first)
        self.scenes = {"": Scene(self.procedure, self.labels, self.stage)}
        self.differences: list[str] = []
        self._enlist(content.get("在册") or {}, first)

    def _enlist(self, said: Mapping[str, list[Entry]], first: date) -> None:
        """What stands in registers from the first day on."""
        registers = {register.label: register for register in self.registry.registers}
        for label, rows in said.items():
            register = Labels.pick(self.here, "名录", label, registers)
            for row in rows:
                self.stage.enlist(register, self.labels.form(self.here, register.model, row), first)

    def _procedure(self, content: Entry, first: date) -> Procedure:
        names = {self.registry.newest(system).label: system for system in self.registry.systems}
        system = Labels.pick(self.here, "程序", str(content["程序"]), names)
        if "文本" in content:
            texts = {one.version: one for one in self.registry.versions(system)}
            return Labels.pick(self.file, "文本", str(content["文本"]), texts)
        return self.registry.in_force(system, first)

    def run(self) -> Stage:
        for number in range(len(self.entries)):
            self.play(number)
        if self.differences:
            raise ExampleFailed("；".join(self.differences), todo="请核对示例，或者修改程序声明。")
        return self.stage

    def play(self, number: int) -> None:
        """Plays the entry with this index (from 0); differences are collected."""
        entry = self.entries[number]
        self.here = where(self.file, number + 1, entry)
        self._turn_to(entry.get("另案", entry.get("案件", "")), entry["日期"] if "另案" in entry else None)
        if entry["日期"] < self.stage.day:
            raise DeclarationError(f"{self.here}：日期早于前一条，请按先后排列")
        self.stage.pass_time(entry["日期"])
        if "应当" in entry:
            self._expect(entry["应当"])
        else:
            self._play(entry)

    def _turn_to(self, label: str, begins: date | None) -> None:
        """What follows is about the case the example opens, one that begins beside it, or one that theirs opened."""
        if begins:
            procedure = self._procedure({"程序": label}, begins)
            self.scenes[label] = Scene(procedure, Labels(procedure), self.make_stage(procedure, begins))
        elif label not in self.scenes:
            found = [
                (scene.stage, number) for scene in self.scenes.values() for number in range(len(scene.stage.opened()))
            ]
            names = {stage.opened()[number].label: (stage, number) for stage, number in found}
            stage, number = Labels.pick(self.here, "已经打开的案件", label, names)
            procedure = stage.opened()[number]
            self.scenes[label] = Scene(procedure, Labels(procedure), stage.enter(number))
        scene = self.scenes[label]
        self.procedure, self.labels, self.stage = scene.procedure, scene.labels, scene.stage

    # ------------------------------------------------------------ acts

    def _play(self, entry: Entry) -> None:
        refused = entry.get("应当拒绝")
        try:
            if "办理" in entry:
                self._act(entry)
            else:
                self._stand(entry)
        except Refusal as refusal:
            if refused is None:
                self.differences.append(f"{self.here}：被拒绝：{refusal.message}")
            elif str(refused) not in refusal.message:
                self.differences.append(f"{self.here}：应当以“{refused}”拒绝，实际为：{refusal.message}")
        else:
            if refused is not None:
                self.differences.append(f"{self.here}：应当以“{refused}”拒绝，实际办成了")

    def _act(self, entry: Entry) -> None:
        items = self.procedure.items.label if self.procedure.items else ""
        Labels.known(self.here, entry, (*ACT, *([items] if items else [])))
        step = self.labels.step(self.here, entry["办理"])
        about = self.labels.step(self.here, entry["事项"]) if "事项" in entry else None
        values = self.labels.facts(self.here, entry.get("填写") or {})
        if step.names and values.get(step.names.fact) == THIS:
            main = self.scenes[""].stage
            main.pass_time(entry["日期"])
            values[step.names.fact] = main.case.number
        if entry.get("其余") == "略":
            values = self.labels.stand_ins(step) | values
        if "当事人" in entry:
            values["parties"] = [self.labels.party(self.here, party) for party in entry["当事人"]]
        if items in entry:
            values["items"] = [self.labels.item(self.here, item) for item in entry[items]]
        if "结果" in entry:
            codes = [self.labels.outcome(self.here, label) for label in entry["结果"]]
            values["outcomes"] = dict(zip(self.stage.case.table("item"), codes, strict=False))
        if "发生" in entry and step.told_by is None:
            raise DeclarationError(f"{self.here}：“{step.label}”不是外部发生的事，不能另写发生的日期")
        if "代为办理" in entry:
            values["through"] = [self._agent(name) for name in entry["代为办理"]]
        if "被代表人同意" in entry:
            values["consent"] = entry["被代表人同意"]
        party = self._parties(entry["为"])[0] if "为" in entry else ""
        about_name = about.name if about else ""
        self.stage.perform(
            step, entry.get("发生", entry["日期"]), values, about=about_name, party=party, by=self._by(entry)
        )

    def _by(self, entry: Entry) -> Role | None:
        """Who acts, when the entry says it is not the one whose step it is."""
        roles = {role.label: role for role in ROLES.values()}
        return Labels.pick(self.here, "由", entry["由"], roles) if "由" in entry else None

    def _stand(self, entry: Entry) -> None:
        Labels.known(self.here, entry, STANDING)
        if "送达" in entry:
            step, forms = self._does(Does.SERVES), self._services(entry["送达"], entry["日期"])
        elif "签收" in entry:
            step, forms = self._does(Does.RECEIVES), self._receipts(entry["签收"], entry["日期"])
        elif "公开" in entry:
            step, paper = self._does(Does.PUBLISHES), self._paper(entry["公开"]["文书"])
            forms = iter([{"paper": paper, "place": entry["公开"]["渠道"]}])
        elif word := next((word for word in ROWS if word in entry), ""):
            does, model = ROWS[word]
            step, forms = self._does(does), iter([self._row_of(model, entry[word])])
        elif "撤回" in entry:
            step, forms = self._does(Does.REVERSES), iter([self._reversal(entry["撤回"])])
        else:
            raise DeclarationError(f"{self.here}：既没有办理、送达、签收、公开、撤回，也没有写应当怎样")
        for form in forms:
            self.stage.perform(step, entry["日期"], form, by=self._by(entry))

    def _row_of(self, form: type[Facts], said: Entry) -> Entry:
        """A standing step's form by the labels of its fields; papers and parties by their names."""
        values = self.labels.form(self.here, form, said)
        if "paper" in values:
            values["paper"] = self._paper(values["paper"])
        for name in {"party", "person"} & values.keys():
            values[name] = self._parties(values[name])[0]
        if "parties" in values:
            named = values["parties"] if isinstance(values["parties"], list) else [values["parties"]]
            values["parties"] = [key for one in named for key in self._parties(one)]
        if "agent" in values:
            values["agent"] = self._agent(values["agent"])
        if "role" in values:
            roles = {role.label: role.name for role in self.procedure.parties}
            values["role"] = Labels.pick(self.here, "身份", values["role"], roles)
        return values

    def _reversal(self, said: Entry) -> Entry:
        Labels.known(self.here, said, ("办理", "序号", "理由", "依据"))
        position = said["序号"] if "序号" in said else self.stage.position_of(said["办理"])
        if position is None:
            raise DeclarationError(f"{self.here}：没有办理过“{said['办理']}”，或者已经撤回")
        return {"position": position, "reason": said["理由"], "article": said["依据"]}

    def _does(self, does: Does) -> Step:
        step = next((step for step in self.procedure.steps if step.does is does), None)
        if step is None:
            raise DeclarationError(f"{self.here}：本程序没有这样的步骤")
        return step

    def _services(self, said: Entry, day: date) -> Iterator[Entry]:
        words = ("文书", "受送达人", "代收", "方式", "送出", "签收", "在途", "理由", "凭证")
        Labels.known(self.here, said, words)
        paper = self._paper(said["文书"])
        method = self.labels.method(self.here, said.get("方式", "直接送达"))
        on_its_way = method.value == "notice" or said.get("在途") == "是"
        received = None if on_its_way else said.get("签收", day)
        meant_for = self.stage.case.table("paper")[paper]["to"]
        for party in self._parties(said["受送达人"]) if "受送达人" in said else self._of_roles(meant_for):
            yield {
                "paper": paper,
                "party": party,
                "taker": self._agent(said["代收"]) if "代收" in said else "",
                "method": method.value,
                "sent_on": said.get("送出", received or day),
                "received_on": received,
                "proof": said.get("凭证", "送达回证" if received else ""),
                "reason": said.get("理由", ""),
            }

    def _receipts(self, said: Entry, day: date) -> Iterator[Entry]:
        Labels.known(self.here, said, ("文书", "受送达人", "签收", "凭证"))
        paper = self._paper(said["文书"])
        parties = self._parties(said["受送达人"])
        for key, row in list(self.stage.case.table("service").items()):
            if row["paper"] == paper and row["party"] in parties and not row["effective"]:
                yield {"service": key, "received_on": said.get("签收", day), "proof": said.get("凭证", "送达回证")}

    def _paper(self, label: str) -> str:
        """The newest paper of that name."""
        made = {row["label"]: key for key, row in self.stage.case.table("paper").items()}
        return Labels.pick(self.here, "文书", label, made)

    def _parties(self, said: str) -> list[str]:
        """All parties of a role, the one of that name, or the item of that name."""
        roles = {role.label: self._of_roles([role.name]) for role in self.procedure.parties}
        names = {row["name"]: [key] for key, row in self.stage.case.table("party").items()}
        for key, row in self.stage.case.table("item").items():
            names.setdefault(str(next(iter(row["facts"].values()))), [key])
        return Labels.pick(self.here, "当事人", said, names | {label: keys for label, keys in roles.items() if keys})

    def _agent(self, said: str) -> str:
        """The newest agent or representative of that name."""
        named = {row["name"]: key for key, row in self.stage.case.table("agent").items()}
        return Labels.pick(self.here, "代理人、代表人", said, named)

    def _of_roles(self, roles: list[str]) -> list[str]:
        return [key for key, row in self.stage.case.table("party").items() if row["role"] in roles]

    # ------------------------------------------------------------ expectations

    def _expect(self, said: Entry) -> None:
        Labels.known(self.here, said, EXPECTATION)
        case, procedure = self.stage.case, self.procedure
        state = procedure.state(case.state)
        if "状态" in said:
            self._same("状态", self.labels.state(self.here, said["状态"]).label, state.label if state else case.state)
        for label, expected in (said.get("环节") or {}).items():
            track = self.labels.track(self.here, label)
            states = {one.name: one.label for one in procedure.track_states(track)}
            self._same(f"环节“{label}”", expected, states[track_row(case, track, "")[1]["state"]])
        for label in said.get("文书") or ():
            paper = self.labels.paper(self.here, label)
            if not case.of("paper", name=paper.name):
                self.differences.append(f"{self.here}：没有制作《{label}》")
        if "结果" in said and procedure.items:
            found = procedure.items.outcome.label_of(case.outcome) if case.outcome else "没有结果"
            self._same("结果", said["结果"], found)
        if "打开" in said:
            self._same("打开", said["打开"], [procedure.label for procedure in self.stage.opened()])
        for label, expected in (said.get("代理") or {}).items():
            self._same(f"“{label}”的代理人、代表人", expected, self._acting_for(self._parties(label)[0]))
        if "影响" in said:
            links = case.of("link", relation=Relation.EFFECT.value)
            self._same("影响", said["影响"], [Effect(row["effect"]).label for _, row in links])
        registers = {register.label: register for register in self.registry.registers}
        for label, expected in (said.get("名录") or {}).items():
            register = Labels.pick(self.here, "名录", label, registers)
            self._same(f"名录“{label}”", sorted(map(str, expected)), self.stage.listed(register, self.stage.day))
        for label, expected in (said.get("期限") or {}).items():
            self._expect_clock(label, expected)

    def _acting_for(self, party: str) -> list[str]:
        rows, people = self.stage.case.table("agent").values(), self.stage.case.table("party")
        day = self.stage.day
        return [row["name"] for row in rows if agents.in_force(row, day) and party in agents.acts_for(row, people)]

    def _expect_clock(self, said: str, expected: Entry) -> None:
        Labels.known(self.here, expected, ("届满", "顺延", "情况"))
        label, _, party = said.removesuffix("）").partition("（")
        clock = self.labels.clock(self.here, label)
        keys = self._parties(party) if party else [""]
        reckoned = reckon_all(self.stage.case, self.stage.env)
        rows = [
            (key, row) for key, row in self.stage.case.of("clock", name=clock.name) if not party or row["party"] in keys
        ]
        if not rows:
            self.differences.append(f"{self.here}：期限“{said}”没有起算")
            return
        key, row = rows[-1]
        found = {
            "届满": reckoned[key].last_day,
            "顺延": reckoned[key].rolled,
            "情况": situation(self.stage.case, row, reckoned[key], self.stage.day, waits=clock.waits),
        }
        for word, value in expected.items():
            self._same(f"期限“{said}”的{word}", value, found[word])

    def _same(self, what: str, expected: object, found: object) -> None:
        if expected != found:
            self.differences.append(f"{self.here}：{what}应为 {expected}，实际为 {found}")


def situation(case: CaseFile, row: Mapping[str, Any], reckoned: Reckoned, day: date, *, waits: bool) -> str:
    """How a period stands on a day, in one word for people."""
    end = reckoned.lapses_after
    if row["stopped"]:
        if row.get("void"):
            return "已结束"
        if waits:
            return "已满" if end is not None and end < date.fromisoformat(row["stopped"]) else "已结束"
        return "按期" if end is None or date.fromisoformat(row["stopped"]) <= end else "逾期"
    if row["lapsed"]:
        return SITUATIONS[row["lapsed"]["effect"]]
    if reckoned.paused_since:
        return "中止"
    if waits and any(not cut["from"] for cut in row.get("cuts", ())):
        return "已放弃"
    if waits and end is not None and end < day:
        return "已满"
    return "进行中"
