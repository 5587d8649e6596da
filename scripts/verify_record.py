"""核对从法度导出的全部记录，或者一份证明。Checks an exported record or a proof; imports nothing of fadu.

    python verify_record.py 导出的目录        # fadu ledger export 目录
    python verify_record.py 证明.json         # fadu ledger prove … / fadu ledger witness … --out

Needs Python 3.11 and the package `cryptography`. Exit status: 0 nothing found, 1 faults, 2 wrong use.
The form of the record, so that another program can be written from this page:
SM3 throughout. Event: hash = SM3(previous hash ‖ body), the first after 32 zero bytes; body is canonical JSON.
Body: `organ` is the number of the organ in whose name it happened; `papers` lists [key, digest] of the papers that the
act made, digest = "sm3:" + SM3(text of the paper): it stays when the text is destroyed.
Value: "sm3:" + SM3(salt ‖ canonical value) stands in the body under `digest`, with the `slot` of the value.
Destroyed value: null, without its salt; the last value of a later event of the same stream, whose step is `destroy`,
names it under `slots` as [position, slot].
Tree (RFC 9162): leaf = SM3(0x00 ‖ event hash), node = SM3(0x01 ‖ left ‖ right), leaves in the order of `seq`.
Head: signature over the canonical JSON of algorithm, key, previous, root, size, time; previous = SM3 of that of the
head before. Key: named by the first 32 digits of SHA-256; each is signed by the one before over the canonical JSON of
house (name of the first key), number, public. Of 32 bytes: Ed25519. Of 64 bytes, x and y: SM2 (GB/T 32918), signer
1234567812345678, signature r and s of 32 bytes each; it is checked here in plain integers, some ten milliseconds each.
"""

import json
import sys
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

ZERO = bytes(32)


class Report:
    """Collects what was found."""

    def __init__(self):
        self.faults, self.notes = [], []

    def fault(self, sentence):
        self.faults.append(sentence)

    def end(self, told):
        """Prints everything; returns the exit status."""
        for sentence in self.faults:
            print(f"问题：{sentence}")
        for sentence in self.notes:
            print(f"提示：{sentence}")
        print(told, f"发现 {len(self.faults)} 处问题。" if self.faults else "没有发现问题。", sep="\n")
        return 1 if self.faults else 0


def sm3(*parts):
    digest = hashes.Hash(hashes.SM3())
    for part in parts:
        digest.update(part)
    return digest.finalize()


def canonical(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def leaf(entry):
    return sm3(b"\x00", entry)


def node(left, right):
    return sm3(b"\x01", left, right)


# SM2: the curve y² = x³ + AX·x + BX over the integers modulo PRIME, of ORDER points, with the generator BASE.
PRIME = 2**256 - 2**224 - 2**96 + 2**64 - 1
AX, BX = PRIME - 3, 0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93
ORDER = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
BASE = (
    0x32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7,
    0xBC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0,
)


def plus(one, other):
    """The sum of two points; None is the point at infinity."""
    if one is None or other is None:
        return one or other
    if one[0] == other[0] and (one[1] + other[1]) % PRIME == 0:
        return None
    if one == other:
        slope = (3 * one[0] ** 2 + AX) * pow(2 * one[1], -1, PRIME)
    else:
        slope = (other[1] - one[1]) * pow(other[0] - one[0], -1, PRIME)
    x = (slope**2 - one[0] - other[0]) % PRIME
    return x, (slope * (one[0] - x) - one[1]) % PRIME


def times(number, point):
    found = None
    while number:
        if number & 1:
            found = plus(found, point)
        number, point = number >> 1, plus(point, point)
    return found


def signed_sm2(public, signature, data):
    def whole(octets):
        return int.from_bytes(octets, "big")

    if len(signature) != 64:
        return False
    x, y, r, s = whole(public[:32]), whole(public[32:]), whole(signature[:32]), whole(signature[32:])
    if max(x, y) >= PRIME or (y * y - x**3 - AX * x - BX) % PRIME or not (0 < r < ORDER and 0 < s < ORDER):
        return False
    curve = b"".join(number.to_bytes(32, "big") for number in (AX, BX, *BASE))
    digest = whole(sm3(sm3(b"\x00\x80", b"1234567812345678", curve, public), data))
    point = plus(times(s, BASE), times((r + s) % ORDER, (x, y))) if (r + s) % ORDER else None
    return point is not None and (digest + point[0] - r) % ORDER == 0


def signed(public, signature, data):
    if len(public) == 64:
        return signed_sm2(public, signature, data)
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True


# ---------------------------------------------------------------- keys and heads, common to both


def head_body(head):
    return canonical({name: head[name] for name in ("algorithm", "key", "previous", "root", "size", "time")})


def check_keys(keys, report):
    """Returns name → (number, public key) of the keys that hold."""
    good = {}
    for number, key in enumerate(keys, start=1):
        public, where = bytes.fromhex(key["public"]), f"第{number}把密钥 {key['name'][:8]}"
        if key["number"] != number or key["name"] != sha256(public).hexdigest()[:32]:
            report.fault(f"{where}的登记不符")
            continue
        statement = canonical({"house": keys[0]["name"], "number": number, "public": key["public"]})
        if number > 1 and key["endorsement"] is None:
            report.notes.append(f"{where}没有前一把密钥的签名（{key['time']}，{key['reason']}），请向该机关核实")
        elif number > 1:
            former = bytes.fromhex(keys[number - 2]["public"])
            if not signed(former, bytes.fromhex(key["endorsement"]), statement):
                report.fault(f"{where}没有得到前一把密钥的有效签名")
                continue
        good[key["name"]] = (number, public)
    return good


def check_signature(head, good, report):
    """Returns the number of the key that signed the head, 0 when the signature does not hold."""
    number, public = good.get(head["key"], (0, b""))
    algorithm = "sm2" if len(public) == 64 else "ed25519"
    holds = head["algorithm"] == algorithm and signed(public, bytes.fromhex(head["signature"]), head_body(head))
    if not holds:
        report.fault(f"{head['time']} 的封存（{head['size']} 条）签名不符，或者不是用该机关的密钥签名的")
    return number if holds else 0


def telephone(head):
    groups = " ".join(head["root"][i : i + 4] for i in range(0, 20, 4))
    time = head["time"][:16].replace("T", " ")
    return f"封存：{head['size']} 条　{groups}　{time}　密钥 {head['key'][:4]} {head['key'][4:8]}"


# ---------------------------------------------------------------- an exported folder


def lines(folder, name):
    with (folder / f"{name}.jsonl").open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def check_folder(folder):
    report = Report()
    values = {(v["stream"], v["position"], v["slot"]): v for v in lines(folder, "values")}
    streams = {stream["stream"]: stream for stream in lines(folder, "streams")}
    destroyed = destroyed_values(lines(folder, "events"), values)
    events, ends = check_events(lines(folder, "events"), streams, values, destroyed, report)
    for number, stream in streams.items():
        length, head = ends.get(number, (0, ZERO))
        if length != stream["length"] or head.hex() != stream["head"]:
            report.fault(f"{stream['kind']} {stream['name']} 的末端不符，可能少了最后的记录")
    leaves = check_leaves(list(lines(folder, "leaves")), events, report)
    heads = list(lines(folder, "heads"))
    check_heads(heads, leaves, check_keys(list(lines(folder, "keys")), report), report)
    last = telephone(heads[-1]) if heads else "还没有封存过。"
    told = f"核对了 {len(events)} 条记录、{len(heads)} 次封存。{last}"
    return report.end(
        f"{told}\n只凭这一份导出，看不出末尾被整段删去、整库换回旧副本：请与见证人留存的封存比对上面一行。"
    )


def destroyed_values(rows, values):
    """Returns (stream, position, slot) of the values that acts of destruction name."""
    found = set()
    for event in rows:
        body = json.loads(event["body"])
        if body["step"] == "destroy":
            note = values.get((event["stream"], event["position"], body["operations"][-1].get("slot")))
            if note and note["value"]:
                found |= {(event["stream"], *place) for place in json.loads(note["value"])["slots"]}
    return found


def check_events(rows, streams, values, destroyed, report):
    """Returns the hashes by (stream, position), and (length, last hash) of each stream."""
    found, ends, papers = {}, {}, {}
    for event in rows:
        stream, position = event["stream"], event["position"]
        told = streams.get(stream, {"kind": "", "name": "（没有登记的记录链）"})
        where = f"{told['kind']} {told['name']} 第{position}条记录"
        length, previous = ends.get(stream, (0, ZERO))
        hashed = sm3(previous, event["body"].encode())
        body = json.loads(event["body"])
        if stream not in streams or position != length + 1:
            report.fault(f"{where}不连续，前面有缺少的记录")
        elif (body["stream"], body["position"]) != (stream, position) or hashed.hex() != event["hash"]:
            report.fault(f"{where}与链上的摘要不符，内容被改动过")
        for operation in body["operations"]:
            if "slot" in operation:
                place = (stream, position, operation["slot"])
                check_value(values.get(place), operation["digest"], place in destroyed, where, report)
        told = {tuple(paper) for paper in body["papers"]}
        made = papers.setdefault(stream, set())
        made |= told
        check_papers(stated_papers(body, stream, values), made if body["step"] == "destroy" else told, where, report)
        found[stream, position] = bytes.fromhex(event["hash"])
        ends[stream] = (position, found[stream, position])
    return found, ends


def check_value(row, digest, destroyed, where, report):
    """A destroyed value leaves its digest; one that is there must have it."""
    if row is None:
        report.fault(f"{where}缺少内容")
    elif row["value"] is None and not destroyed:
        report.fault(f"{where}的内容被清除，没有销毁的记录")
    elif row["value"] is not None:
        value = json.loads(row["value"])
        if "sm3:" + sm3(bytes.fromhex(row["salt"]), canonical(value)).hex() != digest:
            report.fault(f"{where}的内容与摘要不符，内容被改动过")


def stated_papers(body, stream, values):
    """Returns (key, digest) of every paper whose value, which was not destroyed, states a digest."""
    stated = set()
    for operation in body["operations"]:
        row = values.get((stream, body["position"], operation.get("slot")))
        if operation["op"] == "put" and operation["table"] == "paper" and row and row["value"]:
            value = json.loads(row["value"])
            stated |= {(operation["key"], value["digest"])} if "digest" in value else set()
    return stated


def check_papers(stated, told, where, report):
    """What an act states of papers is what it told openly; a destruction restates what was told before."""
    for key, _ in sorted(stated - told):
        report.fault(f"{where}所载文书 {key} 的摘要与公开载明的不符")


def check_leaves(rows, events, report):
    """Returns the leaf hashes in order."""
    seen = {}
    for number, row in enumerate(rows):
        place = (row["stream"], row["position"])
        where = f"封存的第{number + 1}条（记录链 {place[0]} 第{place[1]}条记录）"
        if row["seq"] != number:
            report.fault(f"封存的第{number + 1}条前后不连续，中间有缺")
            return None
        if place in seen:
            report.fault(f"{where}重复封存")
        seen[place] = number
        if place not in events:
            report.fault(f"{where}找不到原来的记录，已被删去")
        elif events[place].hex() != row["hash"]:
            report.fault(f"{where}与现在的记录不符，记录被重写过")
    later = {}
    for stream, position in seen:
        later[stream] = max(later.get(stream, 0), position)
    unsealed = [place for place in events if place not in seen]
    for stream, position in unsealed:
        if position < later.get(stream, 0):
            report.fault(f"记录链 {stream} 第{position}条记录没有封存，而其后的已经封存")
    if unsealed:
        report.notes.append(f"{len(unsealed)} 条记录尚未封存")
    return [leaf(bytes.fromhex(row["hash"])) for row in rows]


def check_heads(heads, leaves, good, report):
    previous, number = ZERO, 0
    roots = roots_at({head["size"] for head in heads}, leaves or [])
    for head in heads:
        where = f"{head['time']} 的封存（{head['size']} 条）"
        if head["previous"] != previous.hex():
            report.fault(f"{where}与前一次封存接不上，中间有封存被删去或者改动")
        used = check_signature(head, good, report)
        if used and used < number:
            report.fault(f"{where}使用了已经停用的密钥")
        number = max(number, used)
        if leaves is not None and roots.get(head["size"], b"").hex() != head["root"]:
            report.fault(f"{where}与重新计算的树根不符，条目被改动过或者被删去")
        previous = sm3(head_body(head))
    if leaves and (not heads or heads[-1]["size"] < len(leaves)):
        report.fault("末尾有封存条目，却没有签名的封存，签名可能被删去")


def roots_at(sizes, leaves):
    """Roots of the first n leaves for each n asked for: full subtrees are kept on a stack of (leaves, hash)."""
    stack, found = [], {}
    for count, hashed in enumerate(leaves, start=1):
        stack.append((1, hashed))
        while len(stack) > 1 and stack[-1][0] == stack[-2][0]:
            (width, right), (_, left) = stack.pop(), stack.pop()
            stack.append((2 * width, node(left, right)))
        if count in sizes:
            found[count] = stack[-1][1]
            for _, left in reversed(stack[:-1]):
                found[count] = node(left, found[count])
    return found


# ---------------------------------------------------------------- a proof


def split(size):
    """The largest power of two below size."""
    return 1 << (size - 1).bit_length() - 1


def root_with(hashed, index, size, path):
    """The root over size leaves, by the recursion of RFC 9162 read backwards: the last step is the uppermost."""
    if size == 1:
        return hashed if not path else None
    if not path:
        return None
    middle, sibling = split(size), path[-1]
    if index < middle:
        left = root_with(hashed, index, middle, path[:-1])
        return left and node(left, sibling)
    right = root_with(hashed, index - middle, size - middle, path[:-1])
    return right and node(sibling, right)


def grown(old, size, path, old_root, whole=True):
    """(root of the first `old` leaves, root of all), by the recursion of RFC 9162; None when the path is wrong."""
    if old == size:
        if whole:
            return (old_root, old_root) if not path else None
        return (path[0], path[0]) if len(path) == 1 else None
    if not path:
        return None
    middle, sibling = split(size), path[-1]
    if old <= middle:
        inner = grown(old, middle, path[:-1], old_root, whole)
        return inner and (inner[0], node(inner[1], sibling))
    inner = grown(old - middle, size - middle, path[:-1], old_root, whole=False)
    return inner and (node(sibling, inner[0]), node(sibling, inner[1]))


def check_proof(proof):
    report = Report()
    head, path = proof["head"], [bytes.fromhex(step) for step in proof["path"]]
    check_signature(head, check_keys(proof["keys"], report), report)
    if proof["form"] == "fadu-inclusion-1":
        told = check_inclusion(proof, head, path, report)
    elif proof["form"] == "fadu-consistency-1":
        old = proof["old"]
        told = f"证明：{old['size']} 条的封存（树根 {old['root'][:20]}）是下面这次封存的开头。"
        roots = grown(old["size"], head["size"], path, bytes.fromhex(old["root"]))
        if not 0 < old["size"] <= head["size"] or roots != (bytes.fromhex(old["root"]), bytes.fromhex(head["root"])):
            report.fault("证明不成立：前一次封存不是后一次封存的开头，有两种历史")
    else:
        report.fault("不认识这种证明")
        told = ""
    first = proof["keys"][0]["name"] if proof["keys"] else "（无）"
    return report.end(f"{told}\n{telephone(head)}\n请向该机关或者见证人核对上面一行和首把密钥 {first}。")


def check_inclusion(proof, head, path, report):
    event = proof["event"]
    hashed = sm3(bytes.fromhex(event["previous"]), event["body"].encode())
    if hashed.hex() != event["hash"]:
        report.fault("记录的内容与摘要不符，内容被改动过")
    in_range = 0 <= proof["seq"] < head["size"]
    if not in_range or root_with(leaf(hashed), proof["seq"], head["size"], path) != bytes.fromhex(head["root"]):
        report.fault("证明不成立：这条记录不在这次封存之中")
    body = json.loads(event["body"])
    papers = "".join(f"\n文书 {key}：{digest}" for key, digest in body["papers"])
    when = f"{body['happened']} 发生，{body['recorded']} 记入"
    return f"证明：“{body['label']}”（{when}）是封存的第 {proof['seq'] + 1} 条。{papers}"


def main():
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    path = Path(sys.argv[1])
    try:
        if path.is_dir():
            return check_folder(path)
        return check_proof(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError as fault:
        print(f"问题：没有文件 {fault.filename}")
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        print(f"问题：文件读不懂，格式被改动过（{fault!r}）")
    return 1


if __name__ == "__main__":
    sys.exit(main())
