"""The acts of the house that administrators do by forms: what each means, its boxes, what it does."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from typing import Any

from fadu.kernel import applications, attempts, contacts, house, portal_address, second_factor
from fadu.kernel.access import SIGNING, Session
from fadu.rules.law import UNIT_WORDS, Unit
from fadu.rules.procedure import ROLES
from fadu.web.workbench import parameter_acts
from fadu.web.workbench.house_form import Box, Done, HouseAct, post_in_words


def _register_organ(s: Session, given: Mapping[str, Any]) -> Done:
    organ = house.register_organ(
        s, given["name"], given["short"], parent=given["parent"], serves=given["serves"], since=given["since"]
    )
    return Done(f"已登记{organ.name}。")


def _move_organ(s: Session, given: Mapping[str, Any]) -> Done:
    moved = house.move_organ(s, given["organ"], given["parent"], given["day"])
    return Done(f"已登记{moved.name}的隶属调整。")


def _end_organ(s: Session, given: Mapping[str, Any]) -> Done:
    ended = house.end_organ(s, given["organ"], given["before"], given["successor"])
    return Done(f"已登记：{ended.name}自{given['before'].isoformat()}起撤销。")


def _register_officer(s: Session, given: Mapping[str, Any]) -> Done:
    made = secrets.token_urlsafe(9)
    officer = house.register_officer(s, given["username"], given["name"], made)
    return Done(f"已登记{officer.name}，用户名 {officer.username}。初始密码只显示这一次，请当面交给本人：", made)


def _set_password(s: Session, given: Mapping[str, Any]) -> Done:
    made = secrets.token_urlsafe(9)
    house.set_password(s, given["username"], made)
    attempts.forget(given["username"])
    return Done(f"{given['username']} 已解除锁定，各处都已退出。新密码只显示这一次，请当面交给本人：", made)


def _set_active(active: bool) -> Callable[[Session, Mapping[str, Any]], Done]:
    def perform(s: Session, given: Mapping[str, Any]) -> Done:
        house.set_active(s, given["username"], active=active)
        return Done(f"已{'启用' if active else '停用'} {given['username']}。")

    return perform


def _reset_second_factor(s: Session, given: Mapping[str, Any]) -> Done:
    second_factor.reset(s, given["username"])
    return Done(f"已重设 {given['username']} 的动态验证码。")


def _assign_post(s: Session, given: Mapping[str, Any]) -> Done:
    post = house.assign_post(
        s, given["officer"], given["organ"], given["role"], since=given["since"], before=given["before"],
        substitute_for=given["substitute_for"],
    )  # fmt: skip
    return Done(f"已登记：{post_in_words(post)}。")


def _end_post(s: Session, given: Mapping[str, Any]) -> Done:
    house.end_post(s, given["post"], given["before"])
    return Done(f"已登记，自{given['before'].isoformat()}起免去。")


def _sign(s: Session, given: Mapping[str, Any]) -> Done:
    house.put_entry(s, SIGNING, given["step"], {"role": given["role"]}, since=given["since"])
    return Done(f"已登记，自{given['since'].isoformat()}起由{ROLES[given['role']].label}签发。")


def _promise(s: Session, given: Mapping[str, Any]) -> Done:
    system, _, clock = given["clock"].partition(".")
    unit = Unit(given["unit"])
    house.promise(s, system, clock, given["amount"], unit, given["basis"])
    return Done(f"已登记承诺时限：{given['amount']}{UNIT_WORDS[unit]}，今天起算的期限开始适用。")


def _receive(s: Session, given: Mapping[str, Any]) -> Done:
    applications.receive_at(s, given["system"], given["organ"])
    return Done(f"已登记，今天起可以在网上申请{s.registry.newest(given['system']).label}。")


def _stop_receiving(s: Session, given: Mapping[str, Any]) -> Done:
    system, _, body = given["received"].partition(".")
    applications.stop_receiving(s, system, int(body))
    return Done("已登记，今天起不再在网上受理；已经收到的照常办理。")


def _contact(s: Session, given: Mapping[str, Any]) -> Done:
    contacts.settle(s, given["organ"], *(given[name] or "" for name in ("phone", "place", "hours")))
    return Done("已登记，今天起网上服务这样告诉群众。" if given["phone"] else "已取消，网上服务不再列出这一机构。")


def _portal(s: Session, given: Mapping[str, Any]) -> Done:
    found = portal_address.settle(s, given["address"] or "")
    return Done(f"已登记，今天起文书上的二维码打开 {found}。" if found else "已取消，文书上的二维码只含核验码。")


def _require(needed: bool) -> Callable[[Session, Mapping[str, Any]], Done]:
    def perform(s: Session, given: Mapping[str, Any]) -> Done:
        second_factor.require(s, given["role"], needed=needed)
        return Done(f"{ROLES[given['role']].label}{'从下次登录起必须' if needed else '不再要求'}使用动态验证码。")

    return perform


_ACCOUNT = Box("username", "账号", "account")
_ALL = (
    HouseAct(
        "register_organ",
        "登记机关（机构）",
        "新设的机关或者机构。以哪个机关的名义办案，选“代表机关”；以自己名义的不选。",
        (
            Box("name", "名称", hint="全称，不能与已登记的重复"),
            Box("short", "机关代字", hint="用在文号里，如“某政”"),
            Box("parent", "上级", "organ", required=False),
            Box("serves", "代表机关", "organ", required=False),
            Box("since", "设立日期", "date"),
        ),
        _register_organ,
    ),
    HouseAct(
        "move_organ",
        "调整隶属",
        "从某一天起改为隶属另一个机关；以前的统计仍按当时的隶属。",
        (
            Box("organ", "机关（机构）", "organ"),
            Box("parent", "改为隶属", "organ", required=False, hint="不选为没有上级"),
            Box("day", "自哪一天起", "date", hint="不晚于今天"),
        ),
        _move_organ,
    ),
    HouseAct(
        "end_organ",
        "撤销机关（机构）",
        "它办过的案件和记录都保留在它名下，按现在的机关统计时计入继受机关。",
        (
            Box("organ", "机关（机构）", "organ"),
            Box("before", "自哪一天起撤销", "date", hint="不晚于今天"),
            Box("successor", "继受机关", "organ", required=False),
        ),
        _end_organ,
    ),
    HouseAct(
        "register_officer",
        "登记人员",
        "建立账号。密码由系统生成，只显示一次；再为其登记任职。",
        (Box("username", "用户名", hint="登录用，建议用拼音"), Box("name", "姓名")),
        _register_officer,
    ),
    HouseAct(
        "assign_post",
        "任职（代行）",
        "在一个机关（机构）担任一种职责，自某日起。代行填写起止日期和所代行的人。",
        (
            Box("officer", "人员", "officer"),
            Box("organ", "机关（机构）", "organ"),
            Box("role", "职责", "role"),
            Box("since", "自哪一天起", "date"),
            Box("before", "到哪一天为止", "date", required=False, hint="自这一天起不再担任；长期的不填"),
            Box("substitute_for", "代行何人的职务", "officer", required=False),
        ),
        _assign_post,
    ),
    HouseAct(
        "end_post",
        "免去职务",
        "自某日起不再担任；以前办理的都保留。",
        (Box("post", "任职", "post"), Box("before", "自哪一天起免去", "date")),
        _end_post,
    ),
    HouseAct(
        "set_password",
        "重设密码、解除锁定",
        "忘记密码或者被锁定时使用。原有的登录全部退出。",
        (_ACCOUNT,),
        _set_password,
    ),
    HouseAct(
        "close_account", "停用账号", "离任的人停用账号，不删除：办过的事仍在其名下。", (_ACCOUNT,), _set_active(False)
    ),
    HouseAct("open_account", "启用账号", "重新启用停用的账号。", (_ACCOUNT,), _set_active(True)),
    HouseAct(
        "reset_second_factor",
        "重设动态验证码",
        "手机和备用码都丢失时使用；请先当面核实本人。",
        (_ACCOUNT,),
        _reset_second_factor,
    ),
    HouseAct(
        "sign",
        "签发规则",
        "把一个步骤改由另一种职责的人签发，自某日起。",
        (Box("step", "步骤", "step"), Box("role", "改由谁签发", "role"), Box("since", "自哪一天起", "date")),
        _sign,
    ),
    HouseAct(
        "promise",
        "承诺时限",
        "为一项办理期限承诺更短的时限，只亮灯提醒，不产生法律后果。",
        (
            Box("clock", "期限", "clock"),
            Box("amount", "时长", "number"),
            Box("unit", "单位", "unit"),
            Box("basis", "依据", hint="例如本单位服务承诺的文件名称、文号"),
        ),
        _promise,
    ),
    HouseAct(
        "receive",
        "开通网上受理",
        "群众可以在网上服务中提出申请，由这一机构受理；没有开通的，只能到窗口办理。",
        (Box("system", "程序", "opened"), Box("organ", "受理机构", "organ")),
        _receive,
    ),
    HouseAct(
        "stop_receiving",
        "停止网上受理",
        "今天起不能再在网上提出新的申请，已经收到的照常办理。",
        (Box("received", "已经开通的", "received"),),
        _stop_receiving,
    ),
    HouseAct(
        "contact",
        "咨询电话和窗口",
        "网上服务的每一页都告诉群众：不清楚的，打这个电话、到这个地方问。三项都留空为取消。",
        (
            Box("organ", "机构", "organ"),
            Box("phone", "电话", required=False, hint="有人接听的，例如 0371-66000000"),
            Box("place", "地址", required=False, hint="到几楼几号窗口，例如 某路1号政务服务中心二楼15号窗口"),
            Box("hours", "接待时间", required=False, hint="例如 工作日 9:00—12:00，13:30—17:30"),
        ),
        _contact,
    ),
    HouseAct(
        "portal_address",
        "网上服务的网址",
        "群众从外面打开网上服务首页的网址，印在文书上的二维码由此打开核验的页面。留空为取消：二维码只含核验码。",
        (Box("address", "网址", required=False, hint="例如 https://fuwu.example.gov.cn/open/"),),
        _portal,
    ),
    HouseAct(
        "require_second_factor",
        "要求动态验证码",
        "担任这一职责的人，从下次登录起必须使用动态验证码。",
        (Box("role", "职责", "role"),),
        _require(True),
    ),
    HouseAct(
        "lift_second_factor",
        "不再要求动态验证码",
        "担任这一职责的人可以自己决定是否使用。",
        (Box("role", "职责", "role"),),
        _require(False),
    ),
)
ACTS: Mapping[str, HouseAct] = {act.name: act for act in (*_ALL, *parameter_acts.ACTS)}
